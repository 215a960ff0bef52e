//! Counting answers by their kind.

use std::collections::BTreeSet;
use std::time::Duration;

use serde_json::Value;

use super::attempt::Attempt;
use super::window::Answer;
use crate::domain::race::{Acknowledged, Heat};

/// So many strange answers are told in words.
const TOLD: usize = 5;

/// What was counted so far of one scenario.
#[derive(Debug, Default)]
pub struct Tally {
    heat: Heat,
    took: Vec<Duration>,
    /// Once each.
    pub acknowledged: BTreeSet<Acknowledged>,
}

impl Tally {
    /// One attempt, and what came of it.
    pub fn count(&mut self, attempt: &Attempt, answer: &anyhow::Result<Answer>) {
        self.heat.attempts += 1;
        let answer = match answer {
            Ok(answer) => answer,
            Err(error) => return self.strange(format!("no answer: {error:#}")),
        };
        self.took.push(answer.took);
        let counter = match answer.status {
            200 | 201 | 303 => match attempt.yes.heard(answer) {
                Some(what) if self.acknowledged.insert(what.clone()) => &mut self.heat.winners,
                Some(_) => &mut self.heat.again,
                None => return self.strange(format!("status {} to {}", answer.status, answer.location)),
            },
            409 if answer.has_retry_after => &mut self.heat.busy,
            409 if is_stale(answer) => &mut self.heat.stale,
            409 => &mut self.heat.late,
            412 => &mut self.heat.precondition,
            422 => &mut self.heat.invalid,
            429 => &mut self.heat.too_many,
            other => return self.strange(format!("status {other}: {}", title(&answer.body))),
        };
        *counter += 1;
    }

    fn strange(&mut self, words: String) {
        self.heat.errors += 1;
        if self.heat.strange.len() < TOLD {
            self.heat.strange.push(words);
        }
    }

    /// All of it.
    pub fn heat(mut self, scenario: &str) -> Heat {
        self.took.sort_unstable();
        let within = |percent: usize| {
            let place = (self.took.len() * percent).div_ceil(100).saturating_sub(1);
            self.took.get(place).map_or(0.0, |took| (took.as_secs_f64() * 10_000.0).round() / 10.0)
        };
        Heat { scenario: scenario.to_owned(), p50: within(50), p99: within(99), ..self.heat }
    }
}

/// Whether what was read had changed: pages say so in their title, documents by their code.
fn is_stale(answer: &Answer) -> bool {
    match serde_json::from_str::<Value>(&answer.body) {
        Ok(problem) => matches!(problem.get("code").and_then(Value::as_str), Some("changed" | "concurrent_update")),
        Err(_) => title(&answer.body).contains(" changed "),
    }
}

/// What a page is called, or how a document begins.
fn title(body: &str) -> &str {
    let titled = body.split_once("<title>").and_then(|(_, rest)| rest.split("</title>").next());
    titled.unwrap_or_else(|| body.get(..200).unwrap_or(body))
}
