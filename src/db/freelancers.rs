//! Freelancers' profiles.

use diesel::dsl::{exists, select};
use diesel::prelude::*;

use crate::domain::ids::{OrganisationId, UserId};
use crate::schema::{freelancers, memberships};

/// Whether somebody has a freelancer's profile, and whether they belong to an organisation.
pub fn standing(conn: &mut PgConnection, user: UserId, organisation: OrganisationId) -> QueryResult<(bool, bool)> {
    let profile = freelancers::table.find(user.0);
    let membership = memberships::table.find((organisation.0, user.0));
    select((exists(profile), exists(membership))).get_result(conn)
}
