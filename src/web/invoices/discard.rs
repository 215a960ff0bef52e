//! Throwing a draft of an invoice away.

use actix_web::web::Data;

use super::conflict::{self, Wanted};
use super::not_the_freelancer;
use crate::db::Database;
use crate::domain::ids::InvoiceId;
use crate::domain::invoice::InvoiceRefused;
use crate::operations::invoices::discard_invoice;
use crate::web::context::{Id, SignedIn};
use crate::web::error::PageError;
use crate::web::respond::{self, Answer};
use crate::web::server::Secrets;

/// Discards it.
pub async fn submit(by: SignedIn, Id(id): Id<InvoiceId>, database: Database, secrets: Data<Secrets>) -> Answer {
    let (user, shell) = (by.id(), by.shell());
    let done = database.change(move |conn| discard_invoice(conn, user, id)).await;
    match PageError::unless_refused(done)? {
        Ok(contract) => {
            let said = "The draft is gone. What stood on it can be invoiced.";
            respond::see_other_saying(&secrets, &format!("/contracts/{contract}/invoices"), "good", said)
        }
        Err(InvoiceRefused::NotAllowed) => Err(not_the_freelancer()),
        Err(why) => {
            let undone = "Nothing was discarded.";
            conflict::page(&database, shell, Wanted { by: user, id, undone, kept: Vec::new() }, why).await
        }
    }
}
