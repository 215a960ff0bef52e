//! `guildhall serve`.

use std::io::Write;
use std::net::TcpListener;

use super::settings::ServeSettings;
use super::start::{self, Ground};
use super::{shown, storage, worker};
use crate::db::Database;
use crate::mail::Carrier;
use crate::storage::Storage;
use crate::web::files::room::Room;
use crate::web::letters::Letterhead;
use crate::web::probes::MetricsToken;
use crate::web::server::{Secrets, Site, server};

/// Serves until it is told to stop.
pub fn run(settings: &ServeSettings) -> anyhow::Result<()> {
    let listener = start::listener(settings)?;
    let ground = start::ground(&settings.database)?;
    let storage = storage::open(&settings.storage, &settings.database.data.join("files"))?;
    serve(settings, listener, ground, storage, "")
}

/// Serves on what was started, says so, and puts it away at the end.
pub fn serve(settings: &ServeSettings, listener: TcpListener, ground: Ground, storage: Storage, words: &str) -> anyhow::Result<()> {
    let address = listener.local_addr()?;
    let cookies = start::cookie_key(settings)?;
    let letterhead = Letterhead::new(settings.public_url.as_deref().unwrap_or(&format!("http://{address}")), &cookies);
    let database = Database::new(&ground.url, settings.connections());
    let (post, from) = (start::post(settings)?, start::mail_from(settings, letterhead.domain())?);
    let carrier = Carrier::new(database.clone(), letterhead.clone(), from, post);
    let site = Site {
        database,
        storage,
        room: Room::default(),
        secrets: Secrets { cookies, secure: settings.secure() },
        letterhead,
        letters_are_files: settings.smtp.is_none(),
        throttle: settings.throttle(),
        admins_need_factor: settings.admins_need_second_factor,
        api_requests: (settings.api_requests_per_minute > 0).then_some(settings.api_requests_per_minute),
        metrics: MetricsToken::new(settings.metrics_token.as_deref()),
        settings: shown::settings(&settings.database.data),
        workers: settings.workers(),
        connections: usize::try_from(settings.connections())?,
    };
    let carrier = carrier.start()?;
    actix_web::rt::System::new().block_on(async {
        let (database, storage) = (site.database.clone(), site.storage.clone());
        let server = server(site, listener)?;
        let crew =
            if settings.jobs > 0 { Some(worker::at_work(&database, &storage, settings.jobs, settings.house.rules())?) } else { None };
        writeln!(std::io::stdout(), "Guildhall serves on http://{address}{words}")?;
        let served = server.await;
        if let Some(crew) = crew {
            crew.stop().await;
        }
        served
    })?;
    carrier.stop();
    ground.stop()
}
