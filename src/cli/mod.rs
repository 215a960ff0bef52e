//! The command line: what a house's keeper types.

mod backup;
mod create_admin;
mod demo;
mod doctor;
mod migrate;
mod race;
mod second_factor;
mod serve;
mod settings;
mod shown;
mod start;
mod storage;
mod verify;
mod worker;

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::{Parser, Subcommand, ValueEnum};
use tracing_subscriber::EnvFilter;

use crate::db::cluster::watch;
use crate::db::verify::Noted;
use backup::{BackupSettings, RestoreSettings};
use create_admin::CreateAdmin;
use race::RaceSettings;
use second_factor::SecondFactor;
use settings::{DatabaseSettings, ServeSettings, StorageSettings, WorkerSettings};

/// Guildhall: a freelance marketplace that an organisation hosts itself. Exactly one proposal wins, every time.
#[derive(Debug, Parser)]
#[command(name = "guildhall", version, max_term_width = 120, propagate_version = true)]
struct Cli {
    /// How the log is written; what it holds is told by GUILDHALL_LOG, as warn,guildhall=info or guildhall::requests=debug
    #[arg(long, env = "GUILDHALL_LOG_FORMAT", default_value = "text", value_name = "FORMAT", global = true)]
    log_format: LogFormat,

    #[command(subcommand)]
    command: Command,
}

/// How the log's lines are written.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum LogFormat {
    /// For people.
    Text,
    /// One object a line, for programs: each line of a request with its name.
    Json,
}

impl LogFormat {
    /// Begins to log, to the error output.
    fn start(self) {
        let filter = EnvFilter::try_from_env("GUILDHALL_LOG").unwrap_or_else(|_| EnvFilter::new("warn,guildhall=info"));
        let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
        match self {
            Self::Text => log.with_target(false).init(),
            Self::Json => log.json().flatten_event(true).with_span_list(false).init(),
        }
    }
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the site, from DATABASE_URL or a private PostgreSQL in the data folder
    Serve(ServeSettings),
    /// Serve a private site with sample data on loopback, and print its sign-ins
    Demo(ServeSettings),
    /// Do background jobs beside `serve`, on as many machines as you like
    Worker(WorkerSettings),
    /// Bring the database's schema up to date, and stop
    Migrate(DatabaseSettings),
    /// Make an account that keeps the house, or make the account of an address one
    CreateAdmin(CreateAdmin),
    /// Help somebody who has lost the second factor of their account
    SecondFactor(SecondFactor),
    /// Check every chain of events, every rule of the database and whether every file is there; exit 1 on a fault, 2 if that cannot be done
    Verify {
        #[command(flatten)]
        database: DatabaseSettings,
        #[command(flatten)]
        storage: StorageSettings,
        /// Look at the sample data of `demo`
        #[arg(long)]
        demo: bool,
        /// The head of a chain that was noted elsewhere, as its history page shows it: PRJ-0412:17:9f3a0c1d2e4b
        #[arg(long, value_name = "HEAD")]
        noted: Vec<Noted>,
    },
    /// Write the whole house, database and files, as of one moment into one file, while it is served
    Backup(BackupSettings),
    /// Make a house of such a file where none is yet, and hold it against what the file says
    Restore(RestoreSettings),
    /// Look whether server, settings, schema, clock and disk are what Guildhall needs; exit 1 if something is wrong
    Doctor {
        #[command(flatten)]
        settings: ServeSettings,
        /// Look at the sample data of `demo`
        #[arg(long)]
        demo: bool,
    },
    /// Attack a site by many people at once, then ask its database what may never be; exit 1 if anything is wrong, 2 if it could not be run
    Race(RaceSettings),
    /// Stop the private PostgreSQL in DIR once nobody has used it for SECONDS
    #[command(hide = true)]
    PgWatch { dir: PathBuf, seconds: u64 },
}

/// Runs what the command line asks for: 0 done, 1 failed (in one sentence), 2 misunderstood or not able to run.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    cli.log_format.start();
    if cfg!(feature = "naive") && !matches!(cli.command, Command::Race(_) | Command::PgWatch { .. }) {
        let _ =
            writeln!(std::io::stderr(), "guildhall: this program was built without its guards (feature `naive`): it does nothing but race");
        return ExitCode::from(2);
    }
    let success = |()| ExitCode::SUCCESS;
    let (done, failure) = match cli.command {
        Command::Serve(settings) => (serve::run(&settings).map(success), 1),
        Command::Demo(settings) => (demo::run(&settings).map(success), 1),
        Command::Worker(settings) => (worker::run(&settings).map(success), 1),
        Command::Migrate(settings) => (migrate::run(&settings).map(success), 1),
        Command::CreateAdmin(new) => (create_admin::run(&new).map(success), 1),
        Command::SecondFactor(what) => (second_factor::run(&what).map(success), 1),
        Command::Backup(settings) => (backup::backup(&settings).map(success), 1),
        Command::Restore(settings) => (backup::restore(&settings).map(success), 1),
        // 1 means that it ran and found something
        Command::Doctor { settings, demo } => (doctor::run(&settings, demo), 2),
        Command::Verify { database, storage, demo, noted } => (verify::run(&database, &storage, demo, &noted), 2),
        Command::Race(settings) => (race::run(&settings), 2),
        Command::PgWatch { dir, seconds } => (watch::run(&dir, Duration::from_secs(seconds)).map(success).map_err(Into::into), 1),
    };
    done.unwrap_or_else(|error| {
        // The last thing to be said, to whoever still listens.
        let _ = writeln!(std::io::stderr(), "guildhall: {error:#}");
        ExitCode::from(failure)
    })
}
