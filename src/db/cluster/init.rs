//! Makes a cluster, and throws one away.
use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use nix::fcntl::OFlag;

use super::error::ClusterError;
use super::server::Server;
use super::settings::{Durability, INCLUDE};

impl Server {
    /// Whether a cluster has been made in the folder.
    pub fn is_made(&self) -> bool {
        self.folder.data().join("PG_VERSION").exists()
    }

    /// Makes the cluster beside its place and moves it there, so that nothing half made is ever
    /// taken for a cluster.
    pub fn init(&self, durability: Durability) -> Result<(), ClusterError> {
        let data = self.folder.data();
        if std::fs::read_dir(&data).is_ok_and(|mut content| content.next().is_some()) {
            return Err(ClusterError::Foreign { path: data });
        }
        tracing::info!("making a private database in {}", self.folder.path().display());
        let fresh = self.folder.path().join("data.new");
        remove(&fresh)?;
        match self.init_with("--locale=C.UTF-8") {
            // macOS before 14 has no C.UTF-8
            Err(ClusterError::Program { said, .. }) if said.contains("locale") => self.init_with("--locale=C"),
            done => done,
        }?;
        durability.set(&self.folder, &fresh)?;
        append(&fresh.join("postgresql.conf"), INCLUDE).map_err(ClusterError::at(&fresh))?;
        if durability == Durability::Lasting {
            self.run("initdb", &["--sync-only", "-D", "data.new"])?;
        }
        std::fs::rename(&fresh, &data).map_err(ClusterError::at(&data))
    }

    fn init_with(&self, locale: &str) -> Result<(), ClusterError> {
        // trust at the socket, which only the folder's owner can reach; never on TCP, should
        // somebody switch that on
        let access = ["-U", "postgres", "--auth-local=trust", "--auth-host=scram-sha-256"];
        self.run("initdb", &[&["-D", "data.new", "-E", "UTF8", "--no-sync", locale], &access[..]].concat())
    }

    /// Stops the server and throws its cluster away.
    pub fn discard(&self) -> Result<(), ClusterError> {
        self.stop()?;
        remove(&self.folder.data())
    }
}

fn remove(path: &Path) -> Result<(), ClusterError> {
    match std::fs::remove_dir_all(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(ClusterError::at(path)(error)),
        _ => Ok(()),
    }
}

fn append(path: &Path, text: &str) -> std::io::Result<()> {
    let mut file = OpenOptions::new().append(true).custom_flags(OFlag::O_NOFOLLOW.bits()).open(path)?;
    file.write_all(text.as_bytes())
}
