//! `serve`, `worker` and PostgreSQL are killed -9 in turns while people and machines work: nothing that was acknowledged is
//! lost, nothing happens twice, and the jobs of killed workers run again within 45 seconds.
//!
//!     cargo test --test suite -- --ignored --nocapture kills
//!     GUILDHALL_KILLS=56 GUILDHALL_OPERATIONS=5000 cargo test --test suite -- --ignored --nocapture kills
mod found;
mod ground;
mod strikes;
mod work;

use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use ground::Ground;
use strikes::Kind;
use work::Work;

/// Where nothing else is said: two of each kind.
const KILLS: usize = 14;
const OPERATIONS: usize = 300;
/// Between two strikes, for the others to come back to work.
const PAUSE: Duration = Duration::from_millis(1500);
/// After the last strike all jobs have to be done within this.
const LONGEST: Duration = Duration::from_secs(120);

fn number(name: &str, otherwise: usize) -> usize {
    std::env::var(name).ok().map_or(otherwise, |text| text.parse().expect("a number"))
}

/// All threads end with the test, also where it fails.
struct Over<'o>(&'o Ground, &'o Work);

impl Drop for Over<'_> {
    fn drop(&mut self) {
        self.1.is_over.store(true, Ordering::SeqCst);
        self.0.end();
    }
}

#[test]
#[ignore = "takes one to two minutes; .ci/run does it"]
fn nothing_acknowledged_is_lost_and_nothing_happens_twice() {
    let (kills, operations) = (number("GUILDHALL_KILLS", KILLS), number("GUILDHALL_OPERATIONS", OPERATIONS));
    let ground = Ground::new();
    let work = Work::new(&ground, kills);
    let began = Instant::now();
    let struck = std::thread::scope(|threads| {
        let _over = Over(&ground, &work);
        ground.tend(threads);
        work.begin(threads, &ground);
        let mut struck = Vec::new();
        // a kind whose moment does not come is tried again in its next turn, for a while
        for kind in Kind::ALL.iter().cycle().take(kills * 2) {
            if struck.len() >= kills {
                break;
            }
            struck.extend(strikes::strike(*kind, &ground, &work));
            std::thread::sleep(PAUSE);
        }
        while work.acknowledged() < operations {
            assert!(began.elapsed() < Duration::from_secs(1800), "{} of {operations} operations", work.acknowledged());
            std::thread::sleep(Duration::from_millis(100));
        }
        work.is_over.store(true, Ordering::SeqCst);
        found::all_jobs_end(&ground, LONGEST);
        struck
    });
    println!("{} kills in {:.0} s of work:", struck.len(), began.elapsed().as_secs_f64());
    for kind in Kind::ALL {
        println!("  {:3} × {}", struck.iter().filter(|one| one.kind == *kind).count(), kind.name());
    }
    found::report(&ground, &work, &struck);
    assert!(struck.len() >= kills, "only {} of {kills} kills found their moment", struck.len());
    assert!(Kind::ALL.iter().all(|kind| struck.iter().any(|one| one.kind == *kind)), "a kind that never hit proves nothing");
}
