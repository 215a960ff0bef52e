//! Too late: an invoice moved on, or was changed, while somebody had a page of it open.

use actix_web::http::StatusCode;
use chrono::{DateTime, Utc};

use crate::db::{Database, Failure, invoices, users};
use crate::domain::ids::{InvoiceId, UserId};
use crate::domain::invoice::{Invoice, InvoiceRefused, InvoiceStatus};
use crate::web::error::PageError;
use crate::web::projects::conflict::{Kept, Page};
use crate::web::respond::{self, Answer};
use crate::web::shell::Shell;
use crate::web::shown;

/// What the person wanted of which invoice.
pub struct Wanted {
    /// Who.
    pub by: UserId,
    /// Which.
    pub id: InvoiceId,
    /// What did not happen, as a sentence.
    pub undone: &'static str,
    /// What they typed.
    pub kept: Kept,
}

/// Who brought an invoice into its state, and when.
fn did(invoice: &Invoice) -> Option<(UserId, DateTime<Utc>, &'static str)> {
    match invoice.status {
        InvoiceStatus::Draft => None,
        InvoiceStatus::Issued => Some((invoice.issuer_id, invoice.issued_at?, "issued this invoice")),
        InvoiceStatus::Paid => Some((invoice.paid_by?, invoice.paid_at?, "marked this invoice paid")),
        InvoiceStatus::Void => Some((invoice.voided_by?, invoice.voided_at?, "took this invoice back")),
    }
}

/// The page of a refusal that is nobody's mistake.
pub async fn page(database: &Database, shell: Shell, wanted: Wanted, why: InvoiceRefused) -> Answer {
    let id = wanted.id;
    let found = database.run(move |conn| {
        let invoice = invoices::find(conn, id)?;
        let did = invoice.as_ref().and_then(did);
        let name = did.map(|(who, ..)| users::find(conn, who)).transpose()?.flatten().map(|user| user.name);
        Ok::<_, Failure<std::convert::Infallible>>((did, name))
    });
    let (did, name) = found.await?;
    let name = did.filter(|(who, ..)| *who == wanted.by).map(|_| "You".to_owned()).or(name).unwrap_or_else(|| "Somebody".to_owned());
    let (title, means, happened) = match (why, did) {
        (InvoiceRefused::InvoiceIs(status), Some((_, at, verb))) => (
            format!("{name} {verb} before that"),
            format!("It is {}: that does not change any more.", status.label().to_lowercase()),
            Some((format!("{name} {verb}"), shown::exact(&shell.clock, at))),
        ),
        (InvoiceRefused::Changed { .. }, _) => {
            ("The draft was changed after you opened it".to_owned(), "Read it again: it is not what you saw.".to_owned(), None)
        }
        (InvoiceRefused::OnAnother(_), _) => (
            "What you chose stands on another invoice".to_owned(),
            "Each week and each milestone stands on one invoice at a time. Discard the other draft, or have the other invoice taken back."
                .to_owned(),
            None,
        ),
        (InvoiceRefused::NotApproved, _) => (
            "What you chose is not approved".to_owned(),
            "Only weeks and milestones that the client has approved can be invoiced.".to_owned(),
            None,
        ),
        (InvoiceRefused::Outgrown, _) => (
            "What was approved has changed".to_owned(),
            "The lines of the draft are not what is approved now. Change the draft: the form shows what is.".to_owned(),
            None,
        ),
        (InvoiceRefused::DuePassed, _) => (
            "The day until which it is to be paid is over".to_owned(),
            "Change the draft and choose a day that lies ahead.".to_owned(),
            None,
        ),
        (why, _) => return Err(PageError::refused(&why, wanted.undone)),
    };
    let links = vec![(format!("/invoices/{id}"), "Look at the invoice".to_owned())];
    respond::page_with(StatusCode::CONFLICT, &Page { shell, title, undone: wanted.undone, happened, means, kept: wanted.kept, links })
}
