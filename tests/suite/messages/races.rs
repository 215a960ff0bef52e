//! Messages while others write, click twice, or decide.
use diesel::prelude::*;
use guildhall::db::Failure;
use guildhall::domain::message::{About, WriteRefused};
use guildhall::domain::project::ProjectStatus;
use guildhall::domain::request::{Request, RequestKey};
use guildhall::domain::words::MessageWords;
use guildhall::operations::messages::{Wrote, write_message};
use guildhall::schema::{messages, notices, threads};

use crate::award::act::Act;
use crate::support::database::TestDatabase;
use crate::support::given::{self, OpenProject, Somebody, patient};
use crate::support::invariants;
use crate::support::race::race;

const ROUNDS: usize = 20;

fn writes(conn: &mut PgConnection, on: &OpenProject, by: &Somebody, key: Option<&str>) -> Result<Wrote, Failure<WriteRefused>> {
    let once = key.map(|key| Request::new(RequestKey::parse(key).unwrap(), "write_message", &["When?"]));
    write_message(&mut patient(conn), by.id, About::Proposal(on.proposals[0]), &MessageWords::parse("When?").unwrap().into(), once.as_ref())
}

#[test]
fn two_members_who_begin_at_once_begin_one_thread() {
    let database = TestDatabase::new();
    for _ in 0..ROUNDS {
        let conn = &mut database.connect();
        let on = given::open_project(conn, 1);
        let sides = [&on.organisation.owner, &on.organisation.manager];
        let mut done = race(&database, 2, |place, conn| writes(conn, &on, sides[place], None).expect("a message").number);
        done.sort_unstable();
        assert_eq!(done, [1, 2]);
        assert_eq!(threads::table.filter(threads::project_id.eq(on.id.0)).count().get_result(conn), Ok(1_i64));
    }
    invariants::hold(&database);
}

#[test]
fn sixteen_clicks_send_one_message() {
    let (database, on) = given::database_with_open_project(1);
    let done = race(&database, 16, |_, conn| writes(conn, &on, &on.organisation.owner, Some("0189-abcd")).expect("the message"));
    assert!(done.iter().all(|wrote| *wrote == done[0]), "{done:?}");
    let conn = &mut database.connect();
    assert_eq!(messages::table.count().get_result(conn), Ok(1_i64));
    let told = notices::table.filter(notices::kind.eq("NEW_MESSAGE"));
    assert_eq!(told.select(notices::user_id).load::<i64>(conn), Ok(vec![on.freelancers[0].id.0]), "told once, and no colleague");
    invariants::hold(&database);
}

#[test]
fn a_message_beside_the_end_is_in_time_or_told() {
    for (end, status) in [(Act::Accept, ProjectStatus::Assigned), (Act::Cancel, ProjectStatus::Cancelled)] {
        let (database, mut in_time) = (TestDatabase::new(), 0);
        for _ in 0..ROUNDS {
            let on = given::open_project(&mut database.connect(), 2);
            let done = race(&database, 2, |place, conn| {
                if place == 0 {
                    writes(conn, &on, &on.organisation.owner, None).map(drop)
                } else {
                    end.run(conn, &on, 0).unwrap();
                    Ok(())
                }
            });
            match &done[0] {
                Ok(()) => in_time += 1,
                Err(Failure::Refused(WriteRefused::ProjectIs(is))) => assert_eq!(*is, status),
                Err(other) => panic!("{other:?}"),
            }
        }
        println!("a message beside {end:?}: {in_time} of {ROUNDS} in time");
        invariants::hold(&database);
    }
}

#[test]
fn both_sides_writing_at_once_lose_nothing() {
    let (database, on) = given::database_with_open_project(1);
    given::thread(&mut database.connect(), &on, 0, &["Hello."]);
    let sides = [&on.organisation.owner, &on.organisation.manager, &on.freelancers[0]];
    let mut done: Vec<i32> =
        race(&database, 3, |place, conn| (0..10).map(|_| writes(conn, &on, sides[place], None).unwrap().number).collect())
            .into_iter()
            .flat_map(|numbers: Vec<i32>| numbers)
            .collect();
    done.sort_unstable();
    assert_eq!(done, (2..=31).collect::<Vec<i32>>());
    invariants::hold(&database);
}
