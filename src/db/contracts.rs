//! Contracts: reading. They are made by the award (`projects::write_award`).

use diesel::prelude::*;

use crate::domain::contract::Contract;
use crate::domain::ids::{ContractId, UserId};
use crate::schema::{contracts, memberships};

/// A contract, if this person is its freelancer or belongs to its organisation.
pub fn find_for(conn: &mut PgConnection, id: ContractId, reader: UserId) -> QueryResult<Option<Contract>> {
    let mine = memberships::table.filter(memberships::user_id.eq(reader.0)).select(memberships::organisation_id);
    contracts::table
        .find(id.0)
        .filter(contracts::freelancer_id.eq(reader.0).or(contracts::organisation_id.eq_any(mine)))
        .select(Contract::as_select())
        .first(conn)
        .optional()
}
