//! Links to join by.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::dsl::now;
use diesel::prelude::*;

use crate::db::failure::count;
use crate::db::{Fault, Locked, Tx};
use crate::domain::ids::{InvitationId, OrganisationId, UserId};
use crate::domain::membership::Role;
use crate::domain::organisation::{Invitation, InvitationToken, LINK_DAYS, Organisation};
use crate::schema::{invitations, memberships, users};

/// A link that still holds, as the list shows it.
#[derive(Debug, Clone, Queryable)]
#[expect(missing_docs, reason = "the columns' meanings stand in the schema's migration")]
pub struct OpenInvitation {
    pub id: InvitationId,
    pub role: Role,
    pub note: String,
    pub invited_by: String,
    pub created_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
}

/// An organisation's links that nobody used or took back and that have not run out, newest first.
pub fn open_invitations(conn: &mut PgConnection, id: OrganisationId) -> QueryResult<Vec<OpenInvitation>> {
    invitations::table
        .inner_join(users::table.on(users::id.eq(invitations::invited_by)))
        .filter(invitations::organisation_id.eq(id.0))
        .filter(invitations::used_at.is_null())
        .filter(invitations::revoked_at.is_null())
        .filter(invitations::expires_at.gt(now))
        .order(invitations::id.desc())
        .select((invitations::id, invitations::role, invitations::note, users::name, invitations::created_at, invitations::expires_at))
        .load(conn)
}

/// How many links hold, under the organisation's lock.
pub fn count_open(tx: &mut Tx<'_>, organisation: &Locked<Organisation>) -> QueryResult<i64> {
    invitations::table
        .filter(invitations::organisation_id.eq(organisation.id.0))
        .filter(invitations::used_at.is_null())
        .filter(invitations::revoked_at.is_null())
        .filter(invitations::expires_at.gt(organisation.at))
        .count()
        .get_result(&mut **tx)
}

/// A link by its id. Whether the reader may know of it is the caller's to ask.
pub fn find_invitation(conn: &mut PgConnection, id: InvitationId) -> QueryResult<Option<Invitation>> {
    invitations::table.find(id.0).select(Invitation::as_select()).first(conn).optional()
}

/// A link by its secret: whoever has it may know of it.
pub fn invitation_by(conn: &mut PgConnection, token: &InvitationToken) -> QueryResult<Option<Invitation>> {
    invitations::table.filter(invitations::token_hash.eq(token.hash())).select(Invitation::as_select()).first(conn).optional()
}

/// Writes a new link.
pub fn write_invited(
    tx: &mut Tx<'_>,
    organisation: &Locked<Organisation>,
    by: UserId,
    role: Role,
    note: &str,
    token: &InvitationToken,
) -> Result<InvitationId, Fault> {
    Ok(diesel::insert_into(invitations::table)
        .values((
            invitations::organisation_id.eq(organisation.id.0),
            invitations::role.eq(role),
            invitations::token_hash.eq(token.hash()),
            invitations::note.eq(note),
            invitations::invited_by.eq(by.0),
            invitations::created_at.eq(organisation.at),
            invitations::expires_at.eq(organisation.at + TimeDelta::days(LINK_DAYS)),
        ))
        .returning(invitations::id)
        .get_result(&mut **tx)?)
}

/// Uses a link up, and writes the membership that it gives.
pub fn write_joined(tx: &mut Tx<'_>, organisation: &Locked<Organisation>, by: UserId, invitation: &Invitation) -> Result<(), Fault> {
    let open = invitations::table.find(invitation.id.0).filter(invitations::used_at.is_null()).filter(invitations::revoked_at.is_null());
    let used = diesel::update(open)
        .set((invitations::used_by.eq(Some(by.0)), invitations::used_at.eq(Some(organisation.at))))
        .execute(&mut **tx)?;
    count("links used", 1, used)?;
    let joined = diesel::insert_into(memberships::table)
        .values((
            memberships::organisation_id.eq(organisation.id.0),
            memberships::user_id.eq(by.0),
            memberships::role.eq(invitation.role),
            memberships::created_at.eq(organisation.at),
        ))
        .execute(&mut **tx)?;
    count("members joined", 1, joined)
}

/// Takes a link back.
pub fn write_revoked(tx: &mut Tx<'_>, organisation: &Locked<Organisation>, invitation: &Invitation) -> Result<(), Fault> {
    let open = invitations::table.find(invitation.id.0).filter(invitations::used_at.is_null()).filter(invitations::revoked_at.is_null());
    let wrote = diesel::update(open).set(invitations::revoked_at.eq(Some(organisation.at))).execute(&mut **tx)?;
    count("links revoked", 1, wrote)
}

/// Takes back all links that somebody made who may make none any more. Answers how many.
pub fn write_revoked_all(tx: &mut Tx<'_>, organisation: &Locked<Organisation>, made_by: UserId) -> Result<usize, Fault> {
    let open = invitations::table
        .filter(invitations::organisation_id.eq(organisation.id.0))
        .filter(invitations::invited_by.eq(made_by.0))
        .filter(invitations::used_at.is_null())
        .filter(invitations::revoked_at.is_null());
    Ok(diesel::update(open).set(invitations::revoked_at.eq(Some(organisation.at))).execute(&mut **tx)?)
}
