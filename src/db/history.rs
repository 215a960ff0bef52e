//! History as it is read: a part of a stream with the names of everybody in it, and what was tried and refused.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::events::{self, Recorded};
use super::portion::Portion;
use crate::domain::chain::Chain;
use crate::domain::ids::{ProjectId, UserId};
use crate::schema::{proposals, refused_attempts, users};

/// Events of one page. More than a list has: a chain is read through.
const PAGE: i64 = 100;
/// Refused attempts that are shown, the newest.
const ATTEMPTS: i64 = 50;

/// A part of a stream. Events hold ids only; names are those of now.
#[derive(Debug, Clone, Default)]
pub struct History {
    /// Oldest first.
    pub events: Vec<Recorded>,
    /// Whether there are more behind them.
    pub more: bool,
    /// Names of those whom the events are about, by their ids.
    pub names: HashMap<i64, String>,
    /// Whose the proposals are that the events are about.
    pub authors: HashMap<i64, i64>,
}

impl History {
    /// Who sent the proposal that an event is about.
    pub fn author(&self, event: &Recorded) -> Option<i64> {
        event.proposal_id.and_then(|id| self.authors.get(&id)).copied()
    }
}

/// The events behind number `after` of a stream whose root's row has been read: what was added since is left out, so
/// that the head that is shown is the last one's.
pub fn read(conn: &mut PgConnection, chain: &Chain, after: i64) -> QueryResult<History> {
    let mut found = events::stream(conn, chain.root, after, chain.count, PAGE + 1)?;
    let more = i64::try_from(found.len()).unwrap_or(i64::MAX) > PAGE;
    found.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
    named(conn, found, more)
}

/// A batch of them for a file.
pub fn batch(conn: &mut PgConnection, chain: &Chain, after: i64) -> QueryResult<History> {
    let (found, more) = Portion::Batch.cut(events::stream(conn, chain.root, after, chain.count, Portion::Batch.read())?);
    named(conn, found, more)
}

fn named(conn: &mut PgConnection, found: Vec<Recorded>, more: bool) -> QueryResult<History> {
    let proposals: BTreeSet<i64> = found.iter().filter_map(|event| event.proposal_id).collect();
    let authors: HashMap<i64, i64> = proposals::table
        .filter(proposals::id.eq_any(proposals))
        .select((proposals::id, proposals::freelancer_id))
        .load(conn)?
        .into_iter()
        .collect();
    let people: BTreeSet<i64> = found.iter().filter_map(|event| event.subject_id).chain(authors.values().copied()).collect();
    let names = users::table.filter(users::id.eq_any(people)).select((users::id, users::name)).load(conn)?.into_iter().collect();
    Ok(History { events: found, more, names, authors })
}

/// Something that was tried and refused.
#[derive(Debug, Clone, Queryable)]
pub struct Attempted {
    /// When.
    pub at: DateTime<Utc>,
    /// By whom.
    pub by: UserId,
    /// Their name.
    pub name: String,
    /// The operation's name.
    pub act: String,
    /// On which proposal.
    pub proposal: Option<i64>,
    /// The refusal's name.
    pub why: String,
}

/// The newest refused attempts on a project, newest first.
pub fn refused(conn: &mut PgConnection, project: ProjectId) -> QueryResult<Vec<Attempted>> {
    refused_attempts::table
        .inner_join(users::table)
        .filter(refused_attempts::project_id.eq(project.0))
        .order(refused_attempts::id.desc())
        .limit(ATTEMPTS)
        .select((
            refused_attempts::at,
            refused_attempts::user_id,
            users::name,
            refused_attempts::act,
            refused_attempts::proposal_id,
            refused_attempts::why,
        ))
        .load(conn)
}
