//! `guildhall race`.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, bail};
use clap::{Args, ValueEnum};
use diesel::Connection as _;
use diesel::pg::PgConnection;

use super::settings::{DatabaseSettings, processors};
use super::start;
use crate::db::{Connection, Patience, migrations};
use crate::domain::race::RaceRun;
use crate::operations::house::keep_race_run;
use crate::race::{OwnSite, Plan, Scenario, attack, table};

/// How the databases of the lab are called; the process follows.
const OURS: &str = "race_";

/// What is raced, where, and how hard.
#[derive(Debug, Clone, Args)]
pub struct RaceSettings {
    #[command(flatten)]
    pub database: DatabaseSettings,

    /// What is raced
    #[arg(long, value_enum, default_value = "all", value_name = "NAME")]
    pub scenario: Which,

    /// A running site to attack, as http://127.0.0.1:8080, together with DATABASE_URL, the database that it serves, as a superuser:
    /// the lab makes an organisation, people, projects and tickets of its own there, and leaves them, and /admin/races shows
    /// what came of it. Never the site of a real house. Without it, a site of the lab's own is started on a private database, whatever DATABASE_URL says, and thrown away
    #[arg(long, value_name = "URL")]
    pub url: Option<String>,

    /// How many people come at once
    #[arg(long, default_value_t = 16, value_name = "NUMBER", value_parser = clap::value_parser!(u16).range(2..=500))]
    pub clients: u16,

    /// How often they come
    #[arg(long, default_value_t = 10, value_name = "NUMBER", value_parser = clap::value_parser!(u16).range(1..=1000))]
    pub rounds: u16,

    /// From which all chances are drawn: who does what, and how long each waits first. By chance if not given. Which of two comes first
    /// is the machine's to decide all the same
    #[arg(long, value_name = "NUMBER")]
    pub seed: Option<u32>,

    /// Print JSON instead of a table
    #[arg(long)]
    pub json: bool,

    /// Attack a site whose guards are off: rows read without locks, statements that write what was read, constraints and triggers
    /// dropped (src/db/naive.rs lists all). Exit 0 if it is caught in every scenario, 1 if not. Needs a program of its own:
    /// cargo run --features naive -- race --naive
    #[arg(long, conflicts_with = "url")]
    pub naive: bool,
}

/// One scenario, or all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// One after the other.
    All,
    /// This one.
    One(Scenario),
}

impl ValueEnum for Which {
    fn value_variants<'a>() -> &'a [Self] {
        use Scenario::{Accept, Autoclose, Escalate, Job, Json, Upsert, Worklog};
        const ALL: &[Which] = &[
            Which::All,
            Which::One(Accept),
            Which::One(Autoclose),
            Which::One(Worklog),
            Which::One(Escalate),
            Which::One(Json),
            Which::One(Job),
            Which::One(Upsert),
        ];
        ALL
    }

    fn to_possible_value(&self) -> Option<clap::builder::PossibleValue> {
        match self {
            Self::All => Some(clap::builder::PossibleValue::new("all").help("One after the other")),
            Self::One(scenario) => scenario.to_possible_value(),
        }
    }
}

/// Races, and says what came of it: 0 if nothing was wrong, 1 if something was; of a naive site, 0 if it was caught in every
/// scenario.
pub fn run(settings: &RaceSettings) -> anyhow::Result<ExitCode> {
    match (settings.naive, cfg!(feature = "naive")) {
        (true, false) => bail!("this program has its guards: build one without, as `cargo run --features naive -- race --naive`"),
        (false, true) => bail!("this program was built without its guards (feature `naive`): race it with --naive"),
        _ => {}
    }
    let scenarios = match settings.scenario {
        Which::All => Scenario::value_variants().to_vec(),
        Which::One(scenario) => vec![scenario],
    };
    let (clients, rounds) = (settings.clients.into(), settings.rounds.into());
    let plan = Plan { scenarios, clients, rounds, seed: settings.seed.unwrap_or_else(rand::random) };
    let run = match &settings.url {
        Some(site) => theirs(site, settings, &plan)?,
        None => own(settings, &plan)?,
    };
    let said = if settings.json { serde_json::to_string_pretty(&run)? } else { table(&run) };
    writeln!(std::io::stdout(), "{said}")?;
    let is_as_expected = if run.naive { run.clean().next().is_none() } else { run.wrong() == 0 };
    Ok(if is_as_expected { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Against a site that runs already.
fn theirs(site: &str, settings: &RaceSettings, plan: &Plan) -> anyhow::Result<RaceRun> {
    let site = site.trim_end_matches('/');
    if !site.starts_with("http://") && !site.starts_with("https://") {
        bail!("{site} is no site's address: name one as http://127.0.0.1:8080");
    }
    let url = settings.database.database_url.as_ref();
    let url = url.context("what came of a race is read from the database: name the one that the site serves with DATABASE_URL")?;
    let run = attack(site, url, plan)?;
    let mut pg = PgConnection::establish(url)?;
    let kept = keep_race_run(&mut Connection::new(&mut pg, Patience::None), &run);
    kept.map_err(|failure| anyhow::anyhow!("the run could not be kept: {failure:?}"))?;
    Ok(run)
}

/// Against a site of the lab's own.
fn own(settings: &RaceSettings, plan: &Plan) -> anyhow::Result<RaceRun> {
    let cluster = start::private_cluster(&settings.database)?;
    for left in cluster.databases(OURS)?.iter().filter(|name| is_left(name)) {
        cluster.drop_database(left)?;
    }
    let name = format!("{OURS}{}", std::process::id());
    let run = on(&cluster.database(&name)?, plan);
    cluster.drop_database(&name)?;
    cluster.stop()?;
    run
}

fn on(url: &str, plan: &Plan) -> anyhow::Result<RaceRun> {
    migrations::run(url)?;
    #[cfg(feature = "naive")]
    crate::db::naive::take_down(url)?;
    let site = OwnSite::start(url, processors(), u32::try_from(processors() * 4)?)?;
    let run = attack(&site.url(), url, plan);
    site.stop()?;
    #[cfg(feature = "naive")]
    if plan.scenarios.len() == Scenario::value_variants().len()
        && let Some(unused) = crate::db::naive::unused().first()
    {
        bail!("src/db/naive.rs is out of date: no statement says \"{unused}\" any more");
    }
    run
}

/// Whether the process that made this database is gone.
fn is_left(name: &str) -> bool {
    name.strip_prefix(OURS).is_some_and(|process| !Path::new("/proc").join(process).exists())
}
