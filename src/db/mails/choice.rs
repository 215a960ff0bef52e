//! Which letters a person wants.

use diesel::prelude::*;

use crate::db::{Locked, Tx};
use crate::domain::ids::UserId;
use crate::domain::mail::{DigestPace, MailChoice, MailKind};
use crate::domain::user::User;
use crate::schema::mail_choices;

/// What a person chose; all letters and a daily digest, if nothing.
pub fn choice(conn: &mut PgConnection, user: UserId) -> QueryResult<MailChoice> {
    let row: Option<(Vec<String>, DigestPace)> =
        mail_choices::table.find(user.0).select((mail_choices::off, mail_choices::digest)).first(conn).optional()?;
    Ok(row.map_or_else(MailChoice::default, |(off, digest)| MailChoice {
        off: off.iter().filter_map(|kind| MailKind::parse(kind)).collect(),
        digest,
    }))
}

/// Writes what a person chose, over what they chose before.
pub fn write_choice(tx: &mut Tx<'_>, user: &Locked<User>, choice: &MailChoice) -> QueryResult<()> {
    let off: Vec<&str> = choice.off.iter().map(|kind| kind.as_str()).collect();
    let chosen = (mail_choices::off.eq(&off), mail_choices::digest.eq(choice.digest));
    diesel::insert_into(mail_choices::table)
        .values((mail_choices::user_id.eq(user.id), chosen))
        .on_conflict(mail_choices::user_id)
        .do_update()
        .set(chosen)
        .execute(&mut **tx)
        .map(drop)
}
