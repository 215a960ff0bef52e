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

/// Writes one down, in a transaction of its own.
pub fn record(conn: &mut PgConnection, attempt: Attempt, why: &str) -> QueryResult<()> {
    diesel::sql_query("SELECT record_refused_attempt($1, $2, $3, $4, $5, $6)")
        .bind::<BigInt, _>(attempt.by)
        .bind::<Text, _>(attempt.act)
        .bind::<Nullable<BigInt>, _>(attempt.project)
        .bind::<Nullable<BigInt>, _>(attempt.proposal)
        .bind::<Text, _>(why)
        .bind::<Integer, _>(BOUND)
        .execute(conn)
        .map(drop)
}
