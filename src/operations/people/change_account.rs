//! Changing one's own name, time zone and colours.

use serde_json::json;

use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, Tx, events, transaction, users};
use crate::domain::event::{EventKind, Happening};
use crate::domain::ids::UserId;
use crate::domain::user::{AccountContent, AccountRefused};
use crate::operations::refused;

/// Changes an account, typed over the version that was seen, under its lock. The same words again change nothing.
///
/// # Errors
/// [`AccountRefused`], recorded; or whatever broke, with nothing written.
pub fn change_account(
    conn: &mut Connection<'_>,
    by: UserId,
    seen: Option<i32>,
    content: &AccountContent,
) -> Result<(), Failure<AccountRefused>> {
    refused(conn, Attempt::new(by, "change_account"), |conn| transaction(conn, |tx| change(tx, by, seen, content)))
}

fn change(tx: &mut Tx<'_>, by: UserId, seen: Option<i32>, content: &AccountContent) -> Result<(), Failure<AccountRefused>> {
    let mut user = users::lock(tx, by)?.ok_or(Failure::Refused(AccountRefused::Missing))?;
    if !content.changes(&user) {
        return Ok(());
    }
    user.may_change_account(seen).map_err(Failure::Refused)?;
    users::write_account(tx, &user, content)?;
    let facts = json!({ "version": user.version + 1, "name": user.words_hash(&[content.name.as_str()]) });
    events::append(tx, &mut user, Happening::by(by, EventKind::AccountChanged).facts(facts))?;
    Ok(())
}
