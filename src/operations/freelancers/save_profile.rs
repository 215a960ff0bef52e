//! Becoming a freelancer, and changing what one says about oneself.

use serde_json::json;

use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, Tx, events, freelancers, transaction, users};
use crate::domain::event::{EventKind, Happening};
use crate::domain::freelancer::{ProfileContent, ProfileRefused};
use crate::domain::ids::UserId;
use crate::operations::refused;

/// Creates or changes a person's own profile, typed over the version that was seen, under the lock of their account.
/// The same words again change nothing.
///
/// # Errors
/// [`ProfileRefused`], recorded; or whatever broke, with nothing written.
pub fn save_profile(
    conn: &mut Connection<'_>,
    by: UserId,
    seen: Option<i32>,
    content: &ProfileContent,
) -> Result<(), Failure<ProfileRefused>> {
    refused(conn, Attempt::new(by, "save_profile"), |conn| transaction(conn, |tx| save(tx, by, seen, content)))
}

fn save(tx: &mut Tx<'_>, by: UserId, seen: Option<i32>, content: &ProfileContent) -> Result<(), Failure<ProfileRefused>> {
    let mut user = users::lock(tx, by)?.ok_or(Failure::Refused(ProfileRefused::Missing))?;
    let before = freelancers::find(tx, by)?;
    if let Some(before) = &before {
        if !content.changes(before) {
            return Ok(());
        }
        before.may_save(seen).map_err(Failure::Refused)?;
    }
    let version = freelancers::write_profile(tx, &user, before.as_ref(), content)?;
    let words = user.words_hash(&[content.headline.as_str(), content.about.as_str()]);
    let what = Happening::by(by, EventKind::ProfileChanged).facts(json!({ "version": version, "words": words }));
    events::append(tx, &mut user, what)?;
    Ok(())
}
