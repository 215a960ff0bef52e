//! The watcher: a small detached process that stops the server when its users were killed and could
//! not do so themselves.
use std::fs::File;
use std::io;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use super::error::ClusterError;
use super::folder::{Folder, START_LOCK, USERS_LOCK, WATCH_LOCK};
use super::server::Server;

/// How often a watcher looks during the time of grace.
const LOOKS: u32 = 5;

/// Stops the server in `dir` once nobody has used it for about `grace`, and returns. Returns at
/// once if there is a watcher already, and when the folder has gone.
pub fn run(dir: &Path, grace: Duration) -> Result<(), ClusterError> {
    let server = Server::new(Folder::open(dir)?);
    let only_one = server.folder.lock_file(WATCH_LOCK)?;
    if only_one.try_lock().is_err() {
        return Ok(());
    }
    let mut idle_looks = 0;
    while idle_looks < LOOKS {
        std::thread::sleep(grace / LOOKS);
        if !dir.exists() {
            return Ok(());
        }
        let _start = server.folder.lock(START_LOCK)?;
        // opened anew each time: the folder may have been removed and made again
        let is_idle = server.folder.lock_file(USERS_LOCK)?.try_lock().is_ok();
        idle_looks = if is_idle { idle_looks + 1 } else { 0 };
        if idle_looks == LOOKS {
            return server.stop();
        }
    }
    Ok(())
}

/// Starts `program pg-watch DIR SECONDS`, detached from this process and its terminal, unless there
/// is a watcher already. `program` is Guildhall itself, `dir` the folder that
/// [`Cluster::dir`](super::Cluster::dir) names.
pub fn spawn_watcher(program: &Path, dir: &Path, grace: Duration) -> io::Result<()> {
    if is_watched(dir) {
        return Ok(());
    }
    let mut command = Command::new(program);
    command.arg("pg-watch").arg(dir).arg(grace.as_secs().max(1).to_string()).current_dir("/").process_group(0);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().map(drop)
}

fn is_watched(dir: &Path) -> bool {
    File::open(dir.join(WATCH_LOCK)).is_ok_and(|file| file.try_lock().is_err())
}
