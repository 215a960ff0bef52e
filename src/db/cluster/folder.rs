//! The cluster's folder: where it lies, who owns it, and the files and locks in it.
//!
//! Root works in a folder that may belong to somebody else, so no file in it is opened through a
//! symbolic link, and only what we have just made changes its owner.
use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, fchown, lchown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use nix::fcntl::OFlag;
use nix::unistd::geteuid;
use sha2::{Digest, Sha256};

use super::error::ClusterError;
use super::owner::Owner;

/// Room in a socket's address, less "/.s.PGSQL.5432" and the closing NUL.
const LONGEST_DATA_PATH: usize = if cfg!(target_os = "linux") { 108 - 15 } else { 104 - 15 };

/// Held while a process starts, stops or changes the cluster.
pub(super) const START_LOCK: &str = "start.lock";
/// Held, shared, by every process that uses the cluster.
pub(super) const USERS_LOCK: &str = "users.lock";
/// Held by the watcher.
pub(super) const WATCH_LOCK: &str = "watch.lock";

/// A folder that is fit to hold a cluster.
#[derive(Debug)]
pub(super) struct Folder {
    path: PathBuf,
    owner: Option<Owner>,
}

impl Folder {
    /// `wanted`, made where it is not there yet; or a folder outside the project where `wanted`
    /// cannot serve: its path is too long for a socket, or the server's user may not enter it
    /// (root's own home, say).
    pub fn prepare(wanted: &Path) -> Result<Self, ClusterError> {
        let wanted = Self::make(wanted)?;
        if wanted.serves() {
            return Ok(wanted);
        }
        let other = Self::make(&elsewhere(&wanted.path))?;
        if !other.serves() {
            return Err(ClusterError::PathTooLong { path: wanted.path });
        }
        tracing::info!("the private database lies in {}, since {} cannot hold it", other.path.display(), wanted.path.display());
        Ok(other)
    }

    /// The folder of a cluster that is there already.
    pub fn open(path: &Path) -> Result<Self, ClusterError> {
        let path = path.canonicalize().map_err(ClusterError::at(path))?;
        Ok(Self { owner: Owner::for_folder(&path), path })
    }

    fn make(wanted: &Path) -> Result<Self, ClusterError> {
        let wanted = std::path::absolute(wanted).map_err(ClusterError::at(wanted))?;
        let missing: Vec<&Path> = wanted.ancestors().take_while(|folder| !folder.exists()).collect();
        for folder in missing.into_iter().rev() {
            make_one(folder, if folder == wanted { 0o700 } else { 0o755 })?;
            // What root makes in somebody's folder is theirs to use without root later.
            if geteuid().is_root()
                && let Some(owner) = Owner::around(folder)
            {
                lchown(folder, Some(owner.uid), Some(owner.gid)).map_err(ClusterError::at(folder))?;
            }
        }
        let made = Self::open(&wanted)?;
        made.hand_over()?;
        Ok(made)
    }

    /// Gives a folder of root's to the server's user, if it is empty or was used so before.
    fn hand_over(&self) -> Result<(), ClusterError> {
        let Some(owner) = self.owner else {
            return Ok(());
        };
        if std::fs::metadata(&self.path).map_err(ClusterError::at(&self.path))?.uid() != 0 {
            return Ok(());
        }
        let mut content = std::fs::read_dir(&self.path).map_err(ClusterError::at(&self.path))?;
        if content.next().is_some() && !self.path.join(START_LOCK).exists() {
            return Err(ClusterError::Foreign { path: self.path.clone() });
        }
        lchown(&self.path, Some(owner.uid), Some(owner.gid)).map_err(ClusterError::at(&self.path))
    }

    fn serves(&self) -> bool {
        self.data().as_os_str().len() <= LONGEST_DATA_PATH && self.owner_may_enter()
    }

    fn owner_may_enter(&self) -> bool {
        // the child becomes the owner before it enters the folder
        self.owner.is_none() || self.command(Path::new("/bin/sh")).args(["-c", ":"]).status().is_ok()
    }

    /// The folder itself.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// PostgreSQL's data folder in it.
    pub fn data(&self) -> PathBuf {
        self.path.join("data")
    }

    /// The name of the server's user, for messages.
    pub fn user(&self) -> String {
        let own = || Owner { uid: geteuid().as_raw(), gid: 0 };
        self.owner.unwrap_or_else(own).name()
    }

    /// A program to be run in the folder as its owner, with none of the caller's PostgreSQL
    /// settings. Its arguments name files relative to the folder, for pg_ctl passes them through a
    /// shell without quoting them well.
    pub fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.path).stdin(Stdio::null());
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("PG") {
                command.env_remove(name);
            }
        }
        command.env("LC_ALL", "C");
        if let Some(owner) = self.owner {
            command.uid(owner.uid).gid(owner.gid);
        }
        command
    }

    /// Opens a lock file, made where it is missing; nothing is locked yet.
    pub fn lock_file(&self, name: &str) -> Result<File, ClusterError> {
        let path = self.path.join(name);
        let open = || OpenOptions::new().write(true).custom_flags(OFlag::O_NOFOLLOW.bits()).open(&path);
        match self.create_new(&path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => open(),
            made => made,
        }
        .map_err(ClusterError::at(&path))
    }

    /// Waits for the lock `name` and holds it until the file is dropped.
    pub fn lock(&self, name: &str) -> Result<File, ClusterError> {
        let file = self.lock_file(name)?;
        file.lock().map_err(ClusterError::at(&self.path.join(name)))?;
        Ok(file)
    }

    /// Puts a file with this text in the place of whatever is there, all at once.
    pub fn replace(&self, path: &Path, text: &str) -> Result<(), ClusterError> {
        let fresh = path.with_extension("new");
        let put = || {
            match std::fs::remove_file(&fresh) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
            self.create_new(&fresh)?.write_all(text.as_bytes())?;
            std::fs::rename(&fresh, path)
        };
        put().map_err(ClusterError::at(path))
    }

    fn create_new(&self, path: &Path) -> io::Result<File> {
        let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
        if let Some(owner) = self.owner {
            fchown(&file, Some(owner.uid), Some(owner.gid))?;
        }
        Ok(file)
    }
}

fn make_one(folder: &Path, mode: u32) -> Result<(), ClusterError> {
    match DirBuilder::new().mode(mode).create(folder) {
        // somebody else was starting at the same time
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        made => made.map_err(ClusterError::at(folder)),
    }
}

/// A folder with a short name, always the same one for the same `wanted`.
fn elsewhere(wanted: &Path) -> PathBuf {
    let base = if geteuid().is_root() {
        PathBuf::from("/var/lib/guildhall")
    } else {
        std::env::home_dir().unwrap_or_else(std::env::temp_dir).join(".local/share/guildhall")
    };
    let digest = Sha256::digest(wanted.as_os_str().as_encoded_bytes());
    base.join(digest.iter().take(4).map(|byte| format!("{byte:02x}")).collect::<String>())
}
