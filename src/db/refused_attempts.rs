//! Who tried what, and why it was refused.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Nullable, Text};

use crate::domain::ids::{ProjectId, ProposalId, UserId};

/// How many refusals a person's hour keeps one by one; the rest is counted.
const BOUND: i32 = 50;

/// What was tried.
#[derive(Debug, Clone, Copy)]
pub struct Attempt {
    /// By whom.
    pub by: UserId,
    /// The operation's name.
    pub act: &'static str,
    /// On which project, where that is known.
    pub project: Option<ProjectId>,
    /// On which proposal.
    pub proposal: Option<ProposalId>,
}

impl Attempt {
    /// An act that is about no project.
    pub fn new(by: UserId, act: &'static str) -> Self {
        Self { by, act, project: None, proposal: None }
    }
}

#[diesel::declare_sql_function]
extern "SQL" {
    /// Keeps an attempt, or counts it where the bound is reached.
    fn record_refused_attempt(
        tried_by: BigInt,
        tried: Text,
        of_project: Nullable<BigInt>,
        of_proposal: Nullable<BigInt>,
        reason: Text,
        bound: Integer,
    ) -> Bool;
}

/// Writes one down, in a transaction of its own.
pub fn record(conn: &mut PgConnection, attempt: Attempt, why: &str) -> QueryResult<()> {
    let Attempt { by, act, project, proposal } = attempt;
    diesel::select(record_refused_attempt(by, act, project, proposal, why, BOUND)).execute(conn).map(drop)
}
