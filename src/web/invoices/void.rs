//! Taking an invoice back by a credit note.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use askama::Template;

use super::conflict::{self, Wanted};
use super::{not_to_void, seen};
use crate::db::Database;
use crate::db::invoices::Shown;
use crate::domain::field_errors::FieldErrors;
use crate::domain::ids::InvoiceId;
use crate::domain::invoice::{InvoiceRefused, InvoiceStatus};
use crate::domain::words::Reason;
use crate::operations::invoices::void_invoice;
use crate::web::context::{Id, SignedIn};
use crate::web::error::PageError;
use crate::web::form::Fields;
use crate::web::respond::{self, Answer};
use crate::web::server::Secrets;
use crate::web::shell::Shell;

const NOT_VOID: &str = "You took nothing back, and nobody was told.";

#[derive(Template)]
#[template(path = "invoices/void.html")]
struct Page {
    shell: Shell,
    shown: Shown,
    errors: FieldErrors,
    reason: String,
}

/// Asks why.
pub async fn page(by: SignedIn, Id(id): Id<InvoiceId>, database: Database) -> Answer {
    let (user, shell) = (by.id(), by.shell());
    let (shown, side) = seen(&database, id, user).await?;
    if !side.voids() {
        return Err(not_to_void());
    }
    if !shown.invoice.status.may_become(InvoiceStatus::Void) {
        let wanted = Wanted { by: user, id, undone: NOT_VOID, kept: Vec::new() };
        return conflict::page(&database, shell, wanted, InvoiceRefused::InvoiceIs(shown.invoice.status)).await;
    }
    respond::page(&Page { shell, shown, errors: FieldErrors::new(), reason: String::new() })
}

/// Takes it back.
pub async fn submit(by: SignedIn, Id(id): Id<InvoiceId>, database: Database, secrets: Data<Secrets>, sent: Fields) -> Answer {
    let (user, shell, typed) = (by.id(), by.shell(), sent.get("reason").to_owned());
    let reason = match Reason::parse(&typed) {
        Ok(reason) => reason,
        Err(wrong) => {
            let (shown, side) = seen(&database, id, user).await?;
            if !side.voids() {
                return Err(not_to_void());
            }
            let mut errors = FieldErrors::new();
            errors.add("reason", wrong.to_string());
            return respond::page_with(StatusCode::UNPROCESSABLE_ENTITY, &Page { shell, shown, errors, reason: typed });
        }
    };
    let done = database.change(move |conn| void_invoice(conn, user, id, &reason)).await;
    match PageError::unless_refused(done)? {
        Ok(number) => {
            let said = format!("The invoice is void by credit note {number}, and the other side is told.");
            respond::see_other_saying(&secrets, &format!("/invoices/{id}"), "good", &said)
        }
        Err(InvoiceRefused::NotAllowed) => Err(not_to_void()),
        Err(why) => {
            let (shown, _) = seen(&database, id, user).await?;
            if shown.invoice.voided_by == Some(user) {
                return respond::see_other(&format!("/invoices/{id}"));
            }
            let kept = vec![("The reason that you typed", typed)];
            conflict::page(&database, shell, Wanted { by: user, id, undone: NOT_VOID, kept }, why).await
        }
    }
}
