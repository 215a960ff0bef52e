//! `guildhall second-factor`.

use std::io::Write;
use std::time::Duration;

use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use diesel::pg::PgConnection;

use super::settings::DatabaseSettings;
use super::start;
use crate::db::{Connection, Failure, Patience};
use crate::domain::user::FactorRefused;
use crate::domain::words::Email;
use crate::operations::people::reset_second_factor;

/// What is to be done about somebody's second factor.
#[derive(Debug, Args)]
pub struct SecondFactor {
    #[command(subcommand)]
    act: Act,
}

#[derive(Debug, Subcommand)]
enum Act {
    /// Take it off, with its recovery codes, and end all their sign-ins: their password alone signs them in
    Reset {
        #[command(flatten)]
        database: DatabaseSettings,

        /// The e-mail address of the account. Make sure by another way that it is its person who asks
        #[arg(value_name = "EMAIL")]
        email: String,
    },
}

/// Does it, or says why not.
pub fn run(what: &SecondFactor) -> anyhow::Result<()> {
    let Act::Reset { database, email } = &what.act;
    let email = Email::parse(email).context("the e-mail address")?;
    let ground = start::ground(database)?;
    let mut pg = <PgConnection as diesel::Connection>::establish(&ground.url)?;
    let done = reset_second_factor(&mut Connection::new(&mut pg, Patience::Queue(Duration::from_secs(10))), &email);
    drop(pg);
    let whose = email.as_str();
    match done {
        Ok(()) => writeln!(std::io::stdout(), "{whose} signs in by the password alone, and is signed out everywhere.")?,
        Err(Failure::Refused(FactorRefused::Missing)) => bail!("there is no account with the address {whose}"),
        Err(Failure::Refused(FactorRefused::Off)) => bail!("{whose} has no second factor"),
        Err(failure) => bail!("the second factor could not be taken off: {failure:?}"),
    }
    ground.stop()
}
