//! A run as a table for people.

use std::fmt::Write as _;

use crate::domain::race::{Broken, Heat, RaceRun};

const HEAD: [&str; 14] =
    ["scenario", "attempts", "winners", "again", "busy", "late", "stale", "412", "422", "429", "errors", "broken", "p50 ms", "p99 ms"];

/// The table, what was found wrong below it, and one sentence that sums up.
pub fn table(run: &RaceRun) -> String {
    let kind = if run.naive { "a naive site" } else { "the site" };
    let mut text = format!(
        "{} clients at once, {} rounds, seed {}, against {kind} at {}: {} s\n\n",
        run.clients, run.rounds, run.seed, run.site, run.seconds
    );
    line(&mut text, &HEAD.map(str::to_owned));
    for heat in &run.heats {
        line(&mut text, &cells(heat));
    }
    text.push('\n');
    for one in &run.before {
        found(&mut text, "before the race", one);
    }
    for heat in &run.heats {
        for one in &heat.broken {
            found(&mut text, &heat.scenario, one);
        }
        for strange in &heat.strange {
            // Writing to a String does not fail.
            let _ = writeln!(text, "{}: {strange}", heat.scenario);
        }
    }
    text.push_str(&verdict(run));
    text
}

fn line(text: &mut String, cells: &[String; 14]) {
    for (place, cell) in cells.iter().enumerate() {
        let _ = match place {
            0 => write!(text, "{cell:<10}"),
            1 | 2 | 12 | 13 => write!(text, "{cell:>9}"),
            _ => write!(text, "{cell:>7}"),
        };
    }
    text.push('\n');
}

fn cells(heat: &Heat) -> [String; 14] {
    let counts = [
        heat.attempts,
        heat.winners,
        heat.again,
        heat.busy,
        heat.late,
        heat.stale,
        heat.precondition,
        heat.invalid,
        heat.too_many,
        heat.errors,
    ];
    let [attempts, winners, again, busy, late, stale, precondition, invalid, too_many, errors] = counts.map(|count| count.to_string());
    let (broken, p50, p99) = (heat.broken.len().to_string(), format!("{:.1}", heat.p50), format!("{:.1}", heat.p99));
    [heat.scenario.clone(), attempts, winners, again, busy, late, stale, precondition, invalid, too_many, errors, broken, p50, p99]
}

fn found(text: &mut String, scenario: &str, broken: &Broken) {
    let _ = writeln!(text, "{scenario}: {}: {}, such as {}", broken.invariant, broken.count, broken.at);
}

/// What it comes to.
fn verdict(run: &RaceRun) -> String {
    let clean: Vec<_> = run.clean().collect();
    match run.wrong() {
        _ if run.naive && clean.is_empty() => "The naive site was caught in every scenario.".to_owned(),
        _ if run.naive => format!("The naive site was not caught in: {}.", clean.join(", ")),
        0 => "Every invariant counts 0.".to_owned(),
        1 => "1 thing is wrong.".to_owned(),
        wrong => format!("{wrong} things are wrong."),
    }
}
