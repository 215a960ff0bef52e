//! What listening costs: run by hand, `cargo test --test suite -- --ignored --nocapture idle_listeners`.
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use guildhall::db::wire::{Heard, Listeners};
use guildhall::db::{Database, PgConnection, QueryResult};
use guildhall::operations::proposals::accept_proposal;

use super::{Stream, cookie};
use crate::support::database::TestDatabase;
use crate::support::given::{self, FIRST_SEEN};
use crate::support::sandbox::Sandbox;

const MANY: usize = 1000;

#[test]
#[ignore = "measures; run by hand"]
fn idle_listeners_in_memory() {
    let database = TestDatabase::new();
    let mut conn = database.connect();
    let people: Vec<_> = (0..MANY / 10).map(|_| given::somebody(&mut conn, "Ada Byron")).collect();
    let data = Sandbox::new();
    let mut process = Command::new(env!("CARGO_BIN_EXE_guildhall"))
        .args(["serve", "--listen", "127.0.0.1:0", "--sign-in-tries-per-address", "0", "--database-url", database.url(), "--data"])
        .arg(data.path())
        .stdout(Stdio::piped())
        .spawn()
        .expect("a process");
    let mut said = String::new();
    BufReader::new(process.stdout.take().expect("its output")).read_line(&mut said).expect("a line");
    let url = said.trim().strip_prefix("Guildhall serves on ").expect("its address").to_owned();
    let cookies: Vec<_> = people.iter().map(|person| cookie(&url, &person.email)).collect();
    let before = resident(process.id());
    let streams: Vec<_> = (0..MANY).map(|place| Stream::open(&url, &cookies[place % cookies.len()])).collect();
    assert!(streams.iter().all(|stream| stream.status() == "200"));
    std::thread::sleep(Duration::from_secs(3));
    let after = resident(process.id());
    println!("{MANY} idle listeners: {before} KiB before, {after} KiB with them, {} KiB each", (after - before) / MANY);
    process.kill().expect("an end");
    process.wait().expect("its end");
}

/// Kibibytes in memory.
fn resident(process: u32) -> usize {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).expect("its status");
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).expect("its size");
    line.split_whitespace().nth(1).and_then(|size| size.parse().ok()).expect("a number")
}

struct Somebody;

impl Listeners for Somebody {
    fn are_there(&self) -> bool {
        true
    }
    fn hear(&self, _: &mut PgConnection, _: Heard<'_>) -> QueryResult<()> {
        Ok(())
    }
}

#[test]
#[ignore = "measures; run by hand"]
fn an_accept_with_and_without_the_wire() {
    let runtime = actix_web::rt::System::new();
    let database = TestDatabase::new();
    let mut conn = database.connect();
    let [plain, wired] = [false, true].map(|listens| {
        let bridge = Database::new(database.url(), 4);
        if listens {
            bridge.listen(Somebody).expect("a wire");
        }
        bridge
    });
    let mut spent = [Duration::ZERO; 2];
    for round in 0..400 {
        let on = given::open_project(&mut conn, 5);
        let (by, id) = (on.organisation.manager.id, on.proposals[0]);
        let bridge = if round % 2 == 0 { &plain } else { &wired };
        let began = Instant::now();
        runtime.block_on(bridge.change(move |conn| accept_proposal(conn, by, id, FIRST_SEEN))).expect("an award");
        spent[round % 2] += began.elapsed();
    }
    println!("an accept with five proposals: {:?} without, {:?} with the wire", spent[0] / 200, spent[1] / 200);
}
