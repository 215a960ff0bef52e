//! The server in a cluster's folder: started, stopped, asked whether it is there.
use std::os::unix::net::UnixStream;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use diesel::{Connection, PgConnection};

use super::binaries::Programs;
use super::error::ClusterError;
use super::folder::Folder;
use super::settings::Durability;

/// How long a server may take to start or to recover from a crash.
const PATIENCE: Duration = Duration::from_secs(120);
/// How long the remains of a server that was just killed may take to be gone.
const REMAINS: Duration = Duration::from_secs(10);

/// The server of one folder. Whoever starts or stops it holds the folder's start lock.
#[derive(Debug)]
pub(super) struct Server {
    pub folder: Folder,
    pub programs: OnceLock<Programs>,
}

impl Server {
    pub fn new(folder: Folder) -> Self {
        Self { folder, programs: OnceLock::new() }
    }

    /// Sees to it that the server runs and takes connections, with these settings if we are
    /// `alone`; true if it had to be started.
    pub fn bring_up(&self, durability: Durability, alone: bool) -> Result<bool, ClusterError> {
        if !self.folder.data().join("PG_VERSION").exists() {
            self.init(durability)?;
        }
        if alone && self.answers() && !durability.is_set(&self.folder) {
            self.stop()?;
        }
        let end = Instant::now() + PATIENCE;
        let mut started = false;
        loop {
            if !self.answers() {
                self.start(durability)?;
                started = true;
            }
            match PgConnection::establish(&format!("{}&connect_timeout=5", self.url("postgres"))) {
                Ok(_) => return Ok(started),
                Err(error) => self.forgive(&error.to_string(), end)?,
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Refusals that pass by themselves are nothing, until `end`.
    fn forgive(&self, said: &str, end: Instant) -> Result<(), ClusterError> {
        // starting up, recovering, stopped or killed from outside (its socket is gone, dead or
        // dying), or too busy to answer
        const PASSING: [&str; 8] = [
            "starting up",
            "not yet accepting",
            "shutting down",
            "No such file",
            "refused",
            "closed the connection",
            "Connection reset",
            "timeout expired",
        ];
        if !PASSING.iter().any(|word| said.contains(word)) {
            return Err(ClusterError::refused(said, self.folder.path()));
        }
        if Instant::now() < end {
            return Ok(());
        }
        let said = said.lines().last().unwrap_or_default().trim().to_owned();
        Err(ClusterError::Silent { seconds: PATIENCE.as_secs(), said, log: self.log() })
    }

    /// Whether somebody listens at the socket.
    pub fn answers(&self) -> bool {
        UnixStream::connect(self.folder.data().join(".s.PGSQL.5432")).is_ok()
    }

    /// The address of a database, by way of the socket.
    pub fn url(&self, database: &str) -> String {
        let data = self.folder.data();
        let host: String = data.as_os_str().as_encoded_bytes().iter().map(|byte| encoded(*byte)).collect();
        format!("postgresql://postgres@/{database}?host={host}")
    }

    /// Stops the server, if it runs; whoever is connected is cut off.
    pub fn stop(&self) -> Result<(), ClusterError> {
        if !self.answers() {
            return Ok(());
        }
        self.run("pg_ctl", &["stop", "-m", "fast", "-w", "-t", "120", "-s", "-D", "data"])
    }

    fn start(&self, durability: Durability) -> Result<(), ClusterError> {
        if !durability.is_set(&self.folder) {
            durability.set(&self.folder, &self.folder.data())?;
            if durability == Durability::Lasting {
                // it may have run without fsync until now
                self.run("initdb", &["--sync-only", "-D", "data"])?;
            }
        }
        self.set_long_log_aside();
        let end = Instant::now() + REMAINS;
        loop {
            self.drop_stale_lock_files();
            match self.run("pg_ctl", &["start", "-w", "-t", "120", "-s", "-D", "data", "-l", "log"]) {
                Err(ClusterError::Program { said, .. }) if is_of_remains(&said) && Instant::now() < end => {
                    std::thread::sleep(Duration::from_millis(50));
                }
                done => return done,
            }
        }
    }

    /// PostgreSQL itself drops the lock files of a process that is gone, but not those whose number
    /// now belongs to another process of the same user (a container's restart, a reboot), or that
    /// nobody has buried. Nobody answers at the socket here; what may be left of the old server is
    /// guarded by its shared memory.
    fn drop_stale_lock_files(&self) {
        for name in ["postmaster.pid", ".s.PGSQL.5432.lock"] {
            let path = self.folder.data().join(name);
            let text = std::fs::read_to_string(&path).unwrap_or_default();
            let process = text.lines().next().and_then(|line| line.trim().parse().ok());
            if process.is_some_and(|process| self.is_stranger(process))
                && let Err(error) = std::fs::remove_file(&path)
            {
                tracing::warn!("a stale {} stays: {error}", path.display());
            }
        }
    }

    /// Whether this process surely is not our server: it works elsewhere, or is dead. (Elsewhere
    /// than Linux we cannot tell.)
    fn is_stranger(&self, process: u32) -> bool {
        let place = std::fs::read_link(format!("/proc/{process}/cwd"));
        let state = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
        let is_dead = state.rsplit(')').next().is_some_and(|rest| rest.trim_start().starts_with('Z'));
        is_dead || place.is_ok_and(|place| place != self.folder.data())
    }
}

/// Whether a failure to start comes from what a killed server has left and will be gone in a
/// moment.
fn is_of_remains(said: &str) -> bool {
    said.contains("lock file") || said.contains("shared memory block")
}

/// One byte of a path as it stands in an address.
fn encoded(byte: u8) -> String {
    if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }
}
