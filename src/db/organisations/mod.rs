//! Organisations: finding, locking, members, links to join by.

mod invitations;
mod known;
mod lock;
mod members;
mod write;

pub use invitations::{
    OpenInvitation, count_open, find_invitation, invitation_by, open_invitations, write_invited, write_joined, write_revoked,
    write_revoked_all,
};
pub use known::{Around, Known, around, known};
pub use lock::{hold_projects, lock};
pub use members::{MemberRow, count_owners, members};
pub use write::{write_founded, write_removed, write_renamed, write_role};

use diesel::prelude::*;

use crate::domain::ids::OrganisationId;
use crate::domain::organisation::Organisation;
use crate::schema::organisations;

/// An organisation by its id. Whether the reader may know of it is the caller's to ask.
pub fn find(conn: &mut PgConnection, id: OrganisationId) -> QueryResult<Option<Organisation>> {
    organisations::table.find(id.0).select(Organisation::as_select()).first(conn).optional()
}
