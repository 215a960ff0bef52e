//! Each two paths to an open project raced against each other: what comes out is what one of the two orders makes.
use std::sync::Barrier;
use std::time::{Duration, Instant};

use diesel::prelude::*;

use super::act::Act;
use super::model::State;
use crate::support::database::TestDatabase;
use crate::support::given::{self, OpenProject, Organisation, Somebody};
use crate::support::invariants;

const ROUNDS: u32 = 40;

#[test]
fn accepting_raced_against_everything() {
    race_against_everything_from(Act::Accept);
}

#[test]
fn accepting_another_raced_against_everything() {
    race_against_everything_from(Act::AcceptOther);
}

#[test]
fn withdrawing_raced_against_everything() {
    race_against_everything_from(Act::Withdraw);
}

#[test]
fn revising_raced_against_everything() {
    race_against_everything_from(Act::Revise);
}

#[test]
fn declining_raced_against_everything() {
    race_against_everything_from(Act::Decline);
}

#[test]
fn undoing_a_decline_raced_against_everything() {
    race_against_everything_from(Act::Undecline);
}

#[test]
fn cancelling_editing_and_late_submitting_raced_against_each_other() {
    race_against_everything_from(Act::Cancel);
    race_against_everything_from(Act::Edit);
    race_against_everything_from(Act::LateSubmit);
}

/// Every pair of this act with itself and those behind it in the list, so that together each pair is raced once.
fn race_against_everything_from(act: Act) {
    let database = TestDatabase::new();
    let mut conn = database.connect();
    let organisation = given::organisation(&mut conn);
    let freelancers: Vec<_> = ["Ada Byron", "Ivo Tanaka", "Mira Lindqvist"].map(|name| given::freelancer(&mut conn, name)).into();
    let mut sides = [database.connect(), database.connect()];
    for other in Act::ALL.into_iter().filter(|other| *other >= act) {
        let mut seen = Orders::default();
        for round in 0..ROUNDS {
            let project = beginning(&mut conn, &organisation, &freelancers, [act, other]);
            let before = State::read(&mut conn, &project);
            let answers = both(&mut sides, &project, [act, other], round);
            let after = State::read(&mut conn, &project);
            let order = order_of([act, other], &before, &answers, &after);
            seen.count(order.unwrap_or_else(|| panic!("{act:?} beside {other:?} from {before:?}: {answers:?} and {after:?}")));
        }
        println!(
            "{act:?} beside {other:?}: {act:?} first {}, {other:?} first {}, either way the same {}",
            seen.first, seen.second, seen.either
        );
    }
    invariants::hold(&database);
}

/// An open project with two proposals; the first one declined where the decline is to be undone.
pub fn beginning(conn: &mut PgConnection, organisation: &Organisation, freelancers: &[Somebody], acts: [Act; 2]) -> OpenProject {
    let mut project = given::open_project_with(conn, organisation.clone(), freelancers[..2].to_vec());
    project.freelancers.push(freelancers[2].clone());
    if acts.contains(&Act::Undecline) {
        Act::Decline.run(conn, &project, 0).expect("a decline");
    }
    project
}

/// Both at once. A little delay, another one each round, lets now this one and now that one come first.
fn both(sides: &mut [PgConnection; 2], project: &OpenProject, acts: [Act; 2], round: u32) -> [Result<(), String>; 2] {
    let start = &Barrier::new(2);
    let go = |conn: &mut PgConnection, act: Act, side: i64, delay: u32| {
        start.wait();
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_micros(200) * delay {
            std::hint::spin_loop();
        }
        act.run(conn, project, side)
    };
    let [left, right] = sides;
    std::thread::scope(|threads| {
        let left = threads.spawn(move || go(left, acts[0], 0, round % 5));
        let right = threads.spawn(move || go(right, acts[1], 1, (round + 2) % 5));
        [left.join().expect("one side"), right.join().expect("the other side")]
    })
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    First,
    Second,
    Either,
}

/// Which of the two orders explains the answers and the state; none: the race has made something of its own.
pub fn order_of(acts: [Act; 2], before: &State, answers: &[Result<(), String>; 2], after: &State) -> Option<Order> {
    let explains = |first: usize, second: usize| {
        let (one, between) = step(before, acts[first]);
        let (two, end) = step(&between, acts[second]);
        answers[first] == one && answers[second] == two && *after == end
    };
    match (explains(0, 1), explains(1, 0)) {
        (true, true) => Some(Order::Either),
        (true, false) => Some(Order::First),
        (false, true) => Some(Order::Second),
        (false, false) => None,
    }
}

fn step(state: &State, act: Act) -> (Result<(), String>, State) {
    match state.after(act) {
        Ok(next) => (Ok(()), next),
        Err(why) => (Err(why), state.clone()),
    }
}

#[derive(Debug, Default)]
struct Orders {
    first: u32,
    second: u32,
    either: u32,
}

impl Orders {
    fn count(&mut self, order: Order) {
        match order {
            Order::First => self.first += 1,
            Order::Second => self.second += 1,
            Order::Either => self.either += 1,
        }
    }
}
