//! Putting a draft away.

use actix_web::web::Data;

use crate::db::Database;
use crate::domain::draft::DraftRefused;
use crate::domain::ids::DraftId;
use crate::operations::drafts::discard_draft;
use crate::web::context::{Id, SignedIn};
use crate::web::error::PageError;
use crate::web::form::Fields;
use crate::web::respond::{self, Answer};
use crate::web::server::Secrets;

const SAID: &str = "The draft was discarded. For a day you can bring it back from the list of your drafts.";

/// Discards it, and leads back to where the button stood. A second click finds it discarded.
pub async fn submit(by: SignedIn, id: Id<DraftId>, database: Database, secrets: Data<Secrets>, sent: Fields) -> Answer {
    let (user, id) = (by.id(), id.0);
    let done = database.change(move |conn| discard_draft(conn, user, id)).await;
    match PageError::unless_refused(done)? {
        Ok(form) => {
            let back = if sent.get("back") == "form" { form.address() } else { "/drafts".to_owned() };
            respond::see_other_saying(&secrets, &back, "good", SAID)
        }
        Err(DraftRefused::Missing | DraftRefused::TooMany | DraftRefused::TooLong) => Err(PageError::NotFound),
    }
}
