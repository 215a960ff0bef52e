//! An invoice, and its credit note: the paper, and what can be done with it.

use askama::Template;

use super::seen;
use crate::db::Database;
use crate::db::invoices::Shown;
use crate::domain::ids::InvoiceId;
use crate::domain::invoice::{InvoiceStatus, Series, Side};
use crate::exports::{PAPER_HEADS, Paper, day};
use crate::web::context::{Id, SignedIn};
use crate::web::error::PageError;
use crate::web::respond::{self, Answer};
use crate::web::shell::Shell;
use crate::web::shown::{self, Moment};

#[derive(Template)]
#[template(path = "invoices/show.html")]
struct Page {
    shell: Shell,
    shown: Shown,
    side: Side,
    series: Series,
    paper: Paper,
}

/// The invoice.
pub async fn page(by: SignedIn, id: Id<InvoiceId>, database: Database) -> Answer {
    paper(by, id.0, database, Series::Invoice).await
}

/// What took it back.
pub async fn credit_note(by: SignedIn, id: Id<InvoiceId>, database: Database) -> Answer {
    paper(by, id.0, database, Series::CreditNote).await
}

async fn paper(by: SignedIn, id: InvoiceId, database: Database, series: Series) -> Answer {
    let (shown, side) = seen(&database, id, by.id()).await?;
    let paper = Paper::of(&shown, series).ok_or(PageError::NotFound)?;
    respond::page(&Page { shell: by.shell(), shown, side, series, paper })
}

impl Page {
    fn rail(&self) -> ([&'static str; 3], usize) {
        match self.shown.invoice.status {
            InvoiceStatus::Draft => (["Draft", "Issued", "Paid"], 0),
            InvoiceStatus::Issued => (["Draft", "Issued", "Paid"], 1),
            InvoiceStatus::Paid => (["Draft", "Issued", "Paid"], 3),
            InvoiceStatus::Void => (["Draft", "Issued", "Void"], 2),
        }
    }

    fn title(&self) -> String {
        if self.paper.number.is_empty() { "Draft of an invoice".to_owned() } else { format!("{} {}", self.paper.title, self.paper.number) }
    }

    fn is_draft(&self) -> bool {
        self.shown.invoice.status == InvoiceStatus::Draft
    }

    fn is_invoice(&self) -> bool {
        self.series == Series::Invoice
    }

    fn may_issue(&self) -> bool {
        self.is_draft() && self.side.issues()
    }

    fn may_pay(&self) -> bool {
        self.shown.invoice.status.may_become(InvoiceStatus::Paid) && self.side.pays()
    }

    fn may_void(&self) -> bool {
        self.shown.invoice.status.may_become(InvoiceStatus::Void) && self.side.voids()
    }

    /// How it ended: when, and by which words.
    fn ended(&self) -> Option<(Moment, &'static str, &str)> {
        let invoice = &self.shown.invoice;
        let moment = |at| shown::time(&self.shell.clock, at);
        match invoice.status {
            InvoiceStatus::Paid => Some((moment(invoice.paid_at?), "Paid by the transfer", invoice.paid_reference.as_deref()?)),
            InvoiceStatus::Void => Some((moment(invoice.voided_at?), "Taken back, because", invoice.void_reason.as_deref()?)),
            InvoiceStatus::Draft | InvoiceStatus::Issued => None,
        }
    }

    fn due(&self) -> String {
        day(self.shown.invoice.due_on)
    }

    fn heads(&self) -> [&'static str; 4] {
        PAPER_HEADS
    }
}
