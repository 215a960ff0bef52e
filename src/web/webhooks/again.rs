//! Telling something once more.

use actix_web::web::Data;

use crate::db::Database;
use crate::domain::ids::DeliveryId;
use crate::operations::webhooks::call_again;
use crate::web::context::{Id, SignedIn};
use crate::web::error::PageError;
use crate::web::respond::{self, Answer};
use crate::web::server::Secrets;

/// Asks for it.
pub async fn submit(by: SignedIn, Id(id): Id<DeliveryId>, database: Database, secrets: Data<Secrets>) -> Answer {
    let user = by.id();
    let done = database.change(move |conn| call_again(conn, user, id)).await;
    match PageError::unless_refused(done)? {
        Ok(hook) => {
            respond::see_other_saying(&secrets, &format!("/webhooks/{hook}"), "good", "It is sent again in a moment, with the same number.")
        }
        Err(why) => Err(PageError::refused(&why, "Only an owner keeps an organisation’s webhooks.")),
    }
}
