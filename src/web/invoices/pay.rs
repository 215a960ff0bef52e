//! Saying that an invoice is paid.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use askama::Template;

use super::conflict::{self, Wanted};
use super::{not_a_payer, seen};
use crate::db::Database;
use crate::db::invoices::Shown;
use crate::domain::field_errors::FieldErrors;
use crate::domain::ids::InvoiceId;
use crate::domain::invoice::{InvoiceRefused, InvoiceStatus, parse_reference};
use crate::operations::invoices::mark_paid;
use crate::web::context::{Id, SignedIn};
use crate::web::error::PageError;
use crate::web::form::Fields;
use crate::web::respond::{self, Answer};
use crate::web::server::Secrets;
use crate::web::shell::Shell;

const NOT_PAID: &str = "You marked nothing paid, and nobody was told.";

#[derive(Template)]
#[template(path = "invoices/pay.html")]
struct Page {
    shell: Shell,
    shown: Shown,
    errors: FieldErrors,
    reference: String,
}

/// Asks by which transfer.
pub async fn page(by: SignedIn, Id(id): Id<InvoiceId>, database: Database) -> Answer {
    let (user, shell) = (by.id(), by.shell());
    let (shown, side) = seen(&database, id, user).await?;
    if !side.pays() {
        return Err(not_a_payer());
    }
    if !shown.invoice.status.may_become(InvoiceStatus::Paid) {
        let wanted = Wanted { by: user, id, undone: NOT_PAID, kept: Vec::new() };
        return conflict::page(&database, shell, wanted, InvoiceRefused::InvoiceIs(shown.invoice.status)).await;
    }
    respond::page(&Page { shell, shown, errors: FieldErrors::new(), reference: String::new() })
}

/// Writes it down. Whoever did so by the first of two clicks is led to it.
pub async fn submit(by: SignedIn, Id(id): Id<InvoiceId>, database: Database, secrets: Data<Secrets>, sent: Fields) -> Answer {
    let (user, shell, typed) = (by.id(), by.shell(), sent.get("reference").to_owned());
    let errors = match parse_reference(&typed) {
        Err(errors) => errors,
        Ok(reference) => {
            let done = database.change(move |conn| mark_paid(conn, user, id, &reference)).await;
            match PageError::unless_refused(done)? {
                Ok(()) => {
                    let said = "The invoice is marked paid, and the freelancer is told.";
                    return respond::see_other_saying(&secrets, &format!("/invoices/{id}"), "good", said);
                }
                Err(InvoiceRefused::ReferenceUsed) => {
                    let mut errors = FieldErrors::new();
                    errors.add("reference", "Another invoice was marked paid by this transfer: enter the reference of this one");
                    errors
                }
                Err(InvoiceRefused::NotAllowed) => return Err(not_a_payer()),
                Err(why) => {
                    let (shown, _) = seen(&database, id, user).await?;
                    let same = shown.invoice.paid_by == Some(user) && shown.invoice.paid_reference.as_deref() == Some(typed.trim());
                    if same {
                        return respond::see_other(&format!("/invoices/{id}"));
                    }
                    let kept = vec![("The reference that you typed", typed)];
                    return conflict::page(&database, shell, Wanted { by: user, id, undone: NOT_PAID, kept }, why).await;
                }
            }
        }
    };
    let (shown, side) = seen(&database, id, user).await?;
    if !side.pays() {
        return Err(not_a_payer());
    }
    respond::page_with(StatusCode::UNPROCESSABLE_ENTITY, &Page { shell, shown, errors, reference: typed })
}
