//! Letters that carry a link.

use diesel::prelude::*;

use crate::db::Tx;
use crate::domain::ids::{LinkId, UserId};
use crate::domain::mail::MailKind;
use crate::schema::mails;

/// Writes the letter that carries a link, to the address that the link is about.
pub fn write_link(tx: &mut Tx<'_>, user: UserId, kind: MailKind, link: LinkId, email: &str, domain: &str) -> QueryResult<()> {
    diesel::insert_into(mails::table)
        .values((
            mails::user_id.eq(user.0),
            mails::kind.eq(kind),
            mails::cause.eq(format!("LINK:{link}")),
            mails::reference.eq(user.reference()),
            mails::link_id.eq(Some(link.0)),
            mails::address.eq(Some(email)),
            mails::message_id.eq(format!("{}@{domain}", uuid::Uuid::new_v4())),
        ))
        .execute(&mut **tx)
        .map(drop)
}
