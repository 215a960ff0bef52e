//! Founding an organisation.

use serde_json::json;

use crate::db::refused_attempts::Attempt;
use crate::db::request_keys::{self, Claim};
use crate::db::{Connection, Failure, Tx, events, organisations, transaction};
use crate::domain::event::{EventKind, Happening};
use crate::domain::ids::{OrganisationId, UserId};
use crate::domain::membership::Role;
use crate::domain::organisation::FoundRefused;
use crate::domain::request::Request;
use crate::domain::words::OrganisationName;
use crate::operations::refused;

/// Founds an organisation whose first owner is who founds it. With the same request a second time, answers the one
/// that was founded.
///
/// # Errors
/// [`FoundRefused`], recorded; or whatever broke, with nothing written.
pub fn found_organisation(
    conn: &mut Connection<'_>,
    by: UserId,
    name: &OrganisationName,
    request: Option<&Request>,
) -> Result<OrganisationId, Failure<FoundRefused>> {
    refused(conn, Attempt::new(by, "found_organisation"), |conn| transaction(conn, |tx| found(tx, by, name, request)))
}

fn found(tx: &mut Tx<'_>, by: UserId, name: &OrganisationName, request: Option<&Request>) -> Result<OrganisationId, Failure<FoundRefused>> {
    if let Some(request) = request {
        match request_keys::claim(tx, by, request)? {
            Claim::New => {}
            Claim::Done(made) => return Ok(OrganisationId(made)),
            Claim::Reused => return Err(Failure::Refused(FoundRefused::KeyReused)),
        }
    }
    let mut organisation = organisations::write_founded(tx, by, name.as_str())?;
    let facts = json!({ "name": organisation.words_hash(&[name.as_str()]) });
    let what = Happening::by(by, EventKind::OrganisationFounded).moved(None, Role::Owner.as_str()).facts(facts);
    events::append(tx, &mut organisation, what)?;
    if let Some(request) = request {
        request_keys::keep(tx, by, &request.key, organisation.id.0)?;
    }
    Ok(organisation.id)
}
