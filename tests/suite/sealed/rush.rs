//! The deadline's second: a last revision against the opening, and the opening against an award.
use std::time::Duration;

use diesel::prelude::*;
use guildhall::db::Failure;
use guildhall::domain::project::{AwardRefused, OpenRefused};
use guildhall::domain::proposal::SubmitRefused;
use guildhall::operations::projects::open_bids;
use guildhall::operations::proposals::{Submission, accept_proposal, submit_proposal};
use guildhall::schema::proposals;

use crate::support::database::TestDatabase;
use crate::support::given::{self, FIRST_SEEN, OpenProject, patient};
use crate::support::invariants;
use crate::support::race::race;

const ROUNDS: usize = 40;

/// A project with one sealed bid for each round, of one client and one freelancer.
fn projects(database: &TestDatabase) -> Vec<OpenProject> {
    let mut conn = database.connect();
    let (organisation, author) = (given::organisation(&mut conn), given::freelancer(&mut conn, "Ada Byron"));
    (0..ROUNDS).map(|_| given::sealed_project_with(&mut conn, organisation.clone(), vec![author.clone()])).collect()
}

fn open(conn: &mut PgConnection, on: &OpenProject) -> Result<bool, OpenRefused> {
    match open_bids(&mut patient(conn), on.organisation.manager.id, on.id, None) {
        Ok(new) => Ok(new),
        Err(Failure::Refused(why)) => Err(why),
        Err(Failure::Broken(fault)) => panic!("a fault instead of a refusal: {fault}"),
    }
}

/// Revises until it is refused; how often it was in time.
fn revise_until_closed(conn: &mut PgConnection, on: &OpenProject) -> usize {
    for round in 0.. {
        let content = given::proposal_words(500_000 + i64::try_from(round).unwrap());
        let submission = Submission { project: on.id, content, version: None, scope_version: None, files: None };
        match submit_proposal(&mut patient(conn), on.freelancers[0].id, &submission) {
            Ok(_) => {}
            Err(Failure::Refused(SubmitRefused::Closed { deadline, at })) => {
                assert!(at >= deadline);
                return round;
            }
            Err(failure) => panic!("{failure:?}"),
        }
    }
    unreachable!("it closes some day")
}

#[test]
fn a_late_revision_against_the_opening_at_the_deadline_s_second() {
    let database = TestDatabase::new();
    let (mut in_time, mut too_early) = (0, 0);
    for project in projects(&database) {
        let soon = format!("UPDATE projects SET deadline = clock_timestamp() + interval '25 milliseconds' WHERE id = {}", project.id);
        let counts = race(&database, 2, |place, conn| {
            if place == 0 {
                given::past_triggers(conn, &soon);
                return revise_until_closed(conn, &project);
            }
            let mut early = 0;
            loop {
                match open(conn, &project) {
                    Ok(new) => return if new { early } else { panic!("opened by nobody else") },
                    Err(OpenRefused::TooEarly { deadline, at }) => assert!(at < deadline),
                    Err(why) => panic!("{why:?}"),
                }
                early += 1;
            }
        });
        (in_time, too_early) = (in_time + counts[0], too_early + counts[1]);
        let version: i32 = proposals::table.find(project.proposals[0].0).select(proposals::version).first(&mut database.connect()).unwrap();
        assert_eq!(usize::try_from(version).unwrap(), 1 + counts[0], "each revision that was taken is there");
    }
    println!("{ROUNDS} deadlines: {in_time} revisions in time and none after it, {too_early} openings too early and one each after it");
    assert!(in_time > 0 && too_early > 0, "both were there before the deadline");
    invariants::hold(&database);
}

#[test]
fn an_award_against_the_opening() {
    let database = TestDatabase::new();
    let mut awarded = 0;
    for (round, project) in (0..).zip(projects(&database)) {
        given::close(&mut database.connect(), project.id);
        let done = race(&database, 2, |place, conn| {
            std::thread::sleep(Duration::from_micros(400 * if place == 0 { round % 5 } else { round % 3 }));
            if place == 0 {
                return open(conn, &project) == Ok(true);
            }
            match accept_proposal(&mut patient(conn), project.organisation.owner.id, project.proposals[0], FIRST_SEEN) {
                Ok(accepted) => accepted.new,
                Err(Failure::Refused(why)) => {
                    assert_eq!(why, AwardRefused::Sealed);
                    false
                }
                Err(Failure::Broken(fault)) => panic!("{fault}"),
            }
        });
        assert!(done[0], "nothing keeps the bids from being opened");
        awarded += usize::from(done[1]);
    }
    println!("{ROUNDS} rounds: {awarded} awards after the opening, {} refused before it", ROUNDS - awarded);
    invariants::hold(&database);
}

#[test]
fn many_managers_open_them_once() {
    let database = TestDatabase::new();
    let project = given::sealed_project(&mut database.connect(), 3);
    given::close(&mut database.connect(), project.id);
    let done = race(&database, 16, |_, conn| open(conn, &project));
    assert_eq!(done.iter().filter(|done| **done == Ok(true)).count(), 1, "{done:?}");
    assert!(done.iter().all(Result::is_ok), "{done:?}");
    invariants::hold(&database);
}
