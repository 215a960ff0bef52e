//! Issuing an invoice: a page that says what follows, and the act.

use actix_web::web::Data;
use askama::Template;

use super::conflict::{self, Wanted};
use super::{not_the_freelancer, seen};
use crate::db::Database;
use crate::db::invoices::Shown;
use crate::domain::ids::InvoiceId;
use crate::domain::invoice::{InvoiceRefused, InvoiceStatus};
use crate::exports::day;
use crate::operations::invoices::issue_invoice;
use crate::web::context::{Id, SignedIn};
use crate::web::error::PageError;
use crate::web::form::Fields;
use crate::web::respond::{self, Answer};
use crate::web::server::Secrets;
use crate::web::shell::Shell;

const NOT_ISSUED: &str = "You issued nothing, no number was drawn, and nobody was told.";

#[derive(Template)]
#[template(path = "invoices/issue.html")]
struct Page {
    shell: Shell,
    shown: Shown,
}

/// Asks.
pub async fn page(by: SignedIn, Id(id): Id<InvoiceId>, database: Database) -> Answer {
    let (user, shell) = (by.id(), by.shell());
    let (shown, side) = seen(&database, id, user).await?;
    if !side.issues() {
        return Err(not_the_freelancer());
    }
    if shown.invoice.status != InvoiceStatus::Draft {
        let wanted = Wanted { by: user, id, undone: NOT_ISSUED, kept: Vec::new() };
        return conflict::page(&database, shell, wanted, InvoiceRefused::InvoiceIs(shown.invoice.status)).await;
    }
    respond::page(&Page { shell, shown })
}

/// Issues it. Whoever did so by the first of two clicks is led to it.
pub async fn submit(by: SignedIn, Id(id): Id<InvoiceId>, database: Database, secrets: Data<Secrets>, sent: Fields) -> Answer {
    let (user, shell, version) = (by.id(), by.shell(), sent.version("version"));
    let done = database.change(move |conn| issue_invoice(conn, user, id, version)).await;
    match PageError::unless_refused(done)? {
        Ok(number) => {
            let said = format!("Invoice {number} is issued, and the client is told.");
            respond::see_other_saying(&secrets, &format!("/invoices/{id}"), "good", &said)
        }
        Err(InvoiceRefused::InvoiceIs(InvoiceStatus::Issued)) => respond::see_other(&format!("/invoices/{id}")),
        Err(InvoiceRefused::NotAllowed) => Err(not_the_freelancer()),
        Err(why) => conflict::page(&database, shell, Wanted { by: user, id, undone: NOT_ISSUED, kept: Vec::new() }, why).await,
    }
}

impl Page {
    fn due(&self) -> String {
        day(self.shown.invoice.due_on)
    }
}
