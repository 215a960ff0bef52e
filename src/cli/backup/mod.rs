//! `guildhall backup` and `guildhall restore`: the whole house as one file, and the house from that file.

mod archive;
mod manifest;
mod read;
mod write;

use std::path::PathBuf;

use clap::Args;

use super::settings::{DatabaseSettings, StorageSettings};

pub use read::run as restore;
pub use write::run as backup;

/// What is taken out, and where to.
#[derive(Debug, Args)]
pub struct BackupSettings {
    #[command(flatten)]
    database: DatabaseSettings,
    #[command(flatten)]
    storage: StorageSettings,
    /// Take the sample data of `demo`
    #[arg(long)]
    demo: bool,
    /// The file to write; one that is there stays as it is
    file: PathBuf,
}

/// What is put in, and where.
#[derive(Debug, Args)]
pub struct RestoreSettings {
    #[command(flatten)]
    database: DatabaseSettings,
    #[command(flatten)]
    storage: StorageSettings,
    /// The digest that `backup` printed: refuses a file that somebody has put in its place
    #[arg(long, value_name = "DIGEST")]
    digest: Option<String>,
    /// The file that `backup` wrote
    file: PathBuf,
}
