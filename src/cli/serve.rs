//! `guildhall serve`.

use std::io::Write;
use std::net::TcpListener;

use super::settings::ServeSettings;
use super::start::{self, Ground};
use super::worker;
use crate::db::Database;
use crate::web::server::{Secrets, Site, server};

/// Serves until it is told to stop.
pub fn run(settings: &ServeSettings) -> anyhow::Result<()> {
    let listener = start::listener(settings)?;
    let ground = start::ground(&settings.database)?;
    serve(settings, listener, ground, "")
}

/// Serves on what was started, says so, and puts it away at the end.
pub fn serve(settings: &ServeSettings, listener: TcpListener, ground: Ground, words: &str) -> anyhow::Result<()> {
    let site = Site {
        database: Database::new(&ground.url, settings.connections()),
        secrets: Secrets { cookies: start::cookie_key(settings)?, secure: settings.secure() },
        throttle: settings.throttle(),
        api_requests: (settings.api_requests_per_minute > 0).then_some(settings.api_requests_per_minute),
        workers: settings.workers(),
        connections: usize::try_from(settings.connections())?,
    };
    let address = listener.local_addr()?;
    actix_web::rt::System::new().block_on(async {
        let database = site.database.clone();
        let server = server(site, listener)?;
        let crew = if settings.jobs > 0 { Some(worker::at_work(&database, settings.jobs, settings.house.rules())?) } else { None };
        writeln!(std::io::stdout(), "Guildhall serves on http://{address}{words}")?;
        let served = server.await;
        if let Some(crew) = crew {
            crew.stop().await;
        }
        served
    })?;
    ground.stop()
}
