//! The form was sent.

use std::convert::Infallible;

use crate::db::{Connection, Failure, drafts};
use crate::domain::draft::Form;
use crate::domain::ids::UserId;
use crate::domain::request::RequestKey;

/// Empties the draft of a form that was sent from this page, and keeps what that page still has on its way from coming
/// back. Done behind the commit of what was sent, so that nobody waits for it under a lock: a process that dies in
/// between leaves a draft of what was sent, whose version and key are known as used, and loses nothing.
///
/// # Errors
/// Whatever broke; the sending stands.
pub fn let_go_draft(conn: &mut Connection<'_>, by: UserId, form: Form, page: &RequestKey) -> Result<(), Failure<Infallible>> {
    Ok(drafts::write_sent(conn, by, form, page)?)
}
