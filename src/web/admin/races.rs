//! What attacks by the race lab came to that were run against this site.

use askama::Template;
use chrono::{DateTime, Utc};

use crate::db::{Database, race};
use crate::domain::race::{Heat, RaceRun};
use crate::web::context::Admin;
use crate::web::respond::{self, Answer};
use crate::web::shell::Shell;
use crate::web::shown::{self, Moment};

/// So many runs are listed.
const MOST: i64 = 20;

#[derive(Template)]
#[template(path = "admin/races.html")]
struct Page {
    shell: Shell,
    runs: Vec<(DateTime<Utc>, RaceRun)>,
}

/// Shows the last one whole and those before it, to admins alone.
pub async fn page(by: Admin, database: Database) -> Answer {
    let runs = database.run(|conn| Ok(race::runs(conn, MOST)?)).await?;
    respond::page(&Page { shell: by.shell(), runs })
}

impl Page {
    fn at(&self, at: &DateTime<Utc>) -> Moment {
        shown::time(&self.shell.clock, *at)
    }

    fn attempts(&self, run: &RaceRun) -> u32 {
        run.heats.iter().map(|heat| heat.attempts).sum()
    }

    fn refused(&self, heat: &Heat) -> u32 {
        heat.busy + heat.late + heat.stale + heat.precondition + heat.invalid + heat.too_many
    }

    /// All that was wrong, each with where.
    fn wrong(&self, run: &RaceRun) -> Vec<String> {
        let before = run.before.iter().map(|one| ("Before the race".to_owned(), one));
        let after = run.heats.iter().flat_map(|heat| heat.broken.iter().map(|one| (heat.scenario.clone(), one)));
        let broken = before.chain(after).map(|(when, one)| format!("{when}: {}: {}, such as {}", one.invariant, one.count, one.at));
        let strange = run.heats.iter().flat_map(|heat| heat.strange.iter().map(|words| format!("{}: {words}", heat.scenario)));
        broken.chain(strange).collect()
    }

    /// What it came to, in a sentence.
    fn verdict(&self, run: &RaceRun) -> String {
        match run.wrong() {
            0 => "Nothing was wrong".to_owned(),
            1 => "1 thing was wrong".to_owned(),
            wrong => format!("{wrong} things were wrong"),
        }
    }

    fn milliseconds(&self, millis: &f64) -> String {
        format!("{millis:.1} ms")
    }
}
