//! Stopping a process in the middle of its work, and letting it go on.
use std::fs;

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use super::wait;

/// Stops a process. The signal alone does not: until one thread has taken it the others run on, on a busy machine for as
/// long as a transaction takes. So this waits until every thread stands.
#[track_caller]
pub fn freeze(pid: i32) {
    kill(Pid::from_raw(pid), Signal::SIGSTOP).expect("a process");
    wait::until("all threads stand", || threads(pid).iter().all(|state| matches!(state, 'T' | 't')));
}

/// Lets it go on.
#[track_caller]
pub fn thaw(pid: i32) {
    kill(Pid::from_raw(pid), Signal::SIGCONT).expect("a process");
}

/// The states of its threads, as the system's own list has them: the letter behind the name in brackets.
fn threads(pid: i32) -> Vec<char> {
    let tasks = fs::read_dir(format!("/proc/{pid}/task")).expect("its threads");
    tasks
        .filter_map(|task| fs::read_to_string(task.ok()?.path().join("stat")).ok())
        .filter_map(|stat| stat.rsplit(')').next()?.trim_start().chars().next())
        .collect()
}
