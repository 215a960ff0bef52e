//! Sending the links that somebody asked for.

use std::convert::Infallible;

use crate::db::{Connection, Failure, links, mails, transaction, users};
use crate::domain::user::{LINKS_AN_HOUR, LinkPurpose, LinkSecret, User};

/// Answers the oldest request for a link: makes the link and the letter that carries it, unless there is no such account or
/// too many were asked for. Answers whether there was a request. `domain` is what the letters' ids end with.
///
/// # Errors
/// Whatever broke, with nothing written: the request is answered later.
pub fn answer_link_request(conn: &mut Connection<'_>, secret: &LinkSecret, domain: &str) -> Result<bool, Failure<Infallible>> {
    transaction(conn, |tx| {
        let Some(asked) = links::next_asked(tx)? else { return Ok(false) };
        if let Some(id) = asked.user_id
            && links::count_answered(tx, &asked)? < LINKS_AN_HOUR
            && let Some(user) = users::lock(tx, id)?
            && is_still_wanted(&user, asked.purpose)
        {
            let email = asked.email.as_deref().unwrap_or(&user.email).to_owned();
            let nonce = uuid::Uuid::new_v4().to_string();
            if asked.purpose != LinkPurpose::RevertEmail {
                links::write_ended_all(tx, &user, &[asked.purpose])?;
            }
            let link = links::write_made(tx, &user, asked.purpose, &nonce, &secret.token(asked.purpose, &nonce), &email)?;
            mails::write_link(tx, id, asked.purpose.mail_kind(), link, &email, domain)?;
        }
        links::write_answered(tx, &asked)?;
        Ok(true)
    })
}

fn is_still_wanted(user: &User, purpose: LinkPurpose) -> bool {
    purpose != LinkPurpose::ConfirmEmail || user.email_confirmed_at.is_none()
}
