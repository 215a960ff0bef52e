//! Keeping a notice for later.

use actix_web::web::Data;

use super::back;
use crate::db::Database;
use crate::domain::ids::NoticeId;
use crate::operations::notices::mark_unread;
use crate::web::context::{Id, SignedIn};
use crate::web::error::PageError;
use crate::web::form::Fields;
use crate::web::respond::{self, Answer};
use crate::web::server::Secrets;

/// Marks it unread again.
pub async fn submit(by: SignedIn, id: Id<NoticeId>, database: Database, fields: Fields, secrets: Data<Secrets>) -> Answer {
    let (user, id) = (by.id(), id.0);
    let marked = database.change(move |conn| mark_unread(conn, user, id)).await;
    PageError::unless_refused(marked)?.map_err(|why| PageError::refused(&why, ""))?;
    respond::see_other_saying(&secrets, &back(&fields), "good", "One notice was marked unread.")
}
