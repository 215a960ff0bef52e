//! Bringing a draft back.

use actix_web::web::Data;

use crate::db::Database;
use crate::domain::draft::{DraftRefused, MOST_KEPT};
use crate::domain::ids::DraftId;
use crate::operations::drafts::restore_draft;
use crate::web::context::{Id, SignedIn};
use crate::web::error::PageError;
use crate::web::respond::{self, Answer};
use crate::web::server::Secrets;

/// Puts it among the others again.
pub async fn submit(by: SignedIn, id: Id<DraftId>, database: Database, secrets: Data<Secrets>) -> Answer {
    let (user, id) = (by.id(), id.0);
    let done = database.change(move |conn| restore_draft(conn, user, id)).await;
    match PageError::unless_refused(done)? {
        Ok(_) => respond::see_other_saying(&secrets, "/drafts", "good", "The draft is back."),
        Err(DraftRefused::TooMany) => {
            Err(PageError::Conflict(format!("You have {MOST_KEPT} drafts, and no more are kept: send or discard one of them first.")))
        }
        Err(DraftRefused::Missing | DraftRefused::TooLong) => Err(PageError::NotFound),
    }
}
