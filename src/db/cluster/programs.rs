//! Runs PostgreSQL's programs in the cluster's folder and makes sense of their failures.
use std::fs::OpenOptions;
use std::io::{Read, Seek, SeekFrom};
use std::os::unix::fs::OpenOptionsExt;
use std::path::PathBuf;

use nix::fcntl::OFlag;
use nix::sys::statvfs::statvfs;

use super::binaries::Programs;
use super::error::ClusterError;
use super::server::Server;

/// A log longer than this is set aside before the next start, in bytes.
const LONG_LOG: u64 = 4 * 1024 * 1024;
/// With less room than this nothing can be started, and not even the reason is written down, in
/// bytes.
const NO_ROOM: u64 = 256 * 1024;

impl Server {
    /// The server's log.
    pub fn log(&self) -> PathBuf {
        self.folder.path().join("log")
    }

    /// Runs one of the programs to its end.
    pub fn run(&self, program: &'static str, arguments: &[&str]) -> Result<(), ClusterError> {
        let path = self.programs()?.path(program);
        let logged = self.log_length();
        let done = self.folder.command(&path).args(arguments).output().map_err(ClusterError::at(&path))?;
        if done.status.success() {
            return Ok(());
        }
        if self.has_no_room() {
            return Err(ClusterError::DiskFull { path: self.folder.path().to_owned() });
        }
        let said = [done.stdout, done.stderr].concat();
        let words = format!("{}\n{}", String::from_utf8_lossy(&said), self.logged_since(logged));
        Err(ClusterError::program(program, &words, self.folder.path()))
    }

    /// Looked for when first needed: whoever takes a running server over needs none.
    fn programs(&self) -> Result<&Programs, ClusterError> {
        match self.programs.get() {
            Some(found) => Ok(found),
            None => Programs::find(&self.folder).map(|found| self.programs.get_or_init(|| found)),
        }
    }

    fn has_no_room(&self) -> bool {
        statvfs(self.folder.path()).is_ok_and(|disk| {
            let room = u128::from(disk.blocks_available()) * u128::from(disk.fragment_size());
            room < u128::from(NO_ROOM)
        })
    }

    fn log_length(&self) -> u64 {
        std::fs::symlink_metadata(self.log()).map_or(0, |log| log.len())
    }

    /// What the server has written since its log was `length` bytes long, or nothing.
    fn logged_since(&self, length: u64) -> String {
        let read = || {
            let mut log = OpenOptions::new().read(true).custom_flags(OFlag::O_NOFOLLOW.bits()).open(self.log())?;
            log.seek(SeekFrom::Start(length))?;
            let mut text = Vec::new();
            log.take(LONG_LOG).read_to_end(&mut text)?;
            Ok::<_, std::io::Error>(String::from_utf8_lossy(&text).into_owned())
        };
        read().unwrap_or_default()
    }

    /// Keeps the log from growing for ever.
    pub fn set_long_log_aside(&self) {
        if self.log_length() > LONG_LOG
            && let Err(error) = std::fs::rename(self.log(), self.folder.path().join("log.old"))
        {
            tracing::warn!("{} cannot be set aside: {error}", self.log().display());
        }
    }
}
