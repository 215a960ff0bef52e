//! The watcher, who stops a server that nobody uses any more.
use std::process::Command;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use guildhall::db::cluster::watch;

use super::process::{Launch, works};
use crate::support::sandbox::{Sandbox, postmaster};
use crate::support::wait;

#[test]
fn the_server_of_a_killed_guildhall_is_stopped_when_nobody_takes_it_over() {
    let sandbox = Sandbox::new();
    let first = Launch::in_folder(sandbox.join("pg")).up();
    watch::spawn_watcher(env!("CARGO_BIN_EXE_guildhall").as_ref(), &first.folder, Duration::from_secs(1)).unwrap();
    let data = first.folder.join("data");
    first.kill();
    wait::until("the server has gone", || postmaster(&data).is_none());
}

#[test]
fn the_server_stays_while_somebody_uses_it() {
    let sandbox = Sandbox::new();
    let first = Launch::in_folder(sandbox.join("pg")).up();
    let (tell, told) = channel();
    let folder = first.folder.clone();
    let watcher = std::thread::spawn(move || tell.send(watch::run(&folder, Duration::from_millis(200)).map_err(|error| error.to_string())));
    assert_eq!(told.recv_timeout(Duration::from_secs(1)), Err(RecvTimeoutError::Timeout));
    assert!(first.works());
    let (url, data) = (first.url.clone(), first.folder.join("data"));
    first.kill();
    assert_eq!(told.recv_timeout(Duration::from_secs(30)), Ok(Ok(())));
    assert!(!works(&url) && postmaster(&data).is_none());
    watcher.join().unwrap().unwrap();
}

#[test]
fn there_is_one_watcher_at_a_time() {
    let sandbox = Sandbox::new();
    let first = Launch::in_folder(sandbox.join("pg")).up();
    let start = || Command::new(env!("CARGO_BIN_EXE_guildhall")).arg("pg-watch").arg(&first.folder).arg("600").spawn().unwrap();
    let mut watchers = [start(), start()];
    wait::until("one of them has gone", || watchers.iter_mut().any(|watcher| watcher.try_wait().unwrap().is_some()));
    let left: Vec<_> = watchers.iter_mut().filter_map(|one| one.try_wait().unwrap().is_none().then_some(one)).collect();
    assert_eq!(left.len(), 1);
    for watcher in left {
        watcher.kill().unwrap();
        watcher.wait().unwrap();
    }
}

#[test]
fn a_watcher_goes_when_its_folder_has_gone() {
    let sandbox = Sandbox::new();
    std::fs::create_dir(sandbox.join("pg")).unwrap();
    let mut watcher = Command::new(env!("CARGO_BIN_EXE_guildhall")).arg("pg-watch").arg(sandbox.join("pg")).arg("1").spawn().unwrap();
    wait::until("it watches", || sandbox.join("pg/watch.lock").exists());
    std::fs::remove_dir_all(sandbox.join("pg")).unwrap();
    wait::until("it has gone", || watcher.try_wait().unwrap().is_some_and(|status| status.success()));
}
