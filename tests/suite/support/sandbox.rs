//! A folder for one test, gone when the test is over.
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use nix::sys::signal::{Signal, kill};
use nix::sys::statvfs::statvfs;
use nix::unistd::Pid;

static NEXT: AtomicU32 = AtomicU32::new(0);

/// How the names of the sandboxes begin; the process and a number follow.
const OURS: &str = "guildhall-sandbox-";
/// So much must fit into memory before the tests' clusters lie there, in bytes; containers often
/// have 64 MiB only.
const ROOMY: u128 = 2 << 30;

/// The folder for everything the tests put on the disk: in memory where that can be had, for a
/// cluster writes some 900 files, and each test's database 300 more.
pub fn scratch() -> PathBuf {
    let memory = Path::new("/dev/shm");
    // its size, not what is free now: all processes must agree
    let is_roomy = statvfs(memory).is_ok_and(|found| u128::from(found.blocks()) * u128::from(found.fragment_size()) >= ROOMY);
    if is_roomy { memory.to_owned() } else { PathBuf::from(env!("CARGO_TARGET_TMPDIR")) }
}

/// A test's own folder. Servers that still run in it when it goes are ended with it.
pub struct Sandbox {
    path: PathBuf,
}

impl Sandbox {
    /// A new, empty folder that everybody may read.
    pub fn new() -> Self {
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        if number == 0 {
            clear_away_leftovers();
        }
        let path = scratch().join(format!("{OURS}{}-{number}", std::process::id()));
        std::fs::create_dir(&path).expect("a sandbox");
        Self { path: path.canonicalize().expect("the sandbox's path") }
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

/// Ends and removes what test programs that were killed have left.
fn clear_away_leftovers() {
    for entry in std::fs::read_dir(scratch()).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let process = name.strip_prefix(OURS).and_then(|rest| rest.split('-').next());
        if process.is_some_and(|process| !Path::new("/proc").join(process).exists()) {
            drop(Sandbox { path: entry.path() });
        }
    }
}

/// Ends the servers whose data folders lie at most `depth` folders below `path`.
pub fn end_servers_below(path: &Path, depth: u32) {
    let is_its_own = |pid: i32| std::fs::read_link(format!("/proc/{pid}/cwd")).is_ok_and(|place| place == path);
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
    std::fs::read_to_string(data.join("postmaster.pid")).ok()?.lines().next()?.trim().parse().ok()
}
