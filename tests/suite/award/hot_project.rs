//! One project that everybody wants to change at once must not slow the rest of the site.
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use super::desks::{Desk, accept_together, desks};
use super::held_lock::{Holder, LONGEST};
use crate::support::browser::Browser;
use crate::support::given::OpenProject;
use crate::support::site::TestSite;
use crate::support::{given, invariants};

const CLIENTS: usize = 100;
const READERS: usize = 2;
const PAGES: usize = 400;
/// Below this a difference is the machine's noise: a debug build on two cores shares them with a hundred clients and
/// the database, and whoever reads is now and then not scheduled for some time slices.
const NOISE: Duration = Duration::from_millis(50);

/// A machine that does something else meanwhile shows in a round; a site that is slow shows in all of them.
const ROUNDS: usize = 3;

#[test]
fn a_hundred_clients_of_one_project_do_not_slow_the_list() {
    let (database, project) = given::database_with_open_project(2);
    let site = TestSite::on(&database);
    let desks = desks(&database, &site, &project, 4);
    let browser = site.browser();
    p99(&browser, || true);
    let is_slow = || {
        let calm = p99(&browser, || true);
        let holder = Holder::of(&database, &project);
        let (hot, turned_away) = p99_beside(&browser, &desks, &project);
        drop(holder);
        println!(
            "the list's p99: calm {calm:?}, with {CLIENTS} clients at one locked project {hot:?}; {turned_away} of their requests turned away"
        );
        hot > (2 * calm).max(NOISE)
    };
    assert!(!(0..ROUNDS).all(|_| is_slow()), "slow in each of {ROUNDS} rounds");
    invariants::hold(&database);
}

/// The list's p99 while everybody presses "Accept" on a project that somebody has locked, and how often they were turned away.
fn p99_beside(browser: &Browser, desks: &[Desk], project: &OpenProject) -> (Duration, usize) {
    let (busy, over) = (AtomicUsize::new(0), AtomicBool::new(false));
    let hot = std::thread::scope(|threads| {
        let press = |desk: &Desk| {
            while !over.load(Ordering::Relaxed) {
                let answer = desk.accept(project.proposals[0]);
                assert!(answer.is_busy(), "{}: {}", answer.page.status, answer.page.says());
                busy.fetch_add(1, Ordering::Relaxed);
            }
        };
        for place in 0..CLIENTS {
            let desk = &desks[place % desks.len()];
            threads.spawn(move || press(desk));
        }
        let hot = p99(browser, || busy.load(Ordering::Relaxed) >= 3 * CLIENTS);
        over.store(true, Ordering::Relaxed);
        hot
    });
    (hot, busy.into_inner())
}

#[test]
fn a_hundred_clients_over_eight_connections_are_answered_in_time() {
    let (database, project) = given::database_with_open_project(4);
    let site = TestSite::with(&database, 8);
    let desks = desks(&database, &site, &project, 4);
    let answers = accept_together(&desks, &project, CLIENTS);
    let mut times: Vec<_> = answers.iter().map(|(.., answer)| answer.took).collect();
    times.sort();
    let count = |status: u16| answers.iter().filter(|(.., answer)| answer.page.status == status).count();
    println!(
        "{CLIENTS} accepts over 8 connections: half within {:?}, all within {:?}; {} led on, {} refused",
        times[CLIENTS / 2],
        times[CLIENTS - 1],
        count(303),
        count(409)
    );
    assert_eq!(count(303) + count(409), CLIENTS);
    assert!(times[CLIENTS - 1] < LONGEST, "{:?}", times[CLIENTS - 1]);
    invariants::hold(&database);
}

/// The time within which 99 of 100 lists are there, read one after the other by a few readers, until there are many and
/// `enough` says so.
fn p99(browser: &Browser, enough: impl Fn() -> bool + Sync) -> Duration {
    let read = || {
        let mut times = Vec::new();
        while times.len() < PAGES / READERS || !enough() {
            let begun = Instant::now();
            assert_eq!(browser.get("/projects").status, 200);
            times.push(begun.elapsed());
        }
        times
    };
    let mut times: Vec<_> = std::thread::scope(|threads| {
        let readers = [(); READERS].map(|()| threads.spawn(read));
        readers.into_iter().flat_map(|reader| reader.join().expect("a reader")).collect()
    });
    times.sort();
    times[times.len() * 99 / 100]
}
