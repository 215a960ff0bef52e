//! What the end of its contract does to a project.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Timestamptz};

use super::write_revision;
use crate::db::failure::count;
use crate::db::prepared::statement;
use crate::db::{Fault, Locked, Tx};
use crate::domain::contract::ContractStatus;
use crate::domain::ids::{ContractId, ProposalId};
use crate::domain::project::{Project, ProjectStatus};
use crate::schema::{contracts, projects};

/// The contract that a proposal won, and its state. Read under the project's lock: an end is final.
pub fn contract_won(conn: &mut PgConnection, winner: Option<ProposalId>) -> QueryResult<Option<(ContractId, ContractStatus)>> {
    let Some(winner) = winner else { return Ok(None) };
    let won = contracts::table.filter(contracts::proposal_id.eq(winner.0));
    won.select((contracts::id, contracts::status)).first(conn).optional()
}

/// ASSIGNED → COMPLETED, with its contract.
pub fn write_completed(tx: &mut Tx<'_>, project: &Locked<Project>) -> Result<(), Fault> {
    let wrote = diesel::update(projects::table.find(project.id.0).filter(projects::status.eq(ProjectStatus::Assigned)))
        .set((projects::status.eq(ProjectStatus::Completed), projects::updated_at.eq(project.at)))
        .execute(&mut **tx)?;
    count("projects completed", 1, wrote)
}

/// ASSIGNED → OPEN until a new deadline: the winner is REVOKED, and what was declined before is settled, so that its author
/// is told the truth of it.
pub fn write_reopened(tx: &mut Tx<'_>, project: &Locked<Project>, winner: ProposalId, deadline: DateTime<Utc>) -> Result<(), Fault> {
    let opened = statement(
        "UPDATE projects SET status = 'OPEN', accepted_proposal_id = NULL, deadline = $3, reopened_at = $4, version = version + 1, \
             scope_version = scope_version + 1, updated_at = $4 \
         WHERE id = $1 AND status = 'ASSIGNED' AND accepted_proposal_id = $2 AND version = $5",
    )
    .bind::<BigInt, _>(project.id)
    .bind::<BigInt, _>(winner)
    .bind::<Timestamptz, _>(deadline)
    .bind::<Timestamptz, _>(project.at)
    .bind::<Integer, _>(project.version)
    .execute(&mut **tx)?;
    count("projects opened again", 1, opened)?;
    let revoked = statement("UPDATE proposals SET status = 'REVOKED', updated_at = $2 WHERE id = $1 AND status = 'ACCEPTED'")
        .bind::<BigInt, _>(winner)
        .bind::<Timestamptz, _>(project.at)
        .execute(&mut **tx)?;
    count("proposals revoked", 1, revoked)?;
    statement("UPDATE proposals SET declined_at = NULL WHERE project_id = $1 AND declined_at IS NOT NULL")
        .bind::<BigInt, _>(project.id)
        .execute(&mut **tx)?;
    write_revision(tx, project)
}
