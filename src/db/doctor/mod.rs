//! Whether the ground that the house stands on is what it needs: the server, its settings, the schema with its guards. Reads
//! only; whether what is *kept* is right is the business of [`verify`](super::verify).

mod schema;
mod server;

use diesel::prelude::*;

/// How something was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// As it should be.
    Well,
    /// It works, but somebody should know.
    Mind,
    /// A promise of the house does not hold, or will not for long.
    Wrong,
}

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// How it was found.
    pub verdict: Verdict,
    /// What was looked at: a few words to search for.
    pub about: String,
    /// What was found, and what to do where it is not well.
    pub says: String,
}

impl Finding {
    /// As it should be.
    pub fn well(about: impl Into<String>, says: impl Into<String>) -> Self {
        Self { verdict: Verdict::Well, about: about.into(), says: says.into() }
    }

    /// Worth knowing.
    pub fn mind(about: impl Into<String>, says: impl Into<String>) -> Self {
        Self { verdict: Verdict::Mind, about: about.into(), says: says.into() }
    }

    /// Not as it has to be.
    pub fn wrong(about: impl Into<String>, says: impl Into<String>) -> Self {
        Self { verdict: Verdict::Wrong, about: about.into(), says: says.into() }
    }
}

/// Looks at the database behind a connection. `connections` is how many this house's process will hold.
///
/// # Errors
/// If the server does not answer to the end.
pub fn examine(conn: &mut PgConnection, connections: u32) -> QueryResult<Vec<Finding>> {
    let mut findings = vec![server::version(conn)?];
    findings.extend(server::settings(conn)?);
    findings.push(server::connections(conn, connections)?);
    findings.push(server::clock(conn)?);
    findings.extend(schema::examine(conn)?);
    Ok(findings)
}
