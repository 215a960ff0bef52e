//! Contracts, read without a lock.

use diesel::prelude::*;

use crate::domain::contract::Contract;
use crate::domain::ids::{ContractId, ProjectId, UserId};
use crate::schema::{contracts, memberships, organisations, projects, users};

/// A contract with the names that belong to it.
#[derive(Debug, Clone, Queryable)]
pub struct Named {
    /// Its terms.
    pub contract: Contract,
    /// The project's title.
    pub title: String,
    /// The client.
    pub organisation: String,
    /// The freelancer.
    pub freelancer: String,
    /// Who accepted the proposal.
    pub accepted_by: String,
}

/// A contract by its id. Whether the reader may know of it is the caller's to ask.
pub fn find(conn: &mut PgConnection, id: ContractId) -> QueryResult<Option<Contract>> {
    contracts::table.find(id.0).select(Contract::as_select()).first(conn).optional()
}

/// The project that a contract is for.
pub fn project_of(conn: &mut PgConnection, id: ContractId) -> QueryResult<Option<ProjectId>> {
    let project: Option<i64> = contracts::table.find(id.0).select(contracts::project_id).first(conn).optional()?;
    Ok(project.map(ProjectId))
}

/// A contract, if this person is its freelancer or belongs to its organisation.
pub fn find_for(conn: &mut PgConnection, id: ContractId, reader: UserId) -> QueryResult<Option<Named>> {
    let mine = memberships::table.filter(memberships::user_id.eq(reader.0)).select(memberships::organisation_id);
    let (freelancer, accepter) = diesel::alias!(users as freelancer, users as accepter);
    contracts::table
        .inner_join(projects::table.on(projects::id.eq(contracts::project_id)))
        .inner_join(organisations::table.on(organisations::id.eq(contracts::organisation_id)))
        .inner_join(freelancer.on(freelancer.field(users::id).eq(contracts::freelancer_id)))
        .inner_join(accepter.on(accepter.field(users::id).eq(contracts::accepted_by)))
        .filter(contracts::id.eq(id.0))
        .filter(contracts::freelancer_id.eq(reader.0).or(contracts::organisation_id.eq_any(mine)))
        .select((Contract::as_select(), projects::title, organisations::name, freelancer.field(users::name), accepter.field(users::name)))
        .first(conn)
        .optional()
}
