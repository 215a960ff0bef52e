//! The command line: what a house's keeper types.

mod demo;
mod migrate;
mod serve;
mod settings;
mod start;

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::{Parser, Subcommand};
use tracing_subscriber::EnvFilter;

use crate::db::cluster::watch;
use settings::{DatabaseSettings, ServeSettings};

/// Guildhall: a freelance marketplace that an organisation hosts itself. Exactly one proposal wins, every time.
#[derive(Debug, Parser)]
#[command(name = "guildhall", version, max_term_width = 120, propagate_version = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the site, from DATABASE_URL or a private PostgreSQL in the data folder
    Serve(ServeSettings),
    /// Serve a private site with sample data on loopback, and print its sign-ins
    Demo(ServeSettings),
    /// Bring the database's schema up to date, and stop
    Migrate(DatabaseSettings),
    /// Stop the private PostgreSQL in DIR once nobody has used it for SECONDS
    #[command(hide = true)]
    PgWatch { dir: PathBuf, seconds: u64 },
}

/// Runs what the command line asks for: 0 done, 1 failed (in one sentence), 2 misunderstood or not able to run.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let filter = EnvFilter::try_from_env("GUILDHALL_LOG").unwrap_or_else(|_| EnvFilter::new("warn,guildhall=info"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_target(false).init();
    let done = match cli.command {
        Command::Serve(settings) => serve::run(&settings),
        Command::Demo(settings) => demo::run(&settings),
        Command::Migrate(settings) => migrate::run(&settings),
        Command::PgWatch { dir, seconds } => watch::run(&dir, Duration::from_secs(seconds)).map_err(Into::into),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // The last thing to be said, to whoever still listens.
            let _ = writeln!(std::io::stderr(), "guildhall: {error:#}");
            ExitCode::FAILURE
        }
    }
}
