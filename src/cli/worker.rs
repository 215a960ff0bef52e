//! `guildhall worker`, and the workers inside of `serve`.

use std::io::Write;

use tokio::signal::unix::{SignalKind, signal};

use super::settings::WorkerSettings;
use super::{start, storage};
use crate::db::Database;
use crate::storage::Storage;
use crate::worker::{Crew, Rules};

/// Works until it is told to stop.
pub fn run(settings: &WorkerSettings) -> anyhow::Result<()> {
    let ground = start::ground(&settings.database)?;
    let storage = storage::open(&settings.storage, &settings.database.data.join("files"))?;
    let database = Database::new(&ground.url, 2);
    actix_web::rt::System::new().block_on(async {
        database.listen(())?;
        let mut stops = Stops::new()?;
        let crew = Crew::start(&database, &storage, settings.concurrency, settings.house.rules())?;
        writeln!(std::io::stdout(), "Guildhall does background jobs, {} at a time", settings.concurrency)?;
        stops.told().await;
        crew.stop().await;
        anyhow::Ok(())
    })?;
    ground.stop()
}

/// Workers that take no more jobs as soon as this process is told to stop.
pub fn at_work(database: &Database, storage: &Storage, jobs: u16, rules: Rules) -> std::io::Result<Crew> {
    let (mut stops, crew) = (Stops::new()?, Crew::start(database, storage, jobs, rules)?);
    let stopping = crew.clone();
    actix_web::rt::spawn(async move {
        stops.told().await;
        stopping.begin_to_stop();
    });
    Ok(crew)
}

struct Stops(tokio::signal::unix::Signal, tokio::signal::unix::Signal);

impl Stops {
    fn new() -> std::io::Result<Self> {
        Ok(Self(signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?))
    }

    async fn told(&mut self) {
        tokio::select! {
            _ = self.0.recv() => {}
            _ = self.1.recv() => {}
        }
    }
}
