//! Killed after each of its statements, an operation leaves nothing behind; killed after its commit, all of it.
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use diesel::connection::InstrumentationEvent;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Integer, Text};
use guildhall::db::{Failure, Fault};
use guildhall::domain::words::Reason;
use guildhall::operations::projects::{cancel_project, edit_project, open_bids};
use guildhall::operations::proposals::{
    Submission, accept_proposal, confirm_scope, decline_proposal, submit_proposal, undecline_proposal, withdraw_proposal,
};

use super::tables::TABLES;
use crate::support::database::TestDatabase;
use crate::support::given::{self, FIRST_SEEN, OpenProject, Organisation, Somebody, patient};
use crate::support::{invariants, wait};

/// What an operation came to: done, or broken by this fault.
pub type Outcome = Result<(), Fault>;
pub type Operation = fn(&mut PgConnection, &OpenProject) -> Outcome;

#[test]
fn a_killed_award_leaves_nothing_behind() {
    kill_everywhere("accept_proposal", |conn, on| {
        outcome(accept_proposal(&mut patient(conn), on.organisation.manager.id, on.proposals[0], FIRST_SEEN))
    });
}

#[test]
fn a_killed_first_proposal_leaves_nothing_behind() {
    kill_everywhere("submit_proposal", |conn, on| {
        let submission =
            Submission { project: on.id, content: given::proposal_words(650_000), version: None, scope_version: None, files: None };
        outcome(submit_proposal(&mut patient(conn), on.freelancers[2].id, &submission))
    });
}

#[test]
fn a_killed_revision_leaves_nothing_behind() {
    kill_everywhere("submit_proposal, again", |conn, on| {
        let submission =
            Submission { project: on.id, content: given::proposal_words(650_000), version: None, scope_version: None, files: None };
        outcome(submit_proposal(&mut patient(conn), on.freelancers[0].id, &submission))
    });
}

#[test]
fn a_killed_withdrawal_leaves_nothing_behind() {
    kill_everywhere("withdraw_proposal", |conn, on| outcome(withdraw_proposal(&mut patient(conn), on.freelancers[0].id, on.proposals[0])));
}

#[test]
fn a_killed_decline_leaves_nothing_behind() {
    kill_everywhere("decline_proposal", |conn, on| {
        let reason = Reason::parse("Too dear.").unwrap();
        outcome(decline_proposal(&mut patient(conn), on.organisation.manager.id, on.proposals[0], Some(1), &reason))
    });
}

#[test]
fn a_killed_cancellation_leaves_nothing_behind() {
    kill_everywhere("cancel_project", |conn, on| {
        let reason = Reason::parse("No money left.").unwrap();
        outcome(cancel_project(&mut patient(conn), on.organisation.manager.id, on.id, Some(1), &reason))
    });
}

#[test]
fn a_killed_edit_leaves_nothing_behind() {
    kill_everywhere("edit_project", |conn, on| {
        let mut words = given::project_words();
        words.budget_max += 1;
        outcome(edit_project(&mut patient(conn), on.organisation.manager.id, on.id, &words, Some(1)))
    });
}

#[test]
fn a_killed_opening_leaves_nothing_behind() {
    let seal = |conn: &mut PgConnection, on: &OpenProject| {
        given::past_triggers(conn, &format!("UPDATE projects SET sealed = true WHERE id = {}", on.id));
        given::close(conn, on.id);
    };
    kill_everywhere_after(seal, "open_bids", |conn, on| outcome(open_bids(&mut patient(conn), on.organisation.manager.id, on.id, Some(1))));
}

#[test]
fn a_killed_confirmation_leaves_nothing_behind() {
    let change = |conn: &mut PgConnection, on: &OpenProject| {
        let mut words = given::project_words();
        words.budget_max += 1;
        edit_project(&mut patient(conn), on.organisation.manager.id, on.id, &words, Some(1)).expect("an edit");
    };
    kill_everywhere_after(change, "confirm_scope", |conn, on| {
        outcome(confirm_scope(&mut patient(conn), on.freelancers[0].id, on.proposals[0], Some(1), Some(2)))
    });
}

