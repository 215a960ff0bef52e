//! A folder for one test, gone when the test is over.
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

static NEXT: AtomicU32 = AtomicU32::new(0);

/// The folder for everything the tests put on the disk: in memory where that can be had, for a
/// cluster writes some 900 files.
pub fn scratch() -> PathBuf {
    let memory = PathBuf::from("/dev/shm");
    if memory.is_dir() {
        memory
    } else {
        PathBuf::from(env!("CARGO_TARGET_TMPDIR"))
    }
}

/// A test's own folder. Servers that still run in it when it goes are ended with it.
pub struct Sandbox {
    path: PathBuf,
}

impl Sandbox {
    /// A new, empty folder that everybody may read.
    pub fn new() -> Self {
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let path = scratch().join(format!("guildhall-sandbox-{}-{number}", std::process::id()));
        std::fs::create_dir(&path).expect("a sandbox");
        Self {
            path: path.canonicalize().expect("the sandbox's path"),
        }
    }

    /// The folder.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Something in it.
    pub fn join(&self, name: impl AsRef<Path>) -> PathBuf {
        self.path.join(name)
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        end_servers_below(&self.path, 4);
        if let Err(error) = std::fs::remove_dir_all(&self.path) {
            eprintln!("{} stays: {error}", self.path.display());
        }
    }
}

/// Ends the servers whose data folders lie at most `depth` folders below `path`.
pub fn end_servers_below(path: &Path, depth: u32) {
    let is_its_own =
        |pid: i32| std::fs::read_link(format!("/proc/{pid}/cwd")).is_ok_and(|place| place == path);
    if let Some(pid) = postmaster(path).filter(|pid| is_its_own(*pid)) {
        kill(Pid::from_raw(pid), Signal::SIGQUIT).ok();
        super::wait::until("the server has ended", || !is_its_own(pid));
    }
    if depth > 0 {
        for entry in std::fs::read_dir(path).into_iter().flatten().flatten() {
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                end_servers_below(&entry.path(), depth - 1);
            }
        }
    }
}

/// The process that the data folder's pid file names.
pub fn postmaster(data: &Path) -> Option<i32> {
    std::fs::read_to_string(data.join("postmaster.pid"))
        .ok()?
        .lines()
        .next()?
        .trim()
        .parse()
        .ok()
}
