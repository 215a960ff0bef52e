//! What an attack by the race lab came to.

use serde::{Deserialize, Serialize};

/// One run: which site was attacked and how, and what came of each scenario.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RaceRun {
    /// The site's address.
    pub site: String,
    /// From which all chances were drawn: who does what, and how long each waits first.
    pub seed: u32,
    /// How many came at once.
    pub clients: u32,
    /// How often.
    pub rounds: u32,
    /// Whether the site's guards were off.
    pub naive: bool,
    /// How long all of it took.
    pub seconds: f64,
    /// What was wrong before anybody came.
    pub before: Vec<Broken>,
    /// In the order in which they were run.
    pub heats: Vec<Heat>,
}

/// What came of one scenario.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Heat {
    /// Its name.
    pub scenario: String,
    /// Requests that were raced.
    pub attempts: u32,
    /// Those that did something.
    pub winners: u32,
    /// Those that found it done already, and were told so as a success.
    pub again: u32,
    /// 409: somebody held the row for too long.
    pub busy: u32,
    /// 409: somebody was first.
    pub late: u32,
    /// 409: what was read has changed.
    pub stale: u32,
    /// 412: the same, where the request said what it had read.
    pub precondition: u32,
    /// 422: it makes no sense.
    pub invalid: u32,
    /// 429: too many.
    pub too_many: u32,
    /// Anything else, and no answer at all: none of it may be.
    pub errors: u32,
    /// The first few of those, in words.
    pub strange: Vec<String>,
    /// Half of the answers came within so many milliseconds.
    pub p50: f64,
    /// 99 of 100 did.
    pub p99: f64,
    /// Which invariants did not hold after it and held before.
    pub broken: Vec<Broken>,
}

/// Something that must count 0, and does not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Broken {
    /// What must never be.
    pub invariant: String,
    /// How often it is.
    pub count: i64,
    /// One place where.
    pub at: String,
}

/// Something that a client was told had been done: it must be found.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Acknowledged {
    /// What kind of thing.
    pub kind: &'static str,
    /// Its number.
    pub id: i64,
    /// What was said of it.
    pub words: String,
}

impl Heat {
    /// Whether anything was wrong.
    pub fn is_clean(&self) -> bool {
        self.broken.is_empty() && self.errors == 0
    }
}

impl RaceRun {
    /// How many things were wrong: invariants and answers that may not be.
    pub fn wrong(&self) -> usize {
        let of = |heat: &Heat| heat.broken.len() + usize::try_from(heat.errors).unwrap_or(usize::MAX);
        self.before.len() + self.heats.iter().map(of).sum::<usize>()
    }

    /// The scenarios in which nothing was wrong: of a naive site, those that were not caught.
    pub fn clean(&self) -> impl Iterator<Item = &str> {
        self.heats.iter().filter(|heat| heat.broken.is_empty()).map(|heat| heat.scenario.as_str())
    }
}
