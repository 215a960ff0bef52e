//! Settings: each a flag and an environment variable.

use std::net::SocketAddr;
use std::path::PathBuf;

use chrono::TimeDelta;
use clap::Args;

use crate::domain::project::ClosesAfter;
use crate::operations::people::Throttle;
use crate::worker::Rules;

/// Where the database is.
#[derive(Debug, Clone, Args)]
pub struct DatabaseSettings {
    /// PostgreSQL 15 or newer, as postgresql://user@host/database; without it a private one runs in the data folder
    #[arg(long, env = "DATABASE_URL", hide_env_values = true, value_name = "URL")]
    pub database_url: Option<String>,

    /// The folder of the private PostgreSQL and of what must outlive a restart
    #[arg(long, env = "GUILDHALL_DATA", default_value = "./.guildhall", value_name = "FOLDER")]
    pub data: PathBuf,
}

/// Where the bytes of files are.
#[derive(Debug, Clone, Args)]
pub struct StorageSettings {
    /// Where files are kept: a folder, or s3://bucket/prefix; `files` in the data folder if not given. Every process of one
    /// site needs the same, and no other site may use it
    #[arg(long, env = "GUILDHALL_FILES", value_name = "PLACE")]
    pub files: Option<String>,

    /// Where the bucket is asked, if not at Amazon, as https://s3.example.org
    #[arg(long, env = "GUILDHALL_S3_ENDPOINT", value_name = "URL")]
    pub s3_endpoint: Option<String>,

    /// The bucket's region
    #[arg(long, env = "GUILDHALL_S3_REGION", default_value = "us-east-1", value_name = "NAME")]
    pub s3_region: String,

    /// The key that opens the bucket, as name:secret
    #[arg(long, env = "GUILDHALL_S3_KEY", hide_env_values = true, value_name = "KEY")]
    pub s3_key: Option<String>,
}

/// How the site is served.
#[derive(Debug, Clone, Args)]
pub struct ServeSettings {
    #[command(flatten)]
    pub database: DatabaseSettings,

    #[command(flatten)]
    pub storage: StorageSettings,

    /// The address to serve on; port 0 takes a free one
    #[arg(long, env = "GUILDHALL_LISTEN", default_value = "127.0.0.1:8080", value_name = "ADDRESS:PORT")]
    pub listen: SocketAddr,

    /// The site's address as people type it, where that differs, as https://work.example.org; https makes cookies secure
    #[arg(long, env = "GUILDHALL_PUBLIC_URL", value_name = "URL")]
    pub public_url: Option<String>,

    /// 64 or more characters that sign cookies; every process behind one balancer needs the same. Made in the data folder if not given
    #[arg(long, env = "GUILDHALL_SECRET", hide_env_values = true, value_name = "TEXT")]
    pub secret: Option<String>,

    /// Connections to PostgreSQL; four for each processor if not given
    #[arg(long, env = "GUILDHALL_CONNECTIONS", value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(2..=500))]
    pub connections: Option<u32>,

    /// Threads that serve; one for each processor if not given
    #[arg(long, env = "GUILDHALL_WORKERS", value_name = "NUMBER", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub workers: Option<u16>,

    /// Background jobs done at a time in this process; 0 leaves them to `guildhall worker`
    #[arg(long, env = "GUILDHALL_JOBS", default_value_t = 2, value_name = "NUMBER", value_parser = clap::value_parser!(u16).range(0..=64))]
    pub jobs: u16,
    /// The server that letters are sent by, as smtps://user:password@mail.example.org or
    /// smtp://mail.example.org:587?tls=required; without it they are kept as files in the data folder
    #[arg(long, env = "GUILDHALL_SMTP", hide_env_values = true, value_name = "URL")]
    pub smtp: Option<String>,

    /// Whom letters come from, as "Guildhall <guildhall@example.org>"; guildhall@ the site's host if not given
    #[arg(long, env = "GUILDHALL_MAIL_FROM", value_name = "ADDRESS")]
    pub mail_from: Option<String>,

    #[command(flatten)]
    pub house: HouseSettings,

