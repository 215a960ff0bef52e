//! Machines create or update by the same references: over the API.

use chrono::SecondsFormat;
use serde_json::json;

use super::accept::{self, TYPED};
use super::attempt::{Attempt, Send, Yes};
use super::lab::Lab;

/// So many send one reference.
const AT_ONE: usize = 8;

/// A new name for each eight clients, which each writes in its own way. One in four says that it had read the first version.
pub fn round(lab: &mut Lab, round: usize) -> anyhow::Result<Vec<Attempt>> {
    let deadline = accept::deadline(lab)?.to_rfc3339_opts(SecondsFormat::Secs, true);
    let mut attempts = Vec::new();
    for (client, window) in lab.machines()?.into_iter().enumerate() {
        let name = format!("Order {} {round} {}", lab.mark, client / AT_ONE);
        let written = match lab.one_of(3) {
            0 => name.to_uppercase(),
            1 => format!(" {} ", name.to_lowercase()),
            _ => name.clone(),
        };
        let document = json!({
            "title": format!("{}, as client {client} has it", TYPED.title), "description": TYPED.description, "skills": [TYPED.skills],
            "kind": TYPED.kind, "budget_min": TYPED.budget_min, "budget_max": TYPED.budget_max, "currency": TYPED.currency,
            "deadline": deadline, "sealed": false, "questions": [],
        });
        let if_match = (client % 4 == 3).then_some("\"1\"");
        let path = format!("/api/v1/projects/by-ref/race/{}", written.replace(' ', "%20"));
        let send = Send::Document { path, put: true, if_match, document };
        attempts.push(Attempt { window, delay: lab.within(3), send, yes: Yes::Names("REFERENCE", name) });
    }
    Ok(attempts)
}
