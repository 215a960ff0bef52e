//! Runners complete one job: over the API, as machines do.

use anyhow::Context;
use serde_json::{Value, json};

use super::attempt::{Attempt, Send, Yes};
use super::lab::Lab;
use super::window::{Answer, Window};

/// One job is asked for and taken; then each client says that it is done, with a result of its own.
pub fn round(lab: &mut Lab, round: usize) -> anyhow::Result<Vec<Attempt>> {
    let (machines, runners) = (lab.machines()?, lab.runners()?);
    let (machine, runner) = (machines.first().context("a machine")?, runners.first().context("a runner")?);
    let asked = json!({ "name": "race", "arguments": {}, "key": format!("race-{}-{round}", lab.mark) });
    said(&machine.tell(&format!("/api/v1/organisations/{}/jobs", lab.cast.organisation), false, None, &asked)?)?;
    let taken = take(runner)?;
    let (job, token) = (taken.get("job").and_then(Value::as_i64).context("a job")?, taken.get("token").context("a token")?.clone());
    let mut attempts = Vec::new();
    for (client, window) in runners.into_iter().enumerate() {
        let by = format!("client {client}");
        let document = json!({ "token": token, "version": taken.get("version"), "result": { "by": by } });
        let send = Send::Document { path: format!("/api/v1/runner/jobs/{job}/complete"), put: false, if_match: None, document };
        attempts.push(Attempt { window, delay: lab.within(3), send, yes: Yes::to("RESULT", job, by) });
    }
    Ok(attempts)
}

fn take(runner: &Window) -> anyhow::Result<Value> {
    said(&runner.tell("/api/v1/runner/claim", false, None, &json!({ "runner": "race-1" }))?)
}

/// A document; anything else ends the race.
fn said(answer: &Answer) -> anyhow::Result<Value> {
    anyhow::ensure!(matches!(answer.status, 200 | 201), "the job could not be prepared (status {}): {}", answer.status, answer.body);
    Ok(serde_json::from_str(&answer.body)?)
}
