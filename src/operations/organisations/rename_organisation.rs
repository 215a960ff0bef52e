//! Giving an organisation another name.

use serde_json::json;

use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, Tx, events, organisations, projects, transaction};
use crate::domain::event::{EventKind, Happening};
use crate::domain::ids::{OrganisationId, UserId};
use crate::domain::organisation::RenameRefused;
use crate::domain::words::OrganisationName;
use crate::operations::refused;

/// Renames an organisation, typed over the version that was seen, under its lock. The same name again changes nothing.
///
/// # Errors
/// [`RenameRefused`], recorded; or whatever broke, with nothing written.
pub fn rename_organisation(
    conn: &mut Connection<'_>,
    by: UserId,
    id: OrganisationId,
    seen: Option<i32>,
    name: &OrganisationName,
) -> Result<(), Failure<RenameRefused>> {
    refused(conn, Attempt::new(by, "rename_organisation"), |conn| transaction(conn, |tx| rename(tx, by, id, seen, name)))
}

fn rename(
    tx: &mut Tx<'_>,
    by: UserId,
    id: OrganisationId,
    seen: Option<i32>,
    name: &OrganisationName,
) -> Result<(), Failure<RenameRefused>> {
    let mut organisation = organisations::lock(tx, id)?.ok_or(Failure::Refused(RenameRefused::Missing))?;
    let member = projects::membership(tx, id, by)?;
    // The form's version is one behind where the first click of two has been served already.
    let same = organisation.name == name.as_str();
    organisation.may_rename(member.as_ref(), seen.filter(|_| !same)).map_err(Failure::Refused)?;
    if same {
        return Ok(());
    }
    organisations::hold_projects(tx, &organisation)?;
    organisations::write_renamed(tx, &organisation, name.as_str())?;
    let facts = json!({
        "version": organisation.version + 1,
        "before": organisation.words_hash(&[&organisation.name]),
        "after": organisation.words_hash(&[name.as_str()]),
    });
    events::append(tx, &mut organisation, Happening::by(by, EventKind::OrganisationRenamed).facts(facts))?;
    Ok(())
}
