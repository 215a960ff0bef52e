//! The server, as the program and the tests both build it.

use std::net::TcpListener;

use actix_web::cookie::Key;
use actix_web::dev::Server;
use actix_web::middleware::from_fn;
use actix_web::{App, HttpServer, guard, web};

use super::frame::frame;
use super::letters::Letterhead;
use super::projects::list;
use super::same_origin::same_origin;
use super::{api, assets, live, routes, session};
use crate::db::Database;
use crate::domain::user::Vault;
use crate::operations::people::{Passwords, Throttle};
use crate::storage::Storage;
use crate::web::admin::settings::Settings;
use crate::web::files::room::Room;
use crate::web::probes::{self, MetricsToken};

/// What the site is run with.
#[derive(Clone)]
pub struct Site {
    /// Where everything is kept.
    pub database: Database,
    /// Where the bytes of files are.
    pub storage: Storage,
    /// How much of files on their way is held in memory.
    pub room: Room,
    /// How cookies are kept safe.
    pub secrets: Secrets,
    /// How many failed sign-ins are borne.
    pub throttle: Throttle,
    /// Whether whoever keeps the house needs a second factor for it.
    pub admins_need_factor: bool,
    /// How many requests a token may make in a minute; nothing: as many as it likes.
    pub api_requests: Option<u32>,
    /// What letters have in common.
    pub letterhead: Letterhead,
    /// Whether letters are kept as files, which admins read here, because there is no server to send them by.
    pub letters_are_files: bool,
    /// What opens the figures of the house; nothing: they are closed.
    pub metrics: MetricsToken,
    /// What the process was started with, for admins to read.
    pub settings: Settings,
    /// Threads that serve.
    pub workers: usize,
    /// How much of their work may wait for PostgreSQL at once: the pool's size.
    pub connections: usize,
}

/// How cookies are kept safe.
#[derive(Clone)]
pub struct Secrets {
    /// Signs and encrypts cookies.
    pub cookies: Key,
    /// Whether cookies travel by TLS only: everywhere but on loopback.
    pub secure: bool,
}

/// Whether letters are kept as files.
#[derive(Debug, Clone, Copy)]
pub struct LettersAreFiles(pub bool);

/// Whether whoever keeps the house needs a second factor for it.
#[derive(Debug, Clone, Copy)]
pub struct AdminsNeedFactor(pub bool);

/// Starts serving on a listener. The answer runs until it is stopped.
///
/// # Errors
/// If the listener cannot be used.
pub fn server(site: Site, listener: TcpListener) -> std::io::Result<Server> {
    let blocking = site.connections.div_ceil(site.workers.max(1)).max(1) + 2;
    let workers = site.workers;
    let passwords = web::Data::new(Passwords::default());
    let limits = web::Data::new(api::limit::Limits::new(site.api_requests));
    let live = web::Data::new(live::open(&site.database)?);
    let crowd = web::Data::new(list::Visitors::default());
    let settings = web::Data::new(site.settings.clone());
    probes::recorder::start();
    let server = HttpServer::new(move || {
        let session = session::layer(site.database.clone(), &site.secrets);
        App::new()
            .app_data(site.database.clone())
            .app_data(site.storage.clone())
            .app_data(site.room.clone())
            .app_data(web::Data::new(site.secrets.clone()))
            .app_data(web::Data::new(site.throttle))
            .app_data(web::Data::new(site.letterhead.clone()))
            .app_data(web::Data::new(LettersAreFiles(site.letters_are_files)))
            .app_data(web::Data::new(AdminsNeedFactor(site.admins_need_factor)))
            .app_data(web::Data::new(Vault::new(site.secrets.cookies.encryption())))
            .app_data(passwords.clone())
            .app_data(live.clone())
            .app_data(crowd.clone())
            .app_data(limits.clone())
            .app_data(web::Data::new(site.metrics.clone()))
            .app_data(settings.clone())
            .wrap(from_fn(probes::counted))
            .configure(probes::routes)
            .configure(assets::routes)
            .service(
                web::scope("")
                    .guard(guard::fn_guard(|asked| asked.head().uri.path().starts_with("/api/v1")))
                    .wrap(from_fn(api::door::door))
                    .wrap(from_fn(api::frame::frame))
                    .configure(routes::api_routes),
            )
            .service(web::scope("").wrap(session).wrap(from_fn(same_origin)).wrap(from_fn(frame)).configure(routes::routes))
    });
    Ok(server.workers(workers).worker_max_blocking_threads(blocking).shutdown_timeout(5).listen(listener)?.run())
}
