//! `guildhall doctor`.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use clap::CommandFactory;
use diesel::pg::PgConnection;

use super::Cli;
use super::settings::ServeSettings;
use super::start::{self, Ground};
use crate::db::doctor::{Finding, Verdict, examine};
use crate::mail::Post;

/// Below this the next large import or a day's log may fill the disk.
const TOO_LITTLE: u64 = 256 * MIB;
/// Below this somebody should look.
const LITTLE: u64 = 2048 * MIB;
const MIB: u64 = 1024 * 1024;

/// Looks at everything that the house stands on, changes nothing, and names what is wrong.
/// The answer is 0 if all is well, 1 if something is wrong.
pub fn run(settings: &ServeSettings, demo: bool) -> anyhow::Result<ExitCode> {
    let mut findings = of_settings(settings);
    match start::existing(&settings.database, demo) {
        Err(error) => findings.push(Finding::wrong("database", format!("{error:#}"))),
        Ok(ground) => {
            findings.extend(of_database(&ground, settings)?);
            ground.stop()?;
        }
    }
    findings.push(disk(&settings.database.data));
    Ok(if told(&findings)? { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// What the database itself answers. That there is no pooler in between was seen as it was reached.
fn of_database(ground: &Ground, settings: &ServeSettings) -> anyhow::Result<Vec<Finding>> {
    let mut conn = <PgConnection as diesel::Connection>::establish(&ground.url)?;
    let mut findings = vec![Finding::well("pooler", "none in between: each connection has a session of its own")];
    findings.extend(examine(&mut conn, settings.connections())?);
    Ok(findings)
}

/// What can be judged of the settings without starting anything.
fn of_settings(settings: &ServeSettings) -> Vec<Finding> {
    let mut findings = unknown_variables();
    if settings.secret.as_ref().is_some_and(|secret| secret.len() < 64) {
        findings.push(Finding::wrong("GUILDHALL_SECRET", "must have 64 characters or more: make one with `openssl rand -hex 32`"));
    }
    match settings.smtp.as_deref().map(Post::server) {
        Some(Err(fault)) => findings.push(Finding::wrong("GUILDHALL_SMTP", fault.to_string())),
        Some(Ok(_)) => {}
        None => findings.push(Finding::mind("GUILDHALL_SMTP", "is not set: letters stay in the data folder as files")),
    }
    findings.extend(address(settings));
    if findings.iter().all(|finding| finding.verdict != Verdict::Wrong) {
        findings.insert(0, Finding::well("settings", "of Guildhall make sense"));
    }
    findings
}

/// Whether people will find the site, and their passwords travel hidden.
fn address(settings: &ServeSettings) -> Option<Finding> {
    let name = "GUILDHALL_PUBLIC_URL";
    match settings.public_url.as_deref() {
        Some(url) if !is_address(url) => {
            Some(Finding::wrong(name, format!("is {url}, and must be a site's address alone, as https://work.example.org")))
        }
        Some(url) if url.starts_with("http://") && !settings.listen.ip().is_loopback() => {
            Some(Finding::mind(name, "begins with http: passwords travel in the clear unless something in front adds TLS"))
        }
        None if !settings.listen.ip().is_loopback() => {
            Some(Finding::mind(name, "is not set: letters will name the address that is listened on"))
        }
        Some(_) | None => None,
    }
}

fn is_address(url: &str) -> bool {
    let authority = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://")).map(|rest| rest.trim_end_matches('/'));
    authority.is_some_and(|name| !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || ".-:[]".contains(c)))
}

/// A variable that no command reads is a misspelt one.
fn unknown_variables() -> Vec<Finding> {
    let cli = Cli::command();
    let known: Vec<_> =
        cli.get_subcommands().flat_map(|command| command.get_arguments().filter_map(|argument| argument.get_env())).collect();
    let is_ours = |name: &str| name.starts_with("GUILDHALL_") && name != "GUILDHALL_LOG";
    std::env::vars_os()
        .filter(|(name, _)| name.to_str().is_some_and(is_ours) && !known.contains(&name.as_os_str()))
        .map(|(name, _)| Finding::wrong(name.to_string_lossy(), "is no setting: `guildhall serve --help` lists all"))
        .collect()
}

/// How much room the data folder's disk has; of a server elsewhere its own disk cannot be seen from here.
fn disk(data: &Path) -> Finding {
    let about = format!("disk of {}", data.display());
    match crate::storage::free(data) {
        None => Finding::mind(about, "cannot be asked"),
        Some(free) if free < TOO_LITTLE => Finding::wrong(about, format!("only {} MB are free: make room before it is full", free / MIB)),
        Some(free) if free < LITTLE => Finding::mind(about, format!("{} MB are free", free / MIB)),
        Some(free) => Finding::well(about, format!("{} GB are free", free / MIB / 1024)),
    }
}

/// Says everything, and whether nothing is wrong.
fn told(findings: &[Finding]) -> anyhow::Result<bool> {
    let mut out = std::io::stdout().lock();
    for Finding { verdict, about, says } in findings {
        let word = match verdict {
            Verdict::Well => "well ",
            Verdict::Mind => "mind ",
            Verdict::Wrong => "WRONG",
        };
        writeln!(out, "{word}  {about}: {says}")?;
    }
    let wrong = findings.iter().filter(|finding| finding.verdict == Verdict::Wrong).count();
    match wrong {
        0 => writeln!(out, "Nothing is wrong.")?,
        1 => writeln!(out, "1 thing is wrong.")?,
        many => writeln!(out, "{many} things are wrong.")?,
    }
    Ok(wrong == 0)
}
