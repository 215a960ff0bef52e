//! Changing a draft of an invoice.

use actix_web::http::StatusCode;
use actix_web::web::Data;

use super::conflict::{self, Wanted};
use super::form::{self, Page};
use super::{not_the_freelancer, seen};
use crate::db::invoices::Shown;
use crate::db::{Database, invoices};
use crate::domain::field_errors::FieldErrors;
use crate::domain::ids::InvoiceId;
use crate::domain::invoice::{InvoiceRefused, InvoiceStatus};
use crate::operations::invoices::edit_invoice;
use crate::web::context::{Id, SignedIn};
use crate::web::error::PageError;
use crate::web::form::Fields;
use crate::web::respond::{self, Answer};
use crate::web::server::Secrets;
use crate::web::shell::Shell;

const NOT_SAVED: &str = "Your changes were not saved.";

/// Shows the form.
pub async fn page(by: SignedIn, Id(id): Id<InvoiceId>, database: Database) -> Answer {
    let (user, shell) = (by.id(), by.shell());
    let (shown, side) = seen(&database, id, user).await?;
    if !side.issues() {
        return Err(not_the_freelancer());
    }
    if shown.invoice.status != InvoiceStatus::Draft {
        let wanted = Wanted { by: user, id, undone: NOT_SAVED, kept: Vec::new() };
        return conflict::page(&database, shell, wanted, InvoiceRefused::InvoiceIs(shown.invoice.status)).await;
    }
    let typed = form::stands(&shown);
    respond::page(&again(&database, shell, shown, typed, FieldErrors::new()).await?)
}

async fn again(database: &Database, shell: Shell, shown: Shown, typed: Fields, errors: FieldErrors) -> Result<Page, PageError> {
    let contract = shown.invoice.contract_id;
    let ready = database.run(move |conn| Ok(invoices::ready(conn, contract)?)).await?;
    let (draft, currency) = (Some(shown.invoice.id), shown.invoice.currency);
    Ok(Page { shell, contract, draft, work: shown.title, client: shown.client, currency, ready, typed, errors, key: String::new() })
}

/// Writes what was typed over the version that was read.
pub async fn submit(by: SignedIn, Id(id): Id<InvoiceId>, database: Database, secrets: Data<Secrets>, sent: Fields) -> Answer {
    let (user, shell) = (by.id(), by.shell());
    let content = match form::parse(&sent) {
        Ok(content) => content,
        Err(errors) => {
            let (shown, side) = seen(&database, id, user).await?;
            if !side.issues() {
                return Err(not_the_freelancer());
            }
            let page = again(&database, shell, shown, sent, errors).await?;
            return respond::page_with(StatusCode::UNPROCESSABLE_ENTITY, &page);
        }
    };
    let version = sent.version("version");
    let done = database.change(move |conn| edit_invoice(conn, user, id, &content, version)).await;
    match PageError::unless_refused(done)? {
        Ok(()) => respond::see_other_saying(&secrets, &format!("/invoices/{id}"), "good", "The draft is saved."),
        Err(InvoiceRefused::NotAllowed) => Err(not_the_freelancer()),
        Err(why) => {
            let kept = [("Words below the sums", "note"), ("You", "issuer_details"), ("The client", "client_details")]
                .into_iter()
                .map(|(label, name)| (label, sent.get(name).to_owned()))
                .filter(|(_, words)| !words.is_empty())
                .collect();
            conflict::page(&database, shell, Wanted { by: user, id, undone: NOT_SAVED, kept }, why).await
        }
    }
}
