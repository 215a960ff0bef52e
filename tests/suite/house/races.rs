//! Keeping somebody out beside everything that it might meet.
use chrono::TimeDelta;
use diesel::prelude::*;
use guildhall::db::{Failure, Fault, sessions, users};
use guildhall::domain::project::AwardRefused;
use guildhall::domain::proposal::ProposalStatus;
use guildhall::domain::user::{CloseRefused, Device, KeepRefused, SignIn};
use guildhall::domain::words::{TicketTitle, TicketWords};
use guildhall::operations::people::{appeal_suspension, close_account};
use guildhall::operations::proposals::{Submission, accept_proposal, submit_proposal};
use guildhall::schema::{proposals, tickets};

use super::{lifts, suspends};
use crate::support::given::{self, FIRST_SEEN, patient};
use crate::support::invariants;
use crate::support::race::race;
use crate::tickets::admin;

#[test]
fn a_suspension_beside_an_award_is_before_it_or_after_it() {
    let (mut before, mut after) = (0, 0);
    for _ in 0..20 {
        let (database, on) = given::database_with_open_project(2);
        let keeper = admin(&mut database.connect(), "Priya Raman").id;
        let (ada, manager) = (on.freelancers[0].id, on.organisation.manager.id);
        let done = race(&database, 2, |place, conn| match place {
            0 => suspends(conn, keeper, ada).map(|()| true).expect("suspended either way"),
            _ => match accept_proposal(&mut patient(conn), manager, on.proposals[0], FIRST_SEEN) {
                Ok(_) => true,
                Err(Failure::Refused(AwardRefused::Suspended)) => false,
                Err(other) => panic!("{other:?}"),
            },
        });
        let status: ProposalStatus =
            proposals::table.find(on.proposals[0].0).select(proposals::status).first(&mut database.connect()).unwrap();
        assert_eq!(status, if done[1] { ProposalStatus::Accepted } else { ProposalStatus::Pending });
        if done[1] {
            after += 1;
        } else {
            before += 1;
        }
        invariants::hold(&database);
    }
    println!("suspended before the award {before} times, after it {after} times");
}

#[test]
fn of_many_admins_one_suspends_and_the_others_are_told_since_when() {
    let (database, on) = given::database_with_open_project(1);
    let conn = &mut database.connect();
    let ada = on.freelancers[0].id;
    let keepers: Vec<_> = (0..16).map(|place| admin(conn, &format!("Keeper {place}")).id).collect();
    for round in 0..4 {
        let done = race(&database, keepers.len(), |place, conn| suspends(conn, keepers[place], ada));
        let since = users::find(conn, ada).unwrap().unwrap().suspended_at.expect("suspended");
        assert_eq!(done.iter().filter(|one| one.is_ok()).count(), 1, "round {round}");
        for other in done.iter().filter(|one| one.is_err()) {
            assert!(matches!(other, Err(Failure::Refused(KeepRefused::OutSince(at))) if *at == since), "{other:?}");
        }
        let done = race(&database, keepers.len(), |place, conn| lifts(conn, keepers[place], ada));
        assert_eq!(done.iter().filter(|one| one.is_ok()).count(), 1, "round {round}");
        assert!(done.iter().all(|one| matches!(one, Ok(()) | Err(Failure::Refused(KeepRefused::IsIn)))), "{done:?}");
        invariants::hold(&database);
    }
}

#[test]
fn admins_who_suspend_each_other_leave_one_who_keeps_the_house() {
    for round in 0..20 {
        let database = crate::support::database::TestDatabase::new();
        let conn = &mut database.connect();
        let ring: Vec<_> = (0..2 + round % 3).map(|place| admin(conn, &format!("Keeper {place}")).id).collect();
        let done = race(&database, ring.len(), |place, conn| suspends(conn, ring[place], ring[(place + 1) % ring.len()]));
        let went = done.iter().filter(|one| one.is_ok()).count();
        assert!((1..ring.len()).contains(&went), "{done:?}");
        // whoever was out by then does not keep the house any more
        assert!(done.iter().all(|one| matches!(one, Ok(()) | Err(Failure::Refused(KeepRefused::Missing)))), "{done:?}");
        invariants::hold(&database);
    }
    let database = crate::support::database::TestDatabase::new();
    let conn = &mut database.connect();
    let last = admin(conn, "Priya Raman").id;
    assert!(matches!(suspends(conn, last, last), Err(Failure::Refused(KeepRefused::Oneself))));
}

