//! Who belongs to an organisation.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::db::{Locked, Tx};
use crate::domain::ids::{OrganisationId, UserId};
use crate::domain::membership::Role;
use crate::domain::organisation::Organisation;
use crate::schema::{memberships, users};

/// A member, as the list shows them.
#[derive(Debug, Clone, Queryable)]
#[expect(missing_docs, reason = "the columns' meanings stand in the schema's migration")]
pub struct MemberRow {
    pub user: UserId,
    pub name: String,
    pub email: String,
    pub role: Role,
    pub since: DateTime<Utc>,
}

/// All members, by name.
pub fn members(conn: &mut PgConnection, id: OrganisationId) -> QueryResult<Vec<MemberRow>> {
    memberships::table
        .inner_join(users::table)
        .filter(memberships::organisation_id.eq(id.0))
        .order((users::name, users::id))
        .select((users::id, users::name, users::email, memberships::role, memberships::created_at))
        .load(conn)
}

/// How many owners there are, under the organisation's lock.
pub fn count_owners(tx: &mut Tx<'_>, organisation: &Locked<Organisation>) -> QueryResult<i64> {
    memberships::table
        .filter(memberships::organisation_id.eq(organisation.id.0))
        .filter(memberships::role.eq(Role::Owner))
        .count()
        .get_result(&mut **tx)
}
