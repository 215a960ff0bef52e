//! The house against people at the same second: whoever has the lock first decides, and nothing that was acknowledged is
//! lost.
use std::time::Duration;

use chrono::{TimeDelta, Utc};
use diesel::prelude::*;
use guildhall::db::Failure;
use guildhall::domain::project::{AwardRefused, ChangeRefused, ProjectStatus};
use guildhall::domain::words::Reason;
use guildhall::operations::house::{close_overdue_project, open_due_bids};
use guildhall::operations::projects::{cancel_project, edit_project, open_bids};
use guildhall::operations::proposals::{accept_proposal, withdraw_proposal};
use guildhall::schema::projects;

use super::{overdue, rule, told};
use crate::support::database::TestDatabase;
use crate::support::given::{self, FIRST_SEEN, OpenProject, patient};
use crate::support::invariants;
use crate::support::race::race;

const ROUNDS: u64 = 40;

/// What somebody does, and whether it was taken; a refusal must be that of a project which is cancelled.
type Act = fn(&mut PgConnection, &OpenProject) -> bool;

fn taken<E: std::fmt::Debug + PartialEq>(done: Result<(), Failure<E>>, late: &E) -> bool {
    match done {
        Ok(()) => true,
        Err(Failure::Refused(why)) => {
            assert_eq!(&why, late);
            false
        }
        Err(Failure::Broken(fault)) => panic!("a fault instead of a refusal: {fault}"),
    }
}

const LATE: ChangeRefused = ChangeRefused::ProjectIs(ProjectStatus::Cancelled);

fn move_deadline(conn: &mut PgConnection, on: &OpenProject) -> bool {
    let mut words = given::project_words();
    words.deadline = given::in_days(5);
    taken(edit_project(&mut patient(conn), on.organisation.manager.id, on.id, &words, None), &LATE)
}

fn accept(conn: &mut PgConnection, on: &OpenProject) -> bool {
    let done = accept_proposal(&mut patient(conn), on.organisation.owner.id, on.proposals[0], FIRST_SEEN);
    taken(done.map(drop), &AwardRefused::ProjectIs(ProjectStatus::Cancelled))
}

fn cancel(conn: &mut PgConnection, on: &OpenProject) -> bool {
    let reason = Reason::parse("No money left.").unwrap();
    taken(cancel_project(&mut patient(conn), on.organisation.owner.id, on.id, None, &reason), &LATE)
}

#[test]
fn closing_against_whoever_moves_the_deadline_accepts_or_cancels() {
    let acts: [(&str, Act, ProjectStatus); 3] = [
        ("moving the deadline", move_deadline, ProjectStatus::Open),
        ("accepting", accept, ProjectStatus::Assigned),
        ("cancelling", cancel, ProjectStatus::Cancelled),
    ];
    for (name, act, then) in acts {
        let database = TestDatabase::new();
        let mut conn = database.connect();
        let first = given::open_project(&mut conn, 2);
        let mut house_first = 0;
        for round in 0..ROUNDS {
            let on = given::open_project_with(&mut conn, first.organisation.clone(), first.freelancers.clone());
            overdue(&mut conn, on.id);
            let done = race(&database, 2, |place, conn| {
                std::thread::sleep(Duration::from_micros(300 * if place == 0 { round % 5 } else { round % 3 }));
                if place == 0 { close_overdue_project(&mut patient(conn), on.id, rule()).expect("no fault") } else { act(conn, &on) }
            });
            assert!(done[0] != done[1], "{name}: exactly one of them: {done:?}");
            let (status, deadline): (ProjectStatus, chrono::DateTime<Utc>) =
                projects::table.find(on.id.0).select((projects::status, projects::deadline)).first(&mut conn).unwrap();
            assert_eq!(status, if done[0] { ProjectStatus::Cancelled } else { then }, "{name}");
            if then == ProjectStatus::Open {
                assert_eq!(deadline > Utc::now(), done[1], "a deadline that was acknowledged stays");
            }
            house_first += usize::from(done[0]);
        }
        println!("closing beside {name}: the house first {house_first} of {ROUNDS}");
        assert!(house_first > 0 && house_first < 40, "both orders were there: {house_first}");
        invariants::hold(&database);
    }
}

#[test]
fn closing_against_a_withdrawal_leaves_nothing_pending() {
    let database = TestDatabase::new();
    let mut conn = database.connect();
    let first = given::open_project(&mut conn, 2);
    for _ in 0..ROUNDS {
        let on = given::open_project_with(&mut conn, first.organisation.clone(), first.freelancers.clone());
        overdue(&mut conn, on.id);
        let done = race(&database, 2, |place, conn| match place {
            0 => close_overdue_project(&mut patient(conn), on.id, rule()).expect("no fault"),
            _ => withdraw_proposal(&mut patient(conn), on.freelancers[0].id, on.proposals[0]).is_ok(),
        });
        assert!(done[0], "a withdrawal keeps nobody from closing");
    }
    invariants::hold(&database);
}

#[test]
fn sixteen_workers_close_a_project_once() {
    let (database, on) = given::database_with_open_project(3);
    overdue(&mut database.connect(), on.id);
    let done = race(&database, 16, |_, conn| close_overdue_project(&mut patient(conn), on.id, rule()).expect("no fault"));
    assert_eq!(done.iter().filter(|closed| **closed).count(), 1, "{done:?}");
    assert_eq!(told(&mut database.connect(), on.id, "PROJECT_CANCELLED"), 1);
    invariants::hold(&database);
}

#[test]
fn the_house_and_managers_open_sealed_bids_once() {
    let database = TestDatabase::new();
    let mut conn = database.connect();
    let first = given::sealed_project(&mut conn, 2);
    let mut by_house = 0;
    for _ in 0..ROUNDS {
        let on = given::sealed_project_with(&mut conn, first.organisation.clone(), first.freelancers.clone());
        given::close(&mut conn, on.id);
        let done = race(&database, 6, |place, conn| match place % 2 {
            0 => open_due_bids(&mut patient(conn), on.id, TimeDelta::zero()).expect("no fault"),
            _ => open_bids(&mut patient(conn), on.organisation.manager.id, on.id, None).expect("never refused"),
        });
        assert_eq!(done.iter().filter(|opened| **opened).count(), 1, "{done:?}");
        assert_eq!(told(&mut conn, on.id, "BIDS_OPENED"), 1);
        by_house += usize::from(done.iter().step_by(2).any(|opened| *opened));
    }
    println!("the house opened {by_house} of {ROUNDS}, managers the others");
    invariants::hold(&database);
}