#[test]
fn a_sign_in_that_is_just_being_made_holds_nothing() {
    for _ in 0..12 {
        let (database, on) = given::database_with_open_project(1);
        let conn = &mut database.connect();
        let keeper = admin(conn, "Priya Raman").id;
        let ada = on.freelancers[0].id;
        race(&database, 2, |place, conn| match place {
            0 => suspends(conn, keeper, ada).expect("suspended"),
            _ => {
                // the password was right a moment before
                let epoch = users::find(conn, ada).unwrap().unwrap().session_epoch;
                sessions::write_signed_in(conn, "a key", SignIn::by_password(ada, epoch), &Device::default(), TimeDelta::days(1)).unwrap();
            }
        });
        assert!(sessions::holder(conn, "a key").unwrap().is_none());
        lifts(conn, keeper, ada).expect("let in");
        // one that was proved with the old number holds nothing then either; one made since, with the new one, does
        let now = users::find(conn, ada).unwrap().unwrap().session_epoch;
        sessions::write_signed_in(conn, "another key", SignIn::by_password(ada, now - 1), &Device::default(), TimeDelta::days(1)).unwrap();
        assert!(sessions::holder(conn, "another key").unwrap().is_none());
        invariants::hold(&database);
    }
}

#[test]
fn no_offer_comes_from_somebody_who_is_out() {
    for _ in 0..12 {
        let (database, on) = given::database_with_open_project(1);
        let keeper = admin(&mut database.connect(), "Priya Raman").id;
        let ada = on.freelancers[0].id;
        let other = given::published(&mut database.connect(), &on.organisation);
        let submit = |conn: &mut PgConnection| {
            let submission =
                Submission { project: other, content: given::proposal_words(700_000), version: None, scope_version: None, files: None };
            submit_proposal(&mut patient(conn), ada, &submission).map(drop).map_err(|failure| format!("{failure:?}"))
        };
        race(&database, 2, |place, conn| match place {
            0 => loop {
                // as the bridge does, which tries again
                match suspends(conn, keeper, ada) {
                    Err(Failure::Broken(Fault::Conflict(_))) => {}
                    done => break done.expect("suspended"),
                }
            },
            _ => drop(submit(conn)),
        });
        let conn = &mut database.connect();
        let third = given::published(conn, &on.organisation);
        let submission = Submission { project: third, content: given::proposal_words(1), version: None, scope_version: None, files: None };
        assert!(submit_proposal(&mut patient(conn), ada, &submission).is_err());
        invariants::hold(&database);
    }
}

#[test]
fn one_suspension_has_one_appeal() {
    let (database, on) = given::database_with_open_project(1);
    let conn = &mut database.connect();
    let keeper = admin(conn, "Priya Raman").id;
    let ada = on.freelancers[0].id;
    suspends(conn, keeper, ada).expect("suspended");
    let since = users::find(conn, ada).unwrap().unwrap().suspended_at.expect("suspended");
    let done = race(&database, 16, |_, conn| {
        let (title, words) = (TicketTitle::parse("Appeal").expect("a title"), TicketWords::parse("Why?").expect("words"));
        appeal_suspension(&mut patient(conn), ada, since, &title, &words).is_ok()
    });
    assert_eq!(done.iter().filter(|one| **one).count(), 1);
    let asked: i64 = tickets::table.filter(tickets::opener_id.eq(ada.0)).count().get_result(conn).unwrap();
    assert_eq!(asked, 1);
    invariants::hold(&database);
}

#[test]
fn admins_who_leave_at_once_leave_one_who_keeps_the_house() {
    for round in 0..20 {
        let database = crate::support::database::TestDatabase::new();
        let conn = &mut database.connect();
        let ring: Vec<_> = (0..2 + round % 3).map(|place| admin(conn, &format!("Keeper {place}")).id).collect();
        let hashes: Vec<_> = ring.iter().map(|id| users::find(conn, *id).unwrap().unwrap().password_hash).collect();
        let done = race(&database, ring.len(), |place, conn| close_account(&mut patient(conn), ring[place], &hashes[place]));
        assert_eq!(done.iter().filter(|one| one.is_err()).count(), 1, "{done:?}");
        assert!(done.iter().all(|one| matches!(one, Ok(()) | Err(Failure::Refused(CloseRefused::LastKeeper)))), "{done:?}");
        invariants::hold(&database);
    }
}
