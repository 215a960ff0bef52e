//! Pages of invoices.

mod conflict;
pub mod discard;
pub mod edit;
mod form;
pub mod issue;
pub mod list;
pub mod new;
pub mod paper;
pub mod pay;
pub mod show;
pub mod void;

use crate::db::invoices::Shown;
use crate::db::{Database, invoices};
use crate::domain::ids::{InvoiceId, UserId};
use crate::domain::invoice::Side;
use crate::web::error::PageError;

/// An invoice for one of the sides of its contract; for everybody else it is not there.
async fn seen(database: &Database, id: InvoiceId, reader: UserId) -> Result<(Shown, Side), PageError> {
    database.run(move |conn| Ok(invoices::find_for(conn, id, reader)?)).await?.ok_or(PageError::NotFound)
}

/// Whose it is to write invoices.
fn not_the_freelancer() -> PageError {
    PageError::NotAllowed("The freelancer of a contract writes and issues its invoices.".to_owned())
}

/// Whose it is to pay them.
fn not_a_payer() -> PageError {
    PageError::NotAllowed("Owners and the finance members of the client say that an invoice is paid.".to_owned())
}

/// Whose it is to take them back.
fn not_to_void() -> PageError {
    PageError::NotAllowed("Its freelancer, and owners and finance members of the client, take an invoice back.".to_owned())
}
