//! Drafts of long forms: what the forms know of them, their list, and what keeps typed words through every refusal.

pub mod carried;
pub mod discard;
pub mod held;
pub mod list;
pub mod pad;
pub mod restore;
pub mod save;
pub mod show;
mod words;

use crate::db::Connection;
use crate::domain::draft::{Form, Stamp};
use crate::domain::ids::UserId;
use crate::domain::request::RequestKey;
use crate::operations::drafts::let_go_draft;
use crate::web::form::Fields;

/// Which page a form comes from, and when it was typed there.
pub fn stamp(sent: &Fields) -> Stamp {
    Stamp::parse(sent.get("draft"), sent.get("typed"))
}

/// To be called behind the commit of what was sent. A form that says nothing of a draft costs nothing; a draft that
/// cannot be let go stays in its author's list, and what was sent stands.
pub fn let_go(conn: &mut Connection<'_>, by: UserId, form: Form, page: Option<&RequestKey>) {
    if let Some(page) = page
        && let Err(failure) = let_go_draft(conn, by, form, page)
    {
        tracing::warn!(?failure, "the draft of what was sent could not be let go");
    }
}
