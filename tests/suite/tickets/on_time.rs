//! Tickets that nobody answers in time: passed on once for each level, by whichever worker, and reckoned anew when the house's
//! hours change.
use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use guildhall::domain::ids::TicketId;
use guildhall::domain::job::{NewJob, Task};
use guildhall::domain::ticket::{TicketAct, TicketStatus};
use guildhall::operations::jobs::enqueue_job;
use guildhall::operations::tickets::keep_ticket_on_time;
use guildhall::schema::{jobs, named_locks, notices, tickets};
use guildhall::worker::Rules;

use super::{admin, answers, history, promise, stands, ticket};
use crate::support::database::TestDatabase;
use crate::support::given::{self, patient};
use crate::support::race::race;
use crate::support::{crew, invariants};

/// As if so many hours had passed since it was due.
fn overdue(conn: &mut PgConnection, id: TicketId, hours: i64) {
    given::past_triggers(conn, &format!("UPDATE tickets SET due_at = now() - interval '{hours} hours' WHERE id = {id}"));
}

fn due(conn: &mut PgConnection, id: TicketId) -> Option<DateTime<Utc>> {
    tickets::table.find(id.0).select(tickets::due_at).first(conn).expect("the ticket")
}

/// How many were told of an escalation.
fn told(conn: &mut PgConnection, id: TicketId) -> i64 {
    let of = notices::table.filter(notices::kind.eq("TICKET_ESCALATED")).filter(notices::stream_id.eq(id.0));
    of.count().get_result(conn).expect("a count")
}

#[test]
fn each_level_is_reached_once_and_everybody_who_keeps_the_house_is_told_once() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let asker = given::somebody(conn, "Ada Byron");
    for name in ["Grace Murray", "Lena Voss"] {
        admin(conn, name);
    }
    let id = ticket(conn, &asker);
    assert!(!keep_ticket_on_time(&mut patient(conn), id).expect("an answer"), "it is not due");
    for level in 1..=3 {
        overdue(conn, id, 1);
        let done = race(&database, 8, |_, conn| keep_ticket_on_time(&mut patient(conn), id).expect("an answer"));
        assert_eq!(done.iter().filter(|did| **did).count(), 1, "{done:?}");
        assert_eq!(stands(conn, id), (TicketStatus::New, level));
        assert_eq!(told(conn, id), 2 * i64::from(level), "two admins, once a level");
        assert!(due(conn, id).is_some_and(|due| due > Utc::now()), "the next level has a clock of its own");
    }
    overdue(conn, id, 1);
    assert!(!keep_ticket_on_time(&mut patient(conn), id).expect("an answer"), "there is no level above");
    let passed: Vec<_> = history(conn, id).into_iter().filter(|entry| entry.what == TicketAct::Escalated).collect();
    assert_eq!(passed.iter().map(|entry| (entry.by, entry.level)).collect::<Vec<_>>(), [(None, Some(1)), (None, Some(2)), (None, Some(3))]);
    invariants::hold(&database);
}

#[test]
fn an_answer_at_the_same_moment_comes_before_or_after() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let (asker, agent) = (given::somebody(conn, "Ada Byron"), admin(conn, "Grace Murray"));
    let mut in_time = 0;
    for _ in 0..30 {
        let id = ticket(conn, &asker);
        overdue(conn, id, 1);
        let done = race(&database, 2, |place, conn| match place {
            0 => answers(conn, &agent, id, None, None).is_ok(),
            _ => keep_ticket_on_time(&mut patient(conn), id).expect("an answer"),
        });
        assert!(done[0], "an answer is always taken");
        assert_eq!(stands(conn, id), (TicketStatus::Waiting, i32::from(done[1])), "passed on before it, or not at all");
        assert!(due(conn, id).is_none(), "nobody waits for the house any more");
        in_time += usize::from(!done[1]);
    }
    println!("answered before it was passed on: {in_time} of 30");
    invariants::hold(&database);
}

#[test]
fn another_edition_of_the_hours_is_reckoned_by_before_anything_is_passed_on() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let asker = given::somebody(conn, "Ada Byron");
    let grace = admin(conn, "Grace Murray");
    let id = ticket(conn, &asker);
    let before = due(conn, id).expect("a clock");
    let within_a_minute = promise::round_the_clock(conn, 1);
    promise::changes(conn, grace.id, 1, &within_a_minute).expect("a change");
    given::past_triggers(conn, &format!("UPDATE tickets SET clock_from = now() - interval '1 hour' WHERE id = {id}"));
    assert!(keep_ticket_on_time(&mut patient(conn), id).expect("an answer"));
    let after = due(conn, id).expect("a clock");
    assert!(after < before && after < Utc::now() - TimeDelta::minutes(58), "{before} {after}");
    assert_eq!(stands(conn, id).1, 0, "what was due by the old hours alone is not passed on");
    assert!(keep_ticket_on_time(&mut patient(conn), id).expect("an answer"));
    assert_eq!(stands(conn, id).1, 1);
    invariants::hold(&database);
}

#[test]
fn the_turns_of_several_machines_pass_each_on_once_under_the_lock_by_name() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let asker = given::somebody(conn, "Ada Byron");
    admin(conn, "Grace Murray");
    let ids: Vec<_> = (0..5).map(|_| ticket(conn, &asker)).collect();
    for id in &ids {
        overdue(conn, *id, 1);
    }
    for turn in 0..4 {
        enqueue_job(&mut patient(conn), &NewJob::new(Task::KeepTicketsOnTime {}, format!("a:{turn}"))).expect("a job");
    }
    crew::work(&database, 2, Rules::default(), "the turns are done", |conn| {
        let left = jobs::table.filter(jobs::kind.eq("KEEP_TICKETS_ON_TIME")).filter(jobs::status.ne("COMPLETED"));
        left.count().get_result(conn) == Ok(0_i64)
    });
    for id in ids {
        assert_eq!((stands(conn, id).1, told(conn, id)), (1, 1));
    }
    let lock = named_locks::table.find("ticket_escalation").select((named_locks::taken, named_locks::timed_out));
    let (taken, timed_out): (i64, i64) = lock.first(conn).expect("the lock");
    assert!(taken >= 4 && timed_out == 0, "{taken} {timed_out}");
    invariants::hold(&database);
}