#[test]
fn a_killed_undoing_of_a_decline_leaves_nothing_behind() {
    kill_everywhere("undecline_proposal", |conn, on| {
        outcome(undecline_proposal(&mut patient(conn), on.organisation.manager.id, on.proposals[1]))
    });
}

/// What an operation came to that must not be refused.
pub fn outcome<T, E: std::fmt::Debug>(done: Result<T, Failure<E>>) -> Outcome {
    match done {
        Ok(_) => Ok(()),
        Err(Failure::Broken(fault)) => Err(fault),
        Err(Failure::Refused(why)) => panic!("refused: {why:?}"),
    }
}

/// How an operation ends before its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kill {
    /// Its connection is cut by the server, before the statement goes out.
    CutBefore,
    /// The same, once the statement has been answered.
    CutAfter,
    /// The program panics once the statement has been answered.
    PanicAfter,
}

pub fn kill_everywhere(name: &str, operation: Operation) {
    kill_everywhere_after(|_, _| (), name, operation);
}

/// Each project is made ready first.
pub fn kill_everywhere_after(ready: fn(&mut PgConnection, &OpenProject), name: &str, operation: Operation) {
    let house = House::new(ready);
    let statements = house.statements_of(operation);
    let commit = statements.len() - 1;
    for (place, text) in statements.iter().enumerate() {
        let hits = [Kill::CutBefore, Kill::CutAfter, Kill::PanicAfter].map(|kill| {
            let committed = place == commit && kill != Kill::CutBefore;
            house.kill_at(operation, place, kill, place == commit, committed)
        });
        println!(
            "{name}, statement {} of {}: killed before {}, after {}, panicked {} times: {text}",
            place + 1,
            statements.len(),
            hits[0],
            hits[1],
            hits[2]
        );
        assert_eq!(hits, [1, 1, 1], "a point that was never hit proves nothing");
    }
}

/// One database for all the kills, with an open project of its own for each.
struct House {
    database: TestDatabase,
    organisation: Organisation,
    freelancers: Vec<Somebody>,
    ready: fn(&mut PgConnection, &OpenProject),
}

impl House {
    fn new(ready: fn(&mut PgConnection, &OpenProject)) -> Self {
        let database = TestDatabase::new();
        let mut conn = database.connect();
        let organisation = given::organisation(&mut conn);
        let freelancers = ["Ada Byron", "Ivo Tanaka", "Mira Lindqvist"].map(|name| given::freelancer(&mut conn, name)).into();
        Self { database, organisation, freelancers, ready }
    }

    /// An open project with two proposals, the second one declined; the third freelancer has sent none.
    fn project(&self) -> OpenProject {
        let mut conn = self.database.connect();
        let mut project = given::open_project_with(&mut conn, self.organisation.clone(), self.freelancers[..2].to_vec());
        project.freelancers.push(self.freelancers[2].clone());
        let reason = Reason::parse("Too dear.").unwrap();
        decline_proposal(&mut patient(&mut conn), self.organisation.owner.id, project.proposals[1], Some(1), &reason).expect("a decline");
        (self.ready)(&mut conn, &project);
        project
    }

    /// Kills one run at one point, and answers how often that point was reached.
    fn kill_at(&self, operation: Operation, place: usize, kill: Kill, at_commit: bool, committed: bool) -> usize {
        let project = self.project();
        let mut eye = self.database.connect();
        let before = everything(&mut eye);
        let hits = Arc::new(AtomicUsize::new(0));
        let mut victim = self.database.connect();
        set_trap(&mut victim, &self.database, place, kill, Arc::clone(&hits));
        let ended = catch_unwind(AssertUnwindSafe(|| operation(&mut victim, &project)));
        drop(victim);
        match (&ended, kill) {
            (Err(_), Kill::PanicAfter) => {}
            (Ok(Ok(())), Kill::CutAfter) if committed => {}
            (Ok(Err(Fault::Unknown(_))), Kill::CutBefore) if at_commit => {}
            // What comes next after the last write is the commit, and a commit that fails may have happened.
            (Ok(Err(Fault::Unavailable(_) | Fault::Unknown(_))), Kill::CutBefore | Kill::CutAfter) if !at_commit => {}
            _ => panic!("killed by {kill:?} at statement {place}: {ended:?}"),
        }
        nobody_is_left(&mut eye);
        assert_eq!(everything(&mut eye) != before, committed, "{kill:?} at statement {place} left the wrong thing behind");
        if !committed {
            operation(&mut eye, &project).expect("the same once more is done");
        }
        invariants::hold(&self.database);
        hits.load(Ordering::SeqCst)
    }

