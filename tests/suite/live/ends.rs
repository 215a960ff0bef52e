//! A process that is told to stop ends its streams first, and soon.
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use super::{Stream, cookie};
use crate::support::given;
use crate::support::sandbox::Sandbox;

#[test]
fn open_streams_do_not_hold_up_a_process_that_stops() {
    for signal in [Signal::SIGTERM, Signal::SIGINT] {
        let (database, on) = given::database_with_open_project(1);
        let data = Sandbox::new();
        let mut process = Command::new(env!("CARGO_BIN_EXE_guildhall"))
            .args(["serve", "--listen", "127.0.0.1:0", "--database-url", database.url(), "--data"])
            .arg(data.path())
            .stdout(Stdio::piped())
            .spawn()
            .expect("a process");
        let mut said = String::new();
        BufReader::new(process.stdout.take().expect("its output")).read_line(&mut said).expect("a line");
        let url = said.trim().strip_prefix("Guildhall serves on ").expect("its address").to_owned();
        let cookie = cookie(&url, &on.organisation.owner.email);
        let streams: Vec<_> = (0..5).map(|_| Stream::open(&url, &cookie)).collect();
        assert!(streams.iter().all(|stream| stream.status() == "200"));
        let began = Instant::now();
        kill(Pid::from_raw(i32::try_from(process.id()).expect("a number")), signal).expect("a signal");
        for stream in streams {
            assert!(stream.ended_after() < Duration::from_secs(2), "{signal}: streams end first");
        }
        assert!(process.wait().expect("its end").success());
        assert!(began.elapsed() < Duration::from_secs(4), "{signal}: {:?}", began.elapsed());
    }
}
