//! What the house sees to: somebody who is kept out and has appealed.

use super::done;
use super::people::Cast;
use crate::db::{Connection, users};
use crate::domain::user::TimeZoneName;
use crate::domain::words::{Email, PersonName, Reason, TicketTitle, TicketWords};
use crate::operations::people::{Purpose, SignUp, appeal_suspension, sign_up, suspend_person};

/// Has it happen; last of all, so that the numbers of everything else stay.
pub fn tell(conn: &mut Connection<'_>, cast: &Cast, password_hash: &str) -> anyhow::Result<()> {
    let new = SignUp {
        email: Email::parse("silas@freelance.example")?,
        name: PersonName::parse("Silas Morrow")?,
        password_hash: password_hash.to_owned(),
        time_zone: TimeZoneName::default(),
        purpose: Purpose::Freelancer,
    };
    let silas = done(sign_up(conn, &new))?.user;
    let why = "Three clients say that you asked them to be paid outside of their contracts.";
    done(suspend_person(conn, cast.admin, silas, &Reason::parse(why)?))?;
    if let Some(since) = users::find(conn, silas)?.and_then(|user| user.suspended_at) {
        let words = "It was **one** client, who proposed it himself; I have the messages.";
        let title = TicketTitle::parse("Appeal against a suspension")?;
        done(appeal_suspension(conn, silas, since, &title, &TicketWords::parse(words)?))?;
    }
    Ok(())
}
