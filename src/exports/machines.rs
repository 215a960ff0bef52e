//! What lets other programs in, and what they are told, as rows. Secrets are in none of them.

use super::list::{NotShown, Part, Read};
use super::table::Cell;
use crate::db::tokens::{self, Listed};
use crate::db::webhooks::{self, Delivery, Hook};
use crate::db::{Failure, PgConnection, Portion, projects};
use crate::domain::ids::{DeliveryId, OrganisationId, UserId, WebhookId};
use crate::domain::membership::Role;

/// Columns of tokens.
pub const TOKENS: &[&str] = &["Token", "Name", "Ends in", "May", "Organisation", "Made", "Holds until", "Last used"];

/// The reader's tokens that were not revoked.
pub fn tokens(conn: &mut PgConnection, reader: UserId) -> Read {
    let cells = |one: &Listed| {
        vec![
            Cell::Number(one.id.0),
            Cell::text(&one.name),
            Cell::text(&one.hint),
            Cell::Many(one.scopes.iter().map(|scope| scope.as_str().to_owned()).collect()),
            Cell::maybe(one.organisation.as_ref(), Cell::text),
            Cell::Time(one.created_at),
            Cell::maybe(one.expires_at, Cell::Time),
            Cell::maybe(one.last_used_at, Cell::Time),
        ]
    };
    Ok(Part::whole(&tokens::of_person(conn, reader)?, cells))
}

/// Only an owner reads of webhooks, as on their pages.
fn for_owner(conn: &mut PgConnection, id: OrganisationId, reader: UserId) -> Result<(), Failure<NotShown>> {
    match projects::membership(conn, id, reader)?.map(|member| member.role) {
        None => Err(Failure::Refused(NotShown::Missing)),
        Some(Role::Owner) => Ok(()),
        Some(_) => Err(Failure::Refused(NotShown::NotAllowed)),
    }
}

/// Columns of webhooks.
pub const WEBHOOKS: &[&str] = &["Webhook", "Address", "Told when", "Made"];

/// An organisation's webhooks.
pub fn webhooks(conn: &mut PgConnection, id: OrganisationId, reader: UserId) -> Read {
    for_owner(conn, id, reader)?;
    let cells = |one: &Hook| {
        vec![Cell::text(one.id.reference()), Cell::text(&one.address), Cell::Many(one.kinds.clone()), Cell::Time(one.created_at)]
    };
    Ok(Part::whole(&webhooks::of_organisation(conn, id)?, cells))
}

/// Columns of what a webhook told.
pub const CALLS: &[&str] = &["Call", "Project", "Event", "Kind", "Made", "Tries", "Last tried", "Answered", "Error", "Delivered"];

/// What a webhook told, newest first.
pub fn calls(conn: &mut PgConnection, id: WebhookId, reader: UserId, after: Option<i64>) -> Read {
    let hook = webhooks::find(conn, id)?.ok_or(Failure::Refused(NotShown::Missing))?;
    for_owner(conn, hook.organisation, reader)?;
    let (found, more) = webhooks::deliveries(conn, id, after.map(DeliveryId), Portion::Batch)?;
    let cells = |one: &Delivery| {
        vec![
            Cell::Number(one.id.0),
            Cell::text(one.project.reference()),
            Cell::Number(one.seq),
            Cell::text(&one.kind),
            Cell::Time(one.created_at),
            Cell::Number(one.tries.into()),
            Cell::maybe(one.tried_at, Cell::Time),
            Cell::maybe(one.status, |status| Cell::Number(status.into())),
            Cell::maybe(one.error.as_ref(), Cell::text),
            Cell::maybe(one.delivered_at, Cell::Time),
        ]
    };
    Ok(Part::of(&found, more, |one| one.id.0, cells))
}
