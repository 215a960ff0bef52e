//! `guildhall serve`.

use std::io::Write;
use std::net::TcpListener;
use std::time::Duration;

use super::settings::ServeSettings;
use super::start::{self, Ground};
use crate::db::{Database, Failure};
use crate::operations::house::clear_out;
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
        workers: settings.workers(),
        connections: usize::try_from(settings.connections())?,
    };
    let address = listener.local_addr()?;
    actix_web::rt::System::new().block_on(async {
        actix_web::rt::spawn(clear_out_hourly(site.database.clone()));
        let server = server(site, listener)?;
        writeln!(std::io::stdout(), "Guildhall serves on http://{address}{words}")?;
        server.await
    })?;
    ground.stop()
}

/// Any number of processes may do this at once; what one cannot do the next hour does.
async fn clear_out_hourly(database: Database) {
    loop {
        tokio::time::sleep(Duration::from_secs(3600)).await;
        match database.run(clear_out).await {
            Ok(rows) => tracing::debug!(rows, "cleared out"),
            Err(Failure::Broken(fault)) => tracing::warn!(%fault, "what is kept for a while only could not be cleared out"),
            Err(Failure::Refused(never)) => match never {},
        }
    }
}
