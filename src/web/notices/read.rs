//! Opening what a notice tells of, or putting it aside: either marks it read.

use actix_web::web::Data;

use super::{back, words};
use crate::db::{Database, Failure, notices};
use crate::domain::ids::NoticeId;
use crate::operations::notices::mark_read;
use crate::web::context::{Id, SignedIn};
use crate::web::error::PageError;
use crate::web::form::Fields;
use crate::web::respond::{self, Answer};
use crate::web::server::Secrets;

/// Marks it read; leads on to what it tells of, or back to the list.
pub async fn submit(by: SignedIn, id: Id<NoticeId>, database: Database, fields: Fields, secrets: Data<Secrets>) -> Answer {
    let (user, id) = (by.id(), id.0);
    let marked = database
        .change(move |conn| {
            mark_read(conn, user, id)?;
            notices::find(conn, user, id).map_err(Failure::from)
        })
        .await;
    let row = PageError::unless_refused(marked)?.map_err(|why| PageError::refused(&why, ""))?.ok_or(PageError::NotFound)?;
    match words::said(&row).link {
        Some((href, _)) if fields.get("then") == "open" => respond::see_other(&href),
        _ => respond::see_other_saying(&secrets, &back(&fields), "good", "One notice was marked read."),
    }
}
