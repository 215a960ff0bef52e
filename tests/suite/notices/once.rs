//! However many write an event's notices, each person gets one.
use diesel::prelude::*;
use guildhall::db::{Failure, notices as told, projects, transaction};
use guildhall::domain::notice::{DECIDERS, Notice, NoticeKind};
use guildhall::operations::proposals::accept_proposal;
use guildhall::schema::notices;

use crate::support::given::{self, FIRST_SEEN, patient};
use crate::support::invariants;
use crate::support::race::race;

#[test]
fn two_and_sixteen_who_write_the_same_event_s_notices_write_one_each() {
    for clients in [2, 16] {
        let (database, on) = given::database_with_open_project(1);
        let mut conn = database.connect();
        diesel::delete(notices::table).execute(&mut conn).expect("silence");
        let done = race(&database, clients, |_, conn| {
            transaction(&mut patient(conn), |tx| {
                let project = projects::lock(tx, on.id)?.expect("the project");
                let notice = Notice::members(NoticeKind::NewProposal, on.organisation.id, DECIDERS).about(on.proposals[0]);
                told::tell(tx, &project, on.freelancers[0].id, &[notice])?;
                Ok::<_, Failure<()>>(())
            })
        });
        assert!(done.iter().all(Result::is_ok), "{done:?}");
        assert_eq!(notices::table.count().get_result(&mut conn), Ok(2_i64), "one for the owner, one for the manager");
        invariants::hold(&database);
    }
}

#[test]
fn many_accepts_at_once_tell_each_bidder_once() {
    let (database, on) = given::database_with_open_project(5);
    let mut conn = database.connect();
    diesel::delete(notices::table).execute(&mut conn).expect("silence");
    race(&database, 32, |place, conn| {
        accept_proposal(&mut patient(conn), on.organisation.manager.id, on.proposals[place % 5], FIRST_SEEN).is_ok()
    });
    let ends: Vec<(i64, String)> = notices::table
        .filter(notices::user_id.eq_any(on.freelancers.iter().map(|one| one.id.0)))
        .select((notices::user_id, notices::kind))
        .load(&mut conn)
        .expect("the notices");
    assert_eq!(ends.len(), 5, "{ends:?}");
    assert_eq!(ends.iter().filter(|(_, kind)| kind == "AWARDED").count(), 1, "{ends:?}");
    assert_eq!(ends.iter().filter(|(_, kind)| kind == "NOT_SELECTED").count(), 4, "{ends:?}");
    invariants::hold(&database);
}
