//! Giving up a kind of letters, by the link that stands in each of them.

use std::convert::Infallible;

use serde_json::json;

use crate::db::{Connection, Failure, events, mails, transaction, users};
use crate::domain::event::{EventKind, Happening};
use crate::domain::ids::UserId;
use crate::domain::mail::MailKind;

/// Sends a person no more letters of this kind, under the lock of their account. Twice is once.
///
/// # Errors
/// Whatever broke, with nothing written.
pub fn give_up_mails(conn: &mut Connection<'_>, by: UserId, kind: MailKind) -> Result<(), Failure<Infallible>> {
    transaction(conn, |tx| {
        let Some(mut user) = users::lock(tx, by)? else { return Ok(()) };
        let before = mails::choice(tx, by)?;
        let after = before.without(kind);
        if before == after {
            return Ok(());
        }
        mails::write_choice(tx, &user, &after)?;
        let facts = json!({ "mail_off": after.off, "digest": after.digest });
        events::append(tx, &mut user, Happening::by(by, EventKind::NoticesChosen).facts(facts))?;
        Ok(())
    })
}
