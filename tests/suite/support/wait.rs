//! Waiting for something to come true, never for a time to pass.
use std::time::{Duration, Instant};

/// Returns as soon as `happened` says so; fails the test if it has not within half a minute.
#[track_caller]
pub fn until(what: &str, mut happened: impl FnMut() -> bool) {
    let end = Instant::now() + Duration::from_secs(30);
    while !happened() {
        assert!(Instant::now() < end, "waited in vain until {what}");
        std::thread::sleep(Duration::from_millis(10));
    }
}
