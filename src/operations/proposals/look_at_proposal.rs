//! Having a proposal open: what colleagues are told while it lasts.

use std::convert::Infallible;

use diesel::PgConnection;

use crate::db::{Failure, looks};
use crate::domain::ids::{ProposalId, UserId};

/// Notes that a member looks at a proposal now. One statement, on a row that nobody else writes; for whoever is no
/// member it does nothing. It refuses nobody: a page is shown whether its look was written or not.
///
/// # Errors
/// Whatever broke.
pub fn look_at_proposal(conn: &mut PgConnection, by: UserId, id: ProposalId) -> Result<bool, Failure<Infallible>> {
    Ok(looks::write_look(conn, id, by)?)
}
