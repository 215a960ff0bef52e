//! `guildhall create-admin`.

use std::io::{BufRead, IsTerminal, Write};

use anyhow::{Context, bail};
use clap::Args;
use diesel::pg::PgConnection;

use super::settings::DatabaseSettings;
use super::start;
use crate::db::{Connection, Patience};
use crate::domain::words::{Email, Password, PersonName};
use crate::operations::people::{NewAdmin, Passwords, make_admin};

/// Whose account is to be an admin's.
#[derive(Debug, Args)]
pub struct CreateAdmin {
    #[command(flatten)]
    database: DatabaseSettings,

    /// The admin's e-mail address; an account that has it keeps its name and password
    #[arg(long, value_name = "ADDRESS")]
    email: String,

    /// The name that others see, for a new account
    #[arg(long, value_name = "NAME")]
    name: String,

    /// The password for a new account; asked for (or read from standard input) if not given
    #[arg(long, env = "GUILDHALL_ADMIN_PASSWORD", hide_env_values = true, value_name = "TEXT")]
    password: Option<String>,
}

/// Makes the account, or makes the account that there is an admin's.
pub fn run(new: &CreateAdmin) -> anyhow::Result<()> {
    let email = Email::parse(&new.email).context("the e-mail address")?;
    let name = PersonName::parse(&new.name).context("the name")?;
    let password = Password::parse(&password(new)?).context("the password")?;
    let ground = start::ground(&new.database)?;
    let password_hash = actix_web::rt::System::new().block_on(Passwords::default().hash(password.secret()))?;
    let mut pg = <PgConnection as diesel::Connection>::establish(&ground.url)?;
    let admin = NewAdmin { email, name, password_hash };
    if let Err(failure) = make_admin(&mut Connection::new(&mut pg, Patience::Queue(std::time::Duration::from_secs(10))), &admin) {
        bail!("the account could not be made: {failure:?}");
    }
    drop(pg);
    writeln!(std::io::stdout(), "{} keeps the house now.", admin.email.as_str())?;
    ground.stop()
}

fn password(new: &CreateAdmin) -> anyhow::Result<String> {
    if let Some(password) = &new.password {
        return Ok(password.clone());
    }
    if std::io::stdin().is_terminal() {
        write!(std::io::stderr(), "Password (shown as you type): ")?;
    }
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
