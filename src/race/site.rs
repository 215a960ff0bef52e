//! A site of the lab's own, on a database that is thrown away.

use std::net::{SocketAddr, TcpListener};
use std::sync::mpsc::{Sender, channel};
use std::thread::JoinHandle;

use actix_web::cookie::Key;
use actix_web::dev::ServerHandle;
use anyhow::Context;

use crate::db::Database;
use crate::operations::people::Throttle;
use crate::storage::Storage;
use crate::web::files::room::Room;
use crate::web::letters::Letterhead;
use crate::web::probes::MetricsToken;
use crate::web::server::{Secrets, Site, server};
use crate::worker::{Crew, Rules};

/// Background jobs at a time.
const JOBS: u16 = 2;

/// A running site, as `serve` runs it, but that nothing is limited: a race is a hundred requests of one person at once.
pub struct OwnSite {
    address: SocketAddr,
    handle: ServerHandle,
    thread: JoinHandle<anyhow::Result<()>>,
}

impl OwnSite {
    /// Serves the database at this address, with so many threads and connections.
    ///
    /// # Errors
    /// If it cannot.
    pub fn start(url: &str, workers: usize, connections: u32) -> anyhow::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").context("no port is free on this machine")?;
        let address = listener.local_addr()?;
        let cookies = Key::generate();
        let site = Site {
            database: Database::new(url, connections),
            storage: Storage::memory(),
            room: Room::default(),
            letterhead: Letterhead::new(&format!("http://{address}"), &cookies),
            letters_are_files: true,
            throttle: Throttle { per_account: None, per_address: None },
            secrets: Secrets { cookies, secure: false },
            admins_need_factor: false,
            api_requests: None,
            metrics: MetricsToken::new(None),
            settings: Default::default(),
            workers,
            connections: usize::try_from(connections)?,
        };
        let (tell, told) = channel();
        let thread = std::thread::Builder::new().name("site".to_owned()).spawn(move || serve(site, listener, &tell))?;
        let handle = told.recv().context("the site could not be started")?;
        Ok(Self { address, handle, thread })
    }

    /// Its address, without a slash behind it.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Stops it.
    ///
    /// # Errors
    /// What went wrong in it.
    pub fn stop(self) -> anyhow::Result<()> {
        // The order is sent by the call; the future would only wait for its end, as the thread's end does.
        drop(self.handle.stop(false));
        self.thread.join().unwrap_or_else(|_| Err(anyhow::anyhow!("the site panicked")))
    }
}

fn serve(site: Site, listener: TcpListener, tell: &Sender<ServerHandle>) -> anyhow::Result<()> {
    actix_web::rt::System::new().block_on(async move {
        let (database, storage) = (site.database.clone(), site.storage.clone());
        let server = server(site, listener)?;
        let crew = Crew::start(&database, &storage, JOBS, Rules::default())?;
        tell.send(server.handle())?;
        server.await?;
        crew.stop().await;
        Ok(())
    })
}
