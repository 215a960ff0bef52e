//! Making somebody an admin: from the command line only.

use std::convert::Infallible;

use serde_json::json;

use crate::db::users::NewUser;
use crate::db::{Connection, Failure, Fault, events, transaction, users};
use crate::domain::event::{EventKind, Happening};
use crate::domain::ids::UserId;
use crate::domain::user::TimeZoneName;
use crate::domain::words::{Email, PersonName};

/// An admin to be.
#[derive(Debug, Clone)]
pub struct NewAdmin {
    /// Whose account, or for whom one is made.
    pub email: Email,
    /// For a new account only.
    pub name: PersonName,
    /// For a new account only: argon2id, as a PHC string.
    pub password_hash: String,
}

/// Makes the account of this address an admin's: a new account, or the one that there is, whose name and password stay.
///
/// # Errors
/// Whatever broke, with nothing written.
pub fn make_admin(conn: &mut Connection<'_>, new: &NewAdmin) -> Result<UserId, Failure<Infallible>> {
    transaction(conn, |tx| {
        let time_zone = TimeZoneName::default();
        let row = NewUser { email: &new.email, name: &new.name, password_hash: &new.password_hash, time_zone: &time_zone, is_admin: true };
        let mut user = match users::write_signed_up(tx, &row)? {
            Some(mut user) => {
                let signed_up = Happening { actor: None, ..Happening::by(user.id, EventKind::SignedUp) };
                events::append(tx, &mut user, signed_up.facts(json!({ "as": "admin" })))?;
                user
            }
            None => {
                let there = Fault::Other(diesel::result::Error::NotFound);
                let known = users::by_email(tx, new.email.as_str())?.map(|user| user.id);
                let user = match known {
                    Some(id) => users::lock(tx, id)?,
                    None => None,
                };
                let user = user.ok_or(there)?;
                if user.is_admin {
                    return Ok(user.id);
                }
                users::write_admin(tx, &user)?;
                user
            }
        };
        let id = user.id;
        events::append(tx, &mut user, Happening { actor: None, ..Happening::by(id, EventKind::MadeAdmin) })?;
        Ok(id)
    })
}
