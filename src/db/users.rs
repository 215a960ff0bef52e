//! Accounts: finding, locking, writing.

use diesel::prelude::*;
use diesel::sql_types::Text;

use super::failure::count;
use super::locked::{Locked, patiently};
use super::{Fault, Tx};
use crate::domain::event::Root;
use crate::domain::ids::UserId;
use crate::domain::user::{AccountContent, TimeZoneName, User};
use crate::domain::words::{Email, PersonName};
use crate::schema::users;

#[diesel::declare_sql_function]
extern "SQL" {
    /// How words are compared as a natural key.
    fn key_of(words: Text) -> Text;
}

/// An account by its id.
pub fn find(conn: &mut PgConnection, id: UserId) -> QueryResult<Option<User>> {
    users::table.find(id.0).select(User::as_select()).first(conn).optional()
}

/// Whether a person keeps the house.
pub fn is_admin(conn: &mut PgConnection, id: UserId) -> QueryResult<bool> {
    let found: Option<bool> = users::table.find(id.0).select(users::is_admin).first(conn).optional()?;
    Ok(found.unwrap_or_default())
}

/// An account by its e-mail address, however that is written.
pub fn by_email(conn: &mut PgConnection, email: &str) -> QueryResult<Option<User>> {
    users::table.filter(users::email_key.eq(key_of(email))).select(User::as_select()).first(conn).optional()
}

/// Locks an account: the first statement of everything that changes it, or a freelancer's profile.
///
/// # Errors
/// Nothing if there is no such account; [`Fault::Busy`] if somebody holds it for too long.
pub fn lock(tx: &mut Tx<'_>, id: UserId) -> Result<Option<Locked<User>>, Fault> {
    let query = || users::table.find(id.0).select(User::as_select()).for_no_key_update();
    let row = patiently(tx, Root::Person(id), |pg| query().no_wait().first(pg), |pg| query().first(pg))?;
    row.map(|user| locked(tx, user)).transpose()
}

fn locked(tx: &mut Tx<'_>, user: User) -> Result<Locked<User>, Fault> {
    let chain = user.chain();
    Ok(Locked::new(tx, user, chain)?)
}

/// What a new account's row holds.
#[derive(Debug, Clone)]
pub struct NewUser<'n> {
    /// As typed.
    pub email: &'n Email,
    /// The person's name.
    pub name: &'n PersonName,
    /// argon2id, as a PHC string.
    pub password_hash: &'n str,
    /// Where they are, as far as one knows.
    pub time_zone: &'n TimeZoneName,
    /// Whether they keep the house.
    pub is_admin: bool,
}

/// A new account, locked as every row is that its own transaction made; nothing if the address has one. A rival with
/// the same address is waited for.
pub fn write_signed_up(tx: &mut Tx<'_>, new: &NewUser<'_>) -> Result<Option<Locked<User>>, Fault> {
    let user: Option<User> = diesel::insert_into(users::table)
        .values((
            users::email.eq(new.email.as_str()),
            users::name.eq(new.name.as_str()),
            users::password_hash.eq(new.password_hash),
            users::time_zone.eq(new.time_zone.as_str()),
            users::is_admin.eq(new.is_admin),
        ))
        .on_conflict(users::email_key)
        .do_nothing()
        .returning(User::as_returning())
        .get_result(&mut **tx)
        .optional()?;
    user.map(|user| locked(tx, user)).transpose()
}

/// Writes what the account form edits: the version rises.
pub fn write_account(tx: &mut Tx<'_>, user: &Locked<User>, content: &AccountContent) -> Result<(), Fault> {
    let wrote = diesel::update(users::table.find(user.id.0).filter(users::version.eq(user.version)))
        .set((
            users::name.eq(content.name.as_str()),
            users::time_zone.eq(content.time_zone.as_str()),
            users::theme.eq(content.theme),
            users::version.eq(user.version + 1),
        ))
        .execute(&mut **tx)?;
    count("accounts changed", 1, wrote)
}

/// Writes a new password: whatever sign-in used the old one holds no more.
pub fn write_password(tx: &mut Tx<'_>, user: &Locked<User>, password_hash: &str) -> Result<(), Fault> {
    let wrote = diesel::update(users::table.find(user.id.0).filter(users::password_hash.eq(&user.password_hash)))
        .set(users::password_hash.eq(password_hash))
        .execute(&mut **tx)?;
    count("passwords changed", 1, wrote)
}

/// Writes that an account's address was confirmed.
pub fn write_email_confirmed(tx: &mut Tx<'_>, user: &Locked<User>) -> Result<(), Fault> {
    let wrote = diesel::update(users::table.find(user.id.0).filter(users::email.eq(&user.email)))
        .set(users::email_confirmed_at.eq(Some(user.at)))
        .execute(&mut **tx)?;
    count("addresses confirmed", 1, wrote)
}

/// Writes another address, which is confirmed by now.
///
/// # Errors
/// `users_one_per_email`, if another account has it.
pub fn write_email(tx: &mut Tx<'_>, user: &Locked<User>, email: &str) -> Result<(), Fault> {
    let wrote = diesel::update(users::table.find(user.id.0).filter(users::email.eq(&user.email)))
        .set((users::email.eq(email), users::email_confirmed_at.eq(Some(user.at))))
        .execute(&mut **tx)?;
    count("addresses changed", 1, wrote)
}

/// Makes somebody an admin.
pub fn write_admin(tx: &mut Tx<'_>, user: &Locked<User>) -> Result<(), Fault> {
    let wrote = diesel::update(users::table.find(user.id.0)).set(users::is_admin.eq(true)).execute(&mut **tx)?;
    count("admins made", 1, wrote)
}
