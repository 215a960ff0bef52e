//! Somebody holds the project's lock: for a moment, and for too long.
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Bool;

use super::desks::{BUSY, desks};
use crate::support::database::TestDatabase;
use crate::support::given::{self, OpenProject};
use crate::support::site::TestSite;
use crate::support::{invariants, wait};

/// No request is kept waiting for longer at a busy project.
pub const LONGEST: Duration = Duration::from_millis(1500);

/// Somebody who holds the project's lock until dropped.
pub struct Holder(PgConnection);

impl Holder {
    /// Takes it.
    pub fn of(database: &TestDatabase, project: &OpenProject) -> Self {
        let mut conn = database.connect();
        conn.batch_execute(&format!("BEGIN; SELECT FROM projects WHERE id = {} FOR UPDATE", project.id)).expect("the lock");
        Self(conn)
    }

    /// Waits until somebody else waits for it.
    fn until_somebody_waits(&mut self) {
        let waits = "EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock')";
        wait::until("somebody waits for the lock", || diesel::select(diesel::dsl::sql::<Bool>(waits)).get_result(&mut self.0).unwrap());
    }

    fn let_go(mut self) {
        self.0.batch_execute("COMMIT").expect("the lock is let go");
    }
}

#[test]
fn whoever_waits_a_moment_is_served_and_the_second_learns_who_was_first() {
    let (database, project) = given::database_with_open_project(2);
    let site = TestSite::on(&database);
    let desks = desks(&database, &site, &project, 2);
    let mut holder = Holder::of(&database, &project);
    let answers = std::thread::scope(|threads| {
        let sent = [0, 1].map(|place| {
            threads.spawn({
                let (desk, proposal) = (&desks[place], project.proposals[place]);
                move || desk.accept(proposal)
            })
        });
        holder.until_somebody_waits();
        holder.let_go();
        sent.map(|thread| thread.join().expect("an answer"))
    });
    let first = answers.iter().position(|answer| answer.page.status == 303).expect("one is served");
    let (late, by) = (&answers[1 - first].page, &desks[first].manager.name);
    assert_eq!(late.status, 409);
    assert_eq!(late.text("h1"), format!("{by} accepted another proposal first"));
    let says = late.says();
    let (winner, loser) = (&project.freelancers[first].name, &project.freelancers[1 - first].name);
    for words in [format!("Your choice of {loser}"), format!("{by} accepted {winner}"), "was not carried out".to_owned(), "UTC".to_owned()]
    {
        assert!(says.contains(&words), "{words} is not in: {says}");
    }
    let next = answers[first].page.location();
    assert!(late.attribute("main a.btn", "href").is_some_and(|to| to == next));
    assert_eq!(desks[1 - first].browser.get(next).status, 200);
    invariants::hold(&database);
}

#[test]
fn a_lock_that_is_held_is_answered_in_time_and_harms_no_other_page() {
    let (database, project) = given::database_with_open_project(2);
    let site = TestSite::on(&database);
    let desk = desks(&database, &site, &project, 1).remove(0);
    let visitor = site.browser();
    let list = || {
        let begun = Instant::now();
        assert_eq!(visitor.get("/projects").status, 200);
        begun.elapsed()
    };
    list();
    let holder = Holder::of(&database, &project);
    let (answer, lists) = std::thread::scope(|threads| {
        let sent = threads.spawn(|| desk.accept(project.proposals[0]));
        let mut lists = Vec::new();
        while !sent.is_finished() {
            lists.push(list());
        }
        (sent.join().expect("an answer"), lists)
    });
    let slowest = lists.iter().max().expect("a list");
    println!("held lock: answered after {:?}; meanwhile {} lists, the slowest {slowest:?}", answer.took, lists.len());
    assert_eq!(answer.page.status, 409);
    assert!(answer.page.says().contains(BUSY) && answer.page.says().contains("Try again in a moment"), "{}", answer.page.says());
    assert!(answer.page.header("retry-after").parse::<u32>().is_ok_and(|seconds| seconds > 0));
    assert!(answer.took < LONGEST, "{:?}", answer.took);
    assert!(*slowest < Duration::from_millis(500), "{slowest:?}");
    drop(holder);
    assert_eq!(desk.accept(project.proposals[0]).page.status, 303, "the same once more is done");
    invariants::hold(&database);
}