    /// Every statement of a run that is left alone, in order.
    fn statements_of(&self, operation: Operation) -> Vec<String> {
        let project = self.project();
        let (tell, told) = std::sync::mpsc::channel();
        let mut conn = self.database.connect();
        conn.set_instrumentation(move |event: InstrumentationEvent<'_>| {
            if let InstrumentationEvent::FinishQuery { query, .. } = event {
                tell.send(query.to_string().chars().take(60).collect::<String>()).expect("the test listens");
            }
        });
        operation(&mut conn, &project).expect("an operation that is left alone");
        drop(conn);
        let statements: Vec<_> = told.iter().collect();
        // One statement that is a transaction of its own commits as it ends.
        let opens = statements.iter().filter(|text| *text == "BEGIN").count();
        assert!(opens == 0 || statements.last().is_some_and(|text| text == "COMMIT"), "nothing comes after the commit: {statements:?}");
        assert!(opens <= 1 && statements.len() > 1, "{statements:?}");
        statements
    }
}

fn set_trap(victim: &mut PgConnection, database: &TestDatabase, place: usize, kill: Kill, hits: Arc<AtomicUsize>) {
    let process: i32 = diesel::select(diesel::dsl::sql::<Integer>("pg_backend_pid()")).get_result(victim).unwrap();
    let mut killer = database.connect();
    let seen = Cell::new(0);
    victim.set_instrumentation(move |event: InstrumentationEvent<'_>| {
        let springs = match event {
            InstrumentationEvent::StartQuery { .. } => kill == Kill::CutBefore && seen.get() == place,
            InstrumentationEvent::FinishQuery { .. } => {
                seen.set(seen.get() + 1);
                kill != Kill::CutBefore && seen.get() == place + 1
            }
            _ => false,
        };
        if springs && hits.fetch_add(1, Ordering::SeqCst) == 0 {
            match kill {
                Kill::PanicAfter => resume_unwind(Box::new("killed by the test")),
                Kill::CutBefore | Kill::CutAfter => cut(&mut killer, process),
            }
        }
    });
}

/// Ends a server process and waits until it has gone (the function's own way of waiting looks ten times a second only).
fn cut(killer: &mut PgConnection, process: i32) {
    let ended = diesel::sql_query("SELECT pg_terminate_backend($1)").bind::<Integer, _>(process).execute(killer);
    assert_eq!(ended, Ok(1));
    let gone = format!("NOT EXISTS (SELECT FROM pg_stat_activity WHERE pid = {process})");
    wait::until("the server process has gone", || diesel::select(diesel::dsl::sql::<Bool>(&gone)).get_result(killer).unwrap());
}

/// A dropped connection's transaction is rolled back by its server process, which takes a moment.
fn nobody_is_left(eye: &mut PgConnection) {
    let alone = "NOT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND state LIKE '%in transaction%')";
    wait::until("the killed transaction has gone", || diesel::select(diesel::dsl::sql::<Bool>(alone)).get_result(eye).unwrap());
}

/// All rows of all tables that an operation may touch, as one sum.
fn everything(conn: &mut PgConnection) -> String {
    let rows = |table: &str| format!("(SELECT coalesce(md5(string_agg(t::text, E'\\n' ORDER BY t::text)), '') FROM {table} t)");
    let tables = TABLES;
    let all = tables.map(rows).join(" || E'\\n\\n' || ");
    diesel::select(diesel::dsl::sql::<Text>(&all)).get_result(conn).unwrap()
}
