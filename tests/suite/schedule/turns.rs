//! The turns themselves: however many workers there are, each is done once, and what it does is what it should.
use std::collections::BTreeSet;

use chrono::TimeDelta;
use diesel::prelude::*;
use guildhall::domain::job::{NewJob, Task};
use guildhall::domain::project::ClosesAfter;
use guildhall::operations::jobs::enqueue_job;
use guildhall::schema::jobs;
use guildhall::worker::Rules;

use super::{closes_in, overdue, passed, told};
use crate::support::database::TestDatabase;
use crate::support::given::{self, patient};
use crate::support::{crew, invariants};

/// Lets so many processes do what waits, until all of it is done.
fn work(database: &TestDatabase, crews: usize, rules: Rules) {
    // the crews' clocks ask for this hour's turns by themselves
    let schedule = ["CLEAR_OUT", "OPEN_DUE_BIDS", "TELL_OF_DEADLINES", "CLOSE_OVERDUE"];
    crew::work(database, crews, rules, "every turn is done", |conn| {
        let done = jobs::table.filter(jobs::status.eq("COMPLETED")).select(jobs::kind).load(conn).expect("the jobs");
        let done: BTreeSet<String> = done.into_iter().collect();
        let open: i64 = jobs::table.filter(jobs::status.eq_any(["QUEUED", "RUNNING"])).count().get_result(conn).expect("a count");
        open == 0 && schedule.iter().all(|kind| done.contains(*kind))
    });
}

#[test]
fn three_processes_do_each_turn_once() {
    let database = TestDatabase::new();
    let mut conn = database.connect();
    let (near, late, warned) = (given::open_project(&mut conn, 1), given::open_project(&mut conn, 1), given::open_project(&mut conn, 1));
    let sealed = given::sealed_project(&mut conn, 2);
    closes_in(&mut conn, near.id, 10);
    overdue(&mut conn, late.id);
    passed(&mut conn, warned.id, 85);
    given::close(&mut conn, sealed.id);
    // and several turns of each at once, as if workers had been away
    for turn in 0..5 {
        for (name, task) in [("a", Task::OpenDueBids {}), ("b", Task::TellOfDeadlines {}), ("c", Task::CloseOverdue {})] {
            enqueue_job(&mut patient(&mut conn), &NewJob::new(task, format!("{name}:{turn}"))).expect("a job");
        }
    }
    work(&database, 3, Rules::default());
    let once = [(near.id, "DEADLINE_NEAR"), (late.id, "PROJECT_CANCELLED"), (warned.id, "CLOSING_AHEAD"), (sealed.id, "BIDS_OPENED")];
    for (project, kind) in once {
        assert_eq!(told(&mut conn, project, kind), 1, "{kind}");
    }
    assert_eq!(told(&mut conn, warned.id, "PROJECT_CANCELLED"), 0);
    let keys: Vec<String> = jobs::table.filter(jobs::kind.eq("CLOSE_OVERDUE")).select(jobs::unique_key).load(&mut conn).expect("the keys");
    assert!(keys.iter().filter(|key| key.starts_with("close_overdue:")).count() <= 2, "one an hour: {keys:?}");
    invariants::hold(&database);
}

#[test]
fn a_house_that_closes_nothing_and_leaves_bids_to_their_members_does_neither() {
    let database = TestDatabase::new();
    let mut conn = database.connect();
    let (late, sealed) = (given::open_project(&mut conn, 1), given::sealed_project(&mut conn, 1));
    overdue(&mut conn, late.id);
    given::close(&mut conn, sealed.id);
    work(&database, 1, Rules { closes_after: ClosesAfter::days(0), opens_bids_after: TimeDelta::hours(1), ..Rules::default() });
    assert_eq!(told(&mut conn, late.id, "PROJECT_CANCELLED"), 0);
    assert_eq!(told(&mut conn, sealed.id, "BIDS_OPENED"), 0);
}
