//! Choosing which notices and letters come.

use std::convert::Infallible;

use serde_json::json;

use crate::db::{Connection, Failure, events, mails, notices, transaction, users};
use crate::domain::event::{EventKind, Happening};
use crate::domain::ids::UserId;
use crate::domain::mail::MailChoice;
use crate::domain::notice::NoticeKind;

/// Switches these kinds of notices off for a person and all others on, and chooses their letters if any are chosen, under the
/// lock of their account. How their own proposals end, they are always told here. The same choice again changes nothing.
///
/// # Errors
/// Whatever broke, with nothing written.
pub fn choose_notices(
    conn: &mut Connection<'_>,
    by: UserId,
    off: &[NoticeKind],
    letters: Option<&MailChoice>,
) -> Result<(), Failure<Infallible>> {
    transaction(conn, |tx| {
        let Some(mut user) = users::lock(tx, by)? else { return Ok(()) };
        let off: Vec<_> = NoticeKind::ALL.iter().copied().filter(|kind| off.contains(kind) && !kind.always_comes()).collect();
        let before = mails::choice(tx, by)?;
        let letters = letters.unwrap_or(&before);
        if notices::switched_off(tx, by)? == off && before == *letters {
            return Ok(());
        }
        notices::write_switched_off(tx, &user, &off)?;
        mails::write_choice(tx, &user, letters)?;
        let facts = json!({ "off": off, "mail_off": letters.off, "digest": letters.digest });
        events::append(tx, &mut user, Happening::by(by, EventKind::NoticesChosen).facts(facts))?;
        Ok(())
    })
}
