//! One attack: the ground, the windows, and round after round.

use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use diesel::prelude::*;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use super::attempt::race;
use super::cast::{Cast, Person};
use super::tally::Tally;
use super::window::Window;
use super::{Plan, Scenario, autoclose};
use crate::db::race::{ask, may_let_pass, retire};
use crate::db::{Connection, Database, Patience};
use crate::domain::race::{Acknowledged, Broken, Heat, RaceRun};
use crate::domain::token::Scope;
use crate::operations::people::Passwords;
use clap::ValueEnum as _;

/// What a round is made from.
pub struct Lab {
    pg: PgConnection,
    /// To ask the site's workers through.
    pub(super) database: Database,
    /// Who races.
    pub(super) cast: Cast,
    /// How many come at once.
    pub(super) clients: usize,
    /// How often.
    pub(super) rounds: usize,
    /// All chances.
    pub(super) chance: StdRng,
    /// Tells this run's names from those of others.
    pub(super) mark: String,
    site: String,
    managers: Vec<Window>,
    freelancers: Vec<Window>,
    admins: Vec<Window>,
    machines: Vec<Window>,
    runners: Vec<Window>,
    /// What was prepared once for all rounds of the scenario.
    pub(super) contracts: Vec<Vec<crate::domain::ids::ContractId>>,
}

/// Attacks the site, which serves the database at `url`, and says what came of it.
///
/// # Errors
/// If the race could not be run; nothing is known then.
pub fn attack(site: &str, url: &str, plan: &Plan) -> anyhow::Result<RaceRun> {
    let began = Instant::now();
    let mut lab = Lab::new(site, url, plan)?;
    let run = lab.run(plan);
    let admins: Vec<_> = lab.cast.admins.iter().map(|admin| admin.id).collect();
    retire(&mut lab.pg, &admins)?;
    let (before, heats) = run?;
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    Ok(RaceRun {
        site: site.to_owned(),
        seed: plan.seed,
        clients: number(plan.clients),
        rounds: number(plan.rounds),
        naive: cfg!(feature = "naive"),
        seconds: (began.elapsed().as_secs_f64() * 10.0).round() / 10.0,
        before,
        heats,
    })
}

impl Lab {
    fn new(site: &str, url: &str, plan: &Plan) -> anyhow::Result<Self> {
        let mut pg = <PgConnection as diesel::Connection>::establish(url).context("the site's database cannot be reached")?;
        if !may_let_pass(&mut pg)? {
            bail!("the database's user is no superuser: only one can let time pass for what is raced");
        }
        let password = format!("{:032x}", rand::random::<u128>());
        let hash = actix_web::rt::System::new().block_on(Passwords::default().hash(&password))?;
        let mark = format!("{:08x}", rand::random::<u32>());
        // one of each for eight clients, so that people meet others and themselves
        let number = plan.clients.div_ceil(8).clamp(2, 12);
        let cast = Cast::new(&mut patient(&mut pg), number, &mark, password, &hash)?;
        let database = Database::new(url, 2);
        database.listen(())?;
        Ok(Self {
            pg,
            database,
            cast,
            clients: plan.clients,
            rounds: plan.rounds,
            chance: StdRng::seed_from_u64(plan.seed.into()),
            mark,
            site: site.to_owned(),
            managers: Vec::new(),
            freelancers: Vec::new(),
            admins: Vec::new(),
            machines: Vec::new(),
            runners: Vec::new(),
            contracts: Vec::new(),
        })
    }

    fn run(&mut self, plan: &Plan) -> anyhow::Result<(Vec<Broken>, Vec<Heat>)> {
        let (mut known, before) = (Vec::new(), ask(&mut self.pg, &[])?);
        let (mut broken, mut heats) = (before.clone(), Vec::new());
        for scenario in &plan.scenarios {
            // each scenario's chances are its own, whichever are run before it
            self.chance = StdRng::seed_from_u64(u64::from(plan.seed) * 16 + scenario.number());
            tracing::info!("{}: {} rounds of {} clients", scenario.name(), plan.rounds, plan.clients);
            let mut tally = self.heat(*scenario, plan)?;
            known.extend(std::mem::take(&mut tally.acknowledged));
            let heat = self.judged(tally.heat(scenario.name()), &known, &mut broken)?;
            heats.push(heat);
        }
        Ok((before, heats))
    }

    fn heat(&mut self, scenario: Scenario, plan: &Plan) -> anyhow::Result<Tally> {
        let mut tally = Tally::default();
        for round in 0..plan.rounds {
            let attempts = scenario.round(self, round)?;
            let sweeps = scenario == Scenario::Autoclose;
            let mut sweep = None;
            let answers = race(&attempts, || {
                sweep = if sweeps { Some(autoclose::sweep(self)?) } else { None };
                Ok(())
            })?;
            if let Some(sweep) = sweep {
                autoclose::swept(self, sweep)?;
            }
            if let (Some(Err(error)), true) = (answers.first(), answers.iter().all(Result::is_err)) {
                bail!("nobody was answered any more: {error:#}");
            }
            for (attempt, answer) in attempts.iter().zip(&answers) {
                tally.count(attempt, answer);
            }
        }
        Ok(tally)
    }

