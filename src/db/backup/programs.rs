//! PostgreSQL's own programs that take a database out and put it in.

use std::io::{Read, Write};
use std::process::{Child, ChildStdout, Command, Stdio};

use super::Address;
use crate::db::cluster::{ClusterError, client_program};

/// Why a database was not taken out or put in.
#[derive(Debug, thiserror::Error)]
pub enum DumpFailed {
    /// The program is not there.
    #[error(transparent)]
    NoProgram(#[from] ClusterError),
    /// It could not be run.
    #[error("{0} could not be run: {1}")]
    NotRun(&'static str, std::io::Error),
    /// It ended with this.
    #[error("{0} has failed: {1}")]
    Failed(&'static str, String),
}

/// `pg_dump` at work: read it to its end, then [`Dump::end`] it.
pub struct Dump(Option<Child>);

impl Dump {
    /// Begins, as of a snapshot that somebody holds.
    ///
    /// # Errors
    /// If there is no such program that is new enough for the server.
    pub fn begin(address: &Address, major: u32, snapshot: &str) -> Result<Self, DumpFailed> {
        let mut command = program("pg_dump", address, major)?;
        command.args(["--format=custom", "--no-owner", "--no-privileges"]).arg(format!("--snapshot={snapshot}"));
        command.arg(format!("--dbname={}", address.open)).stdin(Stdio::null()).stdout(Stdio::piped());
        Ok(Self(Some(command.spawn().map_err(|error| DumpFailed::NotRun("pg_dump", error))?)))
    }

    /// What it writes.
    pub fn bytes(&mut self) -> Option<ChildStdout> {
        self.0.as_mut()?.stdout.take()
    }

    /// Waits for its end.
    ///
    /// # Errors
    /// What it complained of.
    pub fn end(mut self) -> Result<(), DumpFailed> {
        self.0.take().map_or(Ok(()), |child| ended("pg_dump", child))
    }
}

impl Drop for Dump {
    /// One that nobody reads to its end goes.
    fn drop(&mut self) {
        if let Some(mut child) = self.0.take() {
            child.kill().ok();
            child.wait().ok();
        }
    }
}

/// Puts a database in, in one transaction: all of it, or nothing.
///
/// # Errors
/// What `pg_restore` complained of, or if the dump cannot be read.
pub fn restore(address: &Address, major: u32, dump: &mut impl Read) -> Result<(), DumpFailed> {
    let mut command = program("pg_restore", address, major)?;
    command.args(["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges"]);
    command.arg(format!("--dbname={}", address.open)).stdin(Stdio::piped()).stdout(Stdio::null());
    let mut child = command.spawn().map_err(|error| DumpFailed::NotRun("pg_restore", error))?;
    let fed = match child.stdin.take() {
        Some(mut stdin) => std::io::copy(dump, &mut stdin).and_then(|_| stdin.flush()),
        None => Ok(()),
    };
    // its own complaint says more than that it stopped reading
    ended("pg_restore", child)?;
    fed.map_err(|error| DumpFailed::NotRun("pg_restore", error))
}

fn program(name: &'static str, address: &Address, major: u32) -> Result<Command, DumpFailed> {
    let mut command = Command::new(client_program(name, major)?);
    if let Some(password) = &address.password {
        command.env("PGPASSWORD", password);
    }
    command.arg("--no-password").env("LC_MESSAGES", "C").stderr(Stdio::piped());
    Ok(command)
}

fn ended(name: &'static str, child: Child) -> Result<(), DumpFailed> {
    let done = child.wait_with_output().map_err(|error| DumpFailed::NotRun(name, error))?;
    if done.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&done.stderr);
    let line = said.lines().find(|line| !line.trim().is_empty()).unwrap_or("it said nothing");
    Err(DumpFailed::Failed(name, line.trim().to_owned()))
}
