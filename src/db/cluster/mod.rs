//! The private cluster: a PostgreSQL server of our own in one folder, used when no DATABASE_URL is
//! set, and by the tests.
//!
//! The folder holds `data/` (the cluster; its socket lies inside, so the folder's mode 0700 is all
//! the access control there is: no port, no password), `log`, and the locks:
//! * `start.lock`, held while a process starts or stops the server;
//! * `users.lock`, held shared by every process that uses it: who can take it alone is the last
//!   one out, and stops the server.
//!
//! The system drops both locks when a process dies, however it dies. A [`watch`]er then stops the
//! server, unless the next Guildhall has taken it over.
mod binaries;
mod error;
mod folder;
mod init;
mod owner;
mod programs;
mod server;
mod settings;
pub mod watch;

use std::fs::File;
use std::path::Path;

use diesel::prelude::*;
use diesel::sql_types::{Bool, Text};

pub use binaries::client_program;
pub use error::ClusterError;
use folder::{Folder, START_LOCK, USERS_LOCK};
use server::Server;
pub use settings::Durability;

/// The oldest major version of PostgreSQL that Guildhall works with.
pub const OLDEST_MAJOR: u32 = 15;

/// A running private cluster, used by this process until it is dropped.
#[derive(Debug)]
pub struct Cluster {
    server: Server,
    users: File,
    was_started: bool,
    stops: bool,
}

impl Cluster {
    /// Uses the cluster in `dir`, made and started where needed; a server that an earlier Guildhall
    /// left behind is taken over. `dir` should hold nothing else: as root it is given to the
    /// server's user, and a folder under `/var/lib/guildhall` takes its place if that user cannot
    /// reach it (see [`dir`](Self::dir)).
    pub fn ensure(dir: &Path, durability: Durability) -> Result<Self, ClusterError> {
        let server = Server::new(Folder::prepare(dir)?);
        let _start = server.folder.lock(START_LOCK)?;
        let users = server.folder.lock_file(USERS_LOCK)?;
        let is_alone = users.try_lock().is_ok();
        users.lock_shared().map_err(ClusterError::at(server.folder.path()))?;
        let was_started = match server.bring_up(durability, is_alone) {
            Err(error) if is_alone && durability == Durability::Throwaway && server.is_made() => {
                tracing::info!("the cluster in {} is made anew: {error}", server.folder.path().display());
                server.discard()?;
                server.bring_up(durability, is_alone)
            }
            done => done,
        }?;
        Ok(Self { server, users, was_started, stops: true })
    }

    /// The folder that the cluster really lies in.
    pub fn dir(&self) -> &Path {
        self.server.folder.path()
    }

    /// Whether this process started the server, rather than found it running.
    pub fn was_started(&self) -> bool {
        self.was_started
    }

    /// The address of a database in it, for libpq.
    pub fn url(&self, database: &str) -> String {
        self.server.url(database)
    }

    /// The address of the database `name`, which is made if it is not there. `name` is the
    /// program's choice, never a user's.
    pub fn database(&self, name: &str) -> Result<String, ClusterError> {
        let _one_at_a_time = self.alone()?;
        self.ask(|conn| if is_there(conn, name)? { Ok(()) } else { create(conn, name) })?;
        Ok(self.url(name))
    }

    /// The address of the database `name`; where it is not there, one is made, filled, and called so only
    /// when it is full: a process that dies while it fills leaves nothing that looks whole.
    pub fn database_filled<E: From<ClusterError>>(&self, name: &str, fill: impl FnOnce(&str) -> Result<(), E>) -> Result<String, E> {
        let _one_at_a_time = self.alone()?;
        let unfinished = format!("{name}_unfinished");
        if !self.ask(|conn| is_there(conn, name))? {
            self.ask(|conn| {
                diesel::sql_query(format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", quoted(&unfinished))).execute(conn)?;
                create(conn, &unfinished)
            })?;
            fill(&self.url(&unfinished))?;
            self.ask(|conn| {
                let rename = format!("ALTER DATABASE {} RENAME TO {}", quoted(&unfinished), quoted(name));
                diesel::sql_query(rename).execute(conn).map(drop)
            })?;
        }
        Ok(self.url(name))
    }

    /// The databases whose names begin so.
    pub fn databases(&self, prefix: &str) -> Result<Vec<String>, ClusterError> {
        let query = diesel::dsl::sql::<Text>("datname FROM pg_database WHERE starts_with(datname, ").bind::<Text, _>(prefix).sql(")");
        self.ask(|conn| diesel::select(query).load(conn))
    }

    /// Throws a database away, whoever still uses it.
    pub fn drop_database(&self, name: &str) -> Result<(), ClusterError> {
        let drop_it = format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", quoted(name));
        self.ask(|conn| diesel::sql_query(drop_it).execute(conn).map(drop))
    }

    fn ask<T>(&self, work: impl FnOnce(&mut PgConnection) -> QueryResult<T>) -> Result<T, ClusterError> {
        let refused = |said: String| ClusterError::refused(&said, self.dir());
        let mut conn = PgConnection::establish(&self.url("postgres")).map_err(|error| refused(error.to_string()))?;
        work(&mut conn).map_err(|error| refused(error.to_string()))
    }

    /// Keeps every other process from starting, stopping or setting up anything in the cluster
    /// until the file is dropped.
    pub fn alone(&self) -> Result<File, ClusterError> {
        self.server.folder.lock(START_LOCK)
    }

    /// Leaves the server running when this process ends; a watcher stops it later.
    pub fn keep_running(&mut self) {
        self.stops = false;
    }

    /// Ends this process's use of the cluster, and stops the server if nobody else uses it.
    /// Dropping does the same, but can only log what goes wrong.
    pub fn stop(mut self) -> Result<(), ClusterError> {
        self.stops = false;
        self.leave()
    }

    fn leave(&self) -> Result<(), ClusterError> {
        let _start = self.alone()?;
        // let go first: two processes that leave at once must not each take the other for a user
        self.users.unlock().map_err(ClusterError::at(self.dir()))?;
        if self.users.try_lock().is_ok() { self.server.stop() } else { Ok(()) }
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        if self.stops
            && let Err(error) = self.leave()
        {
            tracing::warn!("{error}");
        }
    }
}

fn is_there(conn: &mut PgConnection, name: &str) -> QueryResult<bool> {
    let query = diesel::dsl::sql::<Bool>("EXISTS (SELECT 1 FROM pg_database WHERE datname = ").bind::<Text, _>(name).sql(")");
    diesel::select(query).get_result(conn)
}

fn create(conn: &mut PgConnection, name: &str) -> QueryResult<()> {
    diesel::sql_query(format!("CREATE DATABASE {}", quoted(name))).execute(conn).map(drop)
}

/// A name as SQL takes it.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