    /// Failed sign-ins to one account in 15 minutes before it rests; 0 lifts the limit
    #[arg(long, env = "GUILDHALL_SIGN_IN_TRIES_PER_ACCOUNT", default_value_t = 10, value_name = "NUMBER")]
    pub sign_in_tries_per_account: u32,

    /// Failed sign-ins from one address in 15 minutes before it rests; 0 lifts the limit
    #[arg(long, env = "GUILDHALL_SIGN_IN_TRIES_PER_ADDRESS", default_value_t = 100, value_name = "NUMBER")]
    pub sign_in_tries_per_address: u32,

    /// Let nobody keep the house by a password alone: admins set up a second factor before anything else
    #[arg(long, env = "GUILDHALL_ADMINS_NEED_SECOND_FACTOR")]
    pub admins_need_second_factor: bool,

    /// Requests that a token may make in a minute, evenly and as many at once; 0 lifts the limit
    #[arg(long, env = "GUILDHALL_API_REQUESTS_PER_MINUTE", default_value_t = 600, value_name = "NUMBER")]
    pub api_requests_per_minute: u32,

    /// What a program that watches the house sends as a bearer token to read /metrics; without it nobody reads them
    #[arg(long, env = "GUILDHALL_METRICS_TOKEN", hide_env_values = true, value_name = "TEXT")]
    pub metrics_token: Option<String>,
}

/// What the house does by itself.
#[derive(Debug, Clone, Args)]
pub struct HouseSettings {
    /// Days after its deadline on which an open project is closed that nobody decides, with a warning a week before; 0 closes none
    #[arg(long, env = "GUILDHALL_CLOSE_AFTER_DAYS", default_value_t = Rules::CLOSES_AFTER_DAYS, value_name = "NUMBER", value_parser = clap::value_parser!(u16).range(0..=3650))]
    pub close_after_days: u16,

    /// Minutes after the deadline in which members open sealed bids before the house does
    #[arg(long, env = "GUILDHALL_OPEN_BIDS_AFTER_MINUTES", default_value_t = 0, value_name = "NUMBER")]
    pub open_bids_after_minutes: u16,

    /// Let webhooks call addresses inside this house's own network: loopback, private, link-local
    #[arg(long, env = "GUILDHALL_WEBHOOKS_INSIDE")]
    pub webhooks_inside: bool,
}

impl HouseSettings {
    /// The house's rules.
    pub fn rules(&self) -> Rules {
        Rules {
            closes_after: ClosesAfter::days(self.close_after_days),
            opens_bids_after: TimeDelta::minutes(self.open_bids_after_minutes.into()),
            may_call_inside: self.webhooks_inside,
        }
    }
}

/// How background jobs are done by a process that does nothing else.
#[derive(Debug, Clone, Args)]
pub struct WorkerSettings {
    #[command(flatten)]
    pub database: DatabaseSettings,

    #[command(flatten)]
    pub storage: StorageSettings,

    /// Background jobs done at a time
    #[arg(long, env = "GUILDHALL_CONCURRENCY", default_value_t = 4, value_name = "NUMBER", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub concurrency: u16,

    #[command(flatten)]
    pub house: HouseSettings,
}

impl ServeSettings {
    /// Threads that serve.
    pub fn workers(&self) -> usize {
        self.workers.map_or_else(processors, usize::from)
    }

    /// The pool's size.
    pub fn connections(&self) -> u32 {
        self.connections.unwrap_or_else(|| u32::try_from(processors() * 4).unwrap_or(16))
    }

    /// How many failed sign-ins are borne.
    pub fn throttle(&self) -> Throttle {
        let limit = |number: u32| (number > 0).then_some(number);
        Throttle { per_account: limit(self.sign_in_tries_per_account), per_address: limit(self.sign_in_tries_per_address) }
    }

    /// Whether cookies travel by TLS only.
    pub fn secure(&self) -> bool {
        self.public_url.as_ref().map_or_else(|| !self.listen.ip().is_loopback(), |url| url.starts_with("https://"))
    }
}

/// How many processors this machine has.
pub fn processors() -> usize {
    std::thread::available_parallelism().map_or(2, usize::from)
}