    /// What does not hold now and held before, or holds in fewer places.
    fn judged(&mut self, heat: Heat, known: &[Acknowledged], broken: &mut Vec<Broken>) -> anyhow::Result<Heat> {
        let now = ask(&mut self.pg, known)?;
        let had = |name: &str| broken.iter().find(|one| one.invariant == name).map_or(0, |one| one.count);
        let new = now.iter().filter(|one| one.count > had(&one.invariant));
        let new = new.map(|one| Broken { count: one.count - had(&one.invariant), ..one.clone() }).collect();
        *broken = now;
        Ok(Heat { broken: new, ..heat })
    }

    /// The database, for what is prepared.
    pub(super) fn conn(&mut self) -> Connection<'_> {
        patient(&mut self.pg)
    }

    /// The same without a place in any queue.
    pub(super) fn pg(&mut self) -> &mut PgConnection {
        &mut self.pg
    }

    /// Up to so many milliseconds by chance.
    pub(super) fn within(&mut self, millis: u64) -> Duration {
        Duration::from_micros(self.chance.random_range(0..=millis * 1000))
    }

    /// One of so many by chance.
    pub(super) fn one_of(&mut self, number: usize) -> usize {
        self.chance.random_range(0..number.max(1))
    }

    /// The windows of managers, one for each client; they sign in when they are first needed.
    pub(super) fn managers(&mut self) -> anyhow::Result<Vec<Window>> {
        if self.managers.is_empty() {
            self.managers = self.signed_in(&self.cast.managers)?;
        }
        Ok(self.managers.clone())
    }

    /// The same of freelancers.
    pub(super) fn freelancers(&mut self) -> anyhow::Result<Vec<Window>> {
        if self.freelancers.is_empty() {
            self.freelancers = self.signed_in(&self.cast.freelancers)?;
        }
        Ok(self.freelancers.clone())
    }

    /// The same of admins.
    pub(super) fn admins(&mut self) -> anyhow::Result<Vec<Window>> {
        if self.admins.is_empty() {
            self.admins = self.signed_in(&self.cast.admins)?;
            if let Some(window) = self.admins.first()
                && window.open("/admin")?.location.starts_with("/account/second-factor")
            {
                anyhow::bail!(
                    "the site at {} asks its admins for a second factor, and the race lab signs in by passwords alone: \
                     serve the copy that is raced on without --admins-need-second-factor",
                    self.site
                );
            }
        }
        Ok(self.admins.clone())
    }

    /// The same of machines that write projects and ask for jobs.
    pub(super) fn machines(&mut self) -> anyhow::Result<Vec<Window>> {
        if self.machines.is_empty() {
            self.machines = self.with_tokens(&[Scope::Read, Scope::Projects, Scope::Jobs])?;
        }
        Ok(self.machines.clone())
    }

    /// The same of the organisation's runners.
    pub(super) fn runners(&mut self) -> anyhow::Result<Vec<Window>> {
        if self.runners.is_empty() {
            self.runners = self.with_tokens(&[Scope::Runner])?;
        }
        Ok(self.runners.clone())
    }

    fn with_tokens(&mut self, scopes: &[Scope]) -> anyhow::Result<Vec<Window>> {
        let tokens = self.cast.tokens(&mut patient(&mut self.pg), scopes)?;
        Ok(tokens.iter().cycle().take(self.clients).map(|token| Window::of_machine(&self.site, token.clone())).collect())
    }

    /// Each client signs in by itself, several as one person.
    fn signed_in(&self, people: &[Person]) -> anyhow::Result<Vec<Window>> {
        let (who, site, password) = (people.iter().cycle().take(self.clients), &self.site, &self.cast.password);
        std::thread::scope(|threads| {
            let sign_in = |person: &Person| Window::signed_in(site, &person.email, password);
            let windows: Vec<_> = who.map(|person| threads.spawn(move || sign_in(person))).collect();
            let died = |_| Err(anyhow::anyhow!("a client panicked"));
            windows.into_iter().map(|window| window.join().unwrap_or_else(died)).collect()
        })
    }
}

fn patient(pg: &mut PgConnection) -> Connection<'_> {
    Connection::new(pg, Patience::Queue(Duration::from_secs(10)))
}

impl Scenario {
    fn number(self) -> u64 {
        Self::value_variants().iter().zip(1..).find(|(one, _)| **one == self).map_or(0, |(_, number)| number)
    }
}
