//! What happened to a thing, in plain words, for those whom it concerns; and how to check that it is all.

pub mod account;
mod changes;
pub mod contract;
mod contracts;
pub mod organisation;
pub mod project;
pub(super) mod refused;
pub(super) mod words;

use actix_web::web::Query;
use askama::Template;
use serde::Deserialize;

use super::projects::difference::{Difference, Line};
use super::shell::Shell;
use super::shown::{self, Moment};
use crate::db::history::History;
use crate::domain::chain::{Chain, hex};
use crate::domain::reader::Reader;
use refused::Refused;

/// Where in the stream the page begins.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
pub struct After {
    after: i64,
}

impl After {
    /// The number behind which the page begins; from the start where the address makes no sense.
    fn of(asked: Option<Query<Self>>) -> i64 {
        asked.map_or(0, |asked| asked.after.max(0))
    }
}

/// A history, whatever it is of.
#[derive(Template)]
#[template(path = "history/page.html")]
struct Page {
    shell: Shell,
    /// The thing's reference.
    reference: String,
    /// What the page is about: "Tills for the harbour".
    title: String,
    /// Back to the thing: address and words.
    back: (String, String),
    rows: Vec<Row>,
    /// The stream's head, as `guildhall verify --noted` takes it.
    head: Head,
    /// The address of the next page; empty: this is the last.
    next: String,
    /// Whether this is not the first page.
    later: bool,
    /// What was tried and refused; none for those whom it does not concern.
    refused: Option<Vec<Refused>>,
}

/// One event.
struct Row {
    seq: i64,
    at: Moment,
    /// The beginning of its hash.
    hash: String,
    /// What it says; none where it concerns others.
    told: Option<Told>,
    /// What it changed of what proposals answer; none inside where that is not kept.
    changed: Option<Option<Difference>>,
}

/// What an event says to somebody whom it concerns.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Told {
    /// Who did what: whole sentences.
    pub says: String,
    /// From which state to which; empty: none changed.
    moved: String,
    /// Address and words of what it is about, where the reader may see that.
    links: Vec<(String, String)>,
    /// Whether it is what all the others lead up to.
    key: bool,
}

/// Where a chain ends.
struct Head {
    count: i64,
    /// All of the last one's hash, in hex.
    hash: String,
    /// Reference, count and the hash's beginning, to be noted elsewhere.
    note: String,
}

/// So much of a hash is shown in a line, in hexadecimal digits.
const SHORT: usize = 12;

fn short(hash: &[u8]) -> String {
    hex(hash).chars().take(SHORT).collect()
}

impl Head {
    fn of(chain: &Chain) -> Self {
        let reference = chain.root.reference();
        Self { count: chain.count, hash: hex(&chain.head), note: format!("{reference}:{}:{}", chain.count, short(&chain.head)) }
    }
}

impl Page {
    /// The history of what stands at `address`.
    fn new(shell: Shell, address: &str, title: &str, chain: &Chain, after: i64, history: &History, reader: &Reader) -> Self {
        let rows = history.events.iter().map(|event| Row {
            seq: event.seq,
            at: shown::exact(&shell.clock, event.at),
            hash: short(&event.hash),
            told: reader.may_read(&event.kind, event.actor_id, history.author(event)).then(|| words::told(event, history, reader)),
            changed: None,
        });
        let rows: Vec<Row> = rows.collect();
        let next = match rows.last() {
            Some(last) if history.more => format!("{address}/history?after={}", last.seq),
            _ => String::new(),
        };
        Self {
            reference: chain.root.reference(),
            title: title.to_owned(),
            back: (address.to_owned(), format!("Back to {title}")),
            rows,
            head: Head::of(chain),
            next,
            later: after > 0,
            refused: None,
            shell,
        }
    }

    /// The address of the first page; empty: this is it.
    fn first(&self) -> String {
        if self.later { format!("{}/history", self.back.0) } else { String::new() }
    }
}
