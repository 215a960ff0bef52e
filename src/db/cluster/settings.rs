//! The server's settings, kept in a file of their own beside PostgreSQL's and written anew before
//! each start.
use super::error::ClusterError;
use super::folder::Folder;

/// How much a crash of the machine may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durability {
    /// What was committed stays.
    Lasting,
    /// For tests: fast, for 400 connections, and a cluster that no longer works is made anew.
    Throwaway,
}

/// The file's name in the data folder; `postgresql.conf` includes it.
const FILE: &str = "guildhall.conf";
/// The line that is added to `postgresql.conf` once.
pub(super) const INCLUDE: &str = "\ninclude 'guildhall.conf'\n";

const COMMON: &str = "\
# Written by Guildhall at each start; settings of your own go into postgresql.conf, below its
# include of this file.
# The only way in is the socket in this folder, which nobody but its owner may enter.
listen_addresses = ''
port = 5432
unix_socket_directories = '.'
# An error's details show the whole row: letters and sealed prices do not belong in a log.
log_error_verbosity = terse
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
";
const LASTING: &str = "max_connections = 100\n";
const THROWAWAY: &str = "\
max_connections = 400
fsync = off
synchronous_commit = off
full_page_writes = off
autovacuum = off
max_wal_size = 2GB
checkpoint_timeout = 30min
";

impl Durability {
    fn text(self) -> String {
        let special = match self {
            Self::Lasting => LASTING,
            Self::Throwaway => THROWAWAY,
        };
        format!("{COMMON}{special}")
    }

    /// Whether the cluster's settings are these.
    pub(super) fn is_set(self, folder: &Folder) -> bool {
        std::fs::read_to_string(folder.data().join(FILE)).is_ok_and(|text| text == self.text())
    }

    /// Writes them below `data`, a path in the folder.
    pub(super) fn set(self, folder: &Folder, data: &std::path::Path) -> Result<(), ClusterError> {
        folder.replace(&data.join(FILE), &self.text())
    }
}
