//! What has to stand before the site can be served: a listener, a database, its schema, the cookies' secret.

use std::io::{ErrorKind, Read, Write};
use std::net::TcpListener;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::time::Duration;

use actix_web::cookie::Key;
use anyhow::{Context, bail};
use diesel::prelude::*;

use super::settings::{DatabaseSettings, ServeSettings};
use crate::db::cluster::{Cluster, Durability, OLDEST_MAJOR, watch};
use crate::db::{migrations, pooler};
use crate::mail::{Mailbox, Post};

/// How long the private PostgreSQL is kept after a Guildhall that was killed.
const GRACE: Duration = Duration::from_secs(10);

/// A database to work on; the private cluster stops when this is dropped, if there is one.
pub struct Ground {
    /// For libpq.
    pub url: String,
    /// Ours to stop.
    pub cluster: Option<Cluster>,
}

/// Takes the address before anything slow is done, so that a taken one is told at once.
pub fn listener(settings: &ServeSettings) -> anyhow::Result<TcpListener> {
    TcpListener::bind(settings.listen).map_err(|error| match error.kind() {
        ErrorKind::AddrInUse => anyhow::anyhow!(
            "{} is taken by another program: choose another address with --listen, such as --listen 127.0.0.1:0",
            settings.listen
        ),
        ErrorKind::PermissionDenied => {
            anyhow::anyhow!("{} may not be served by this user: choose a port above 1023 with --listen", settings.listen)
        }
        ErrorKind::AddrNotAvailable => anyhow::anyhow!("{} is no address of this machine: choose another with --listen", settings.listen),
        _ => anyhow::anyhow!("{} cannot be served: {error}", settings.listen),
    })
}

impl Ground {
    /// Puts away what was started for this process.
    pub fn stop(self) -> anyhow::Result<()> {
        match self.cluster {
            Some(cluster) => Ok(cluster.stop()?),
            None => Ok(()),
        }
    }
}

/// The database as it stands, its schema untouched: the one that the settings name, or the private one's, or that of
/// the sample data.
pub fn existing(settings: &DatabaseSettings, demo: bool) -> anyhow::Result<Ground> {
    let ground = match &settings.database_url {
        Some(url) if !demo => Ground { url: url.clone(), cluster: None },
        _ => {
            let cluster = private_cluster(settings)?;
            Ground { url: cluster.url(if demo { "demo" } else { "guildhall" }), cluster: Some(cluster) }
        }
    };
    check(&ground.url)?;
    Ok(ground)
}

/// The database that the settings name, or the private one; its schema brought up to date.
pub fn ground(settings: &DatabaseSettings) -> anyhow::Result<Ground> {
    let ground = match &settings.database_url {
        Some(url) => Ground { url: url.clone(), cluster: None },
        None => {
            let cluster = private_cluster(settings)?;
            Ground { url: cluster.database("guildhall")?, cluster: Some(cluster) }
        }
    };
    check(&ground.url)?;
    migrations::run(&ground.url)?;
    Ok(ground)
}

/// The private PostgreSQL in the data folder, which a watcher stops if this process is killed.
pub fn private_cluster(settings: &DatabaseSettings) -> anyhow::Result<Cluster> {
    let cluster = Cluster::ensure(&settings.data.join("postgres"), Durability::Lasting)?;
    let program = std::env::current_exe().context("the program's own file cannot be found")?;
    watch::spawn_watcher(&program, cluster.dir(), GRACE).context("the private database's watcher could not be started")?;
    Ok(cluster)
}

/// Refuses what Guildhall cannot work on: a server that is too old, or one that is reached through a pooler.
fn check(url: &str) -> anyhow::Result<()> {
    let mut conn = connect(url)?;
    let major = major(&mut conn)?;
    if major < OLDEST_MAJOR {
        bail!("the database is PostgreSQL {major}, Guildhall needs {OLDEST_MAJOR} or newer");
    }
    let mut other = connect(url)?;
    if pooler::is_shared(|statement| pooler::ask(&mut conn, statement), |statement| pooler::ask(&mut other, statement))? {
        bail!(
            "DATABASE_URL leads through a pooler that shares sessions between clients: name PostgreSQL itself, or set the pooler to session mode"
        );
    }
    Ok(())
}

/// The server's major version.
pub fn major(conn: &mut PgConnection) -> anyhow::Result<u32> {
    let number: String =
        diesel::select(diesel::dsl::sql::<diesel::sql_types::Text>("current_setting('server_version_num')")).get_result(conn)?;
    Ok(number.parse::<u32>().unwrap_or_default() / 10_000)
}

/// A connection to PostgreSQL, or one sentence.
pub fn connect(url: &str) -> anyhow::Result<PgConnection> {
    PgConnection::establish(url).map_err(|error| {
        let why = first_line(&error.to_string()).to_owned();
        anyhow::anyhow!("the database cannot be reached ({why}): is DATABASE_URL right, and the server running?")
    })
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default()
}

/// How letters leave.
pub fn post(settings: &ServeSettings) -> anyhow::Result<Post> {
    Ok(match &settings.smtp {
        Some(url) => Post::server(url)?,
        None => Post::files(&settings.database.data.join("mails"))?,
    })
}

/// Whom letters come from.
pub fn mail_from(settings: &ServeSettings, domain: &str) -> anyhow::Result<Mailbox> {
    let address = match &settings.mail_from {
        Some(address) => address.clone(),
        None if domain.parse::<std::net::Ipv4Addr>().is_ok() => "Guildhall <guildhall@localhost>".to_owned(),
        None => format!("Guildhall <guildhall@{domain}>"),
    };
    address.parse().with_context(|| format!("{address} is no address that letters could come from: name one with --mail-from"))
}

/// The key that signs and encrypts cookies: given, or made once in the data folder.
pub fn cookie_key(settings: &ServeSettings) -> anyhow::Result<Key> {
    let secret = match &settings.secret {
        Some(secret) => secret.clone().into_bytes(),
        None => kept_secret(&settings.database.data)?,
    };
    if secret.len() < 64 {
        bail!("GUILDHALL_SECRET must have 64 characters or more: make one with `openssl rand -hex 32`");
    }
    Ok(Key::derive_from(&secret))
}

fn kept_secret(data: &Path) -> anyhow::Result<Vec<u8>> {
    let place = data.join("secret");
    let told = || format!("{} cannot be used: choose another folder with --data, or give GUILDHALL_SECRET", place.display());
    std::fs::create_dir_all(data).with_context(told)?;
    let random: [u8; 64] = rand::random();
    match std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&place) {
        Ok(mut file) => file.write_all(&random).with_context(told)?,
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
        Err(error) => return Err(error).with_context(told),
    }
    let mut secret = Vec::new();
    std::fs::File::open(&place).and_then(|mut file| file.read_to_end(&mut secret)).with_context(told)?;
    Ok(secret)
}
