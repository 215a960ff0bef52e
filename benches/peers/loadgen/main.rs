//! A small closed-loop HTTP/1.1 load generator; std only, built with `rustc -O loadgen/main.rs`.
//!
//! One thread and one keep-alive connection per client; the requests come ready-made from a file, so the generator only
//! writes bytes, reads a response and notes status and latency.
//!
//!     loadgen --addr 127.0.0.1:8001 --file F --conns 32 --secs 4 [--warm 0.5] [--wrap] [--walk] [--each]
//!
//! F is a sequence of records: u32 client, u32 length, bytes (little endian).
//! - default: clients take the next record of the one list; ends after --secs or at the list's end
//! - `--wrap`: starts over at the list's end (for GETs)
//! - `--walk`: each client walks its own records (those with its number), in order: for contention
//! - `--each`: also reports which records (by their place in F) got which status
mod http;

use std::collections::BTreeMap;
use std::ops::Range;
use std::str::FromStr;
use std::sync::Barrier;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::thread;
use std::time::{Duration, Instant};

use http::Client;

fn main() {
    let asked = Asked::from_args();
    println!("{}", report(&asked, &run(&asked, &Load::read(&asked))));
}

/// The command line.
struct Asked {
    addr: String,
    file: String,
    conns: usize,
    secs: f64,
    warm: f64,
    wrap: bool,
    walk: bool,
    each: bool,
}

impl Asked {
    fn from_args() -> Self {
        let args: Vec<String> = std::env::args().collect();
        let has = |key: &str| args.iter().any(|arg| arg == key);
        let asked = Self {
            addr: value(&args, "--addr").expect("--addr"),
            file: value(&args, "--file").expect("--file"),
            conns: value(&args, "--conns").unwrap_or(32),
            secs: value(&args, "--secs").unwrap_or(4.0),
            warm: value(&args, "--warm").unwrap_or(0.0),
            wrap: has("--wrap"),
            walk: has("--walk"),
            each: has("--each"),
        };
        assert!(asked.addr.starts_with("127.0.0.1:"), "loopback only");
        assert!(asked.conns <= 256 && asked.secs <= 120.0, "bounded runs only");
        asked
    }
}

fn value<T: FromStr>(args: &[String], key: &str) -> Option<T> {
    let text = args.iter().skip_while(|arg| *arg != key).nth(1)?;
    Some(text.parse().unwrap_or_else(|_| panic!("{key} {text} makes no sense")))
}

/// The requests.
struct Load {
    bytes: Vec<u8>,
    records: Vec<Range<usize>>,
    /// By client: which records are its own.
    own: Vec<Vec<usize>>,
    next: AtomicUsize,
}

impl Load {
    fn read(asked: &Asked) -> Self {
        let bytes = std::fs::read(&asked.file).expect("the file of requests");
        let number = |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap()) as usize;
        let (mut records, mut own, mut at) = (vec![], vec![vec![]; asked.conns], 0);
        while at + 8 <= bytes.len() {
            own[number(at) % asked.conns].push(records.len());
            records.push(at + 8..at + 8 + number(at + 4));
            at += 8 + number(at + 4);
        }
        Self { bytes, records, own, next: AtomicUsize::new(0) }
    }

    /// The record that a client sends as its `step`-th.
    fn take(&self, asked: &Asked, client: usize, step: usize) -> Option<usize> {
        if asked.walk {
            return self.own[client].get(step).copied();
        }
        let next = self.next.fetch_add(1, Relaxed);
        (next < self.records.len() || asked.wrap).then(|| next % self.records.len())
    }
}

/// One answer: how long it took, what it was, when it was there (ms after the start), to which record.
struct Answer {
    micros: u32,
    status: u16,
    at: u32,
    record: usize,
}

/// What all clients saw together.
#[derive(Default)]
struct Done {
    answers: Vec<Answer>,
    errors: u64,
    bytes: usize,
    reconnects: u64,
}

fn run(asked: &Asked, load: &Load) -> Done {
    let gate = Barrier::new(asked.conns);
    let mut all = Done::default();
    thread::scope(|scope| {
        let start = |client| {
            let gate = &gate;
            let thread = thread::Builder::new().stack_size(512 * 1024);
            thread.spawn_scoped(scope, move || drive(asked, load, client, gate)).expect("a thread")
        };
        let threads: Vec<_> = (0..asked.conns).map(start).collect();
        for thread in threads {
            let done = thread.join().expect("a client");
            all.answers.extend(done.answers);
            all.errors += done.errors;
            all.bytes += done.bytes;
            all.reconnects += done.reconnects;
        }
    });
    all
}

/// One client: sends, waits, notes, until time or records end.
fn drive(asked: &Asked, load: &Load, number: usize, gate: &Barrier) -> Done {
    let mut done = Done { answers: Vec::with_capacity(1 << 16), ..Done::default() };
    let mut client = Client::new(&asked.addr);
    gate.wait();
    let begun = Instant::now();
    let end = Duration::from_secs_f64(asked.secs + asked.warm);
    let mut step = 0;
    while begun.elapsed() < end && done.errors < 100 {
        let Some(record) = load.take(asked, number, step) else { break };
        step += 1;
        let sent = Instant::now();
        match client.send(&load.bytes[load.records[record].clone()]) {
            Ok((status, bytes)) => {
                let (micros, at) = (sent.elapsed().as_micros() as u32, begun.elapsed().as_millis() as u32);
                done.answers.push(Answer { micros, status, at, record });
                done.bytes += bytes;
            }
            Err(_) => done.errors += 1,
        }
    }
    done.reconnects = client.reconnects;
    done
}

/// JSON: speed and latency of what ended in the timed span, statuses of everything.
fn report(asked: &Asked, done: &Done) -> String {
    let (from, to) = (asked.warm * 1000.0, (asked.warm + asked.secs) * 1000.0);
    let timed = done.answers.iter().filter(|answer| (from..=to).contains(&f64::from(answer.at)));
    let mut micros: Vec<u32> = timed.map(|answer| answer.micros).collect();
    micros.sort_unstable();
    let last = done.answers.iter().map(|answer| answer.at).max().unwrap_or(0);
    let span = ((f64::from(last).min(to) - from) / 1000.0).max(0.001);
    let mut by_status: BTreeMap<u16, Vec<usize>> = BTreeMap::new();
    for answer in &done.answers {
        by_status.entry(answer.status).or_default().push(answer.record);
    }
    let total = done.answers.len();
    let list = |show: &dyn Fn(&Vec<usize>) -> String| {
        by_status.iter().map(|(status, records)| format!("\"{status}\": {}", show(records))).collect::<Vec<_>>().join(", ")
    };
    format!(
        r#"{{"n": {}, "total": {total}, "secs": {span:.3}, "rps": {:.1}, "p50": {:.3}, "p99": {:.3}, "errors": {},
        "reconnects": {}, "bytes": {}, "statuses": {{{}}}, "each": {{{}}}}}"#,
        micros.len(),
        micros.len() as f64 / span,
        at_quantile(&micros, 0.5),
        at_quantile(&micros, 0.99),
        done.errors,
        done.reconnects,
        done.bytes / total.max(1),
        list(&|records| records.len().to_string()),
        if asked.each { list(&|records| format!("{records:?}")) } else { String::new() },
    )
}

/// In ms, of sorted µs.
fn at_quantile(micros: &[u32], quantile: f64) -> f64 {
    let place = ((micros.len() as f64 * quantile).ceil() as usize).max(1) - 1;
    micros.get(place).map_or(0.0, |micros| f64::from(*micros) / 1000.0)
}
