//! Issuing an invoice.

use chrono::Datelike;
use serde_json::json;

use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, Tx, events, invoices, jobs, notices, organisations, projects, transaction, users};
use crate::domain::event::{EventKind, Happening};
use crate::domain::ids::{InvoiceId, UserId};
use crate::domain::invoice::{InvoiceRefused, InvoiceStatus, Number, Series, day_in, side, still_stands};
use crate::domain::job::{NewJob, Priority, Task};
use crate::domain::notice::{Notice, NoticeKind, PAYERS};
use crate::operations::refused;

/// Gives a draft its number, for good: its weeks become invoiced, the client is told, and its paper is drawn. The number's
/// row is the last lock, so that whoever issues at the same moment waits as shortly as can be.
///
/// # Errors
/// [`InvoiceRefused`], recorded; or whatever broke, with nothing written and no number drawn.
pub fn issue_invoice(conn: &mut Connection<'_>, by: UserId, id: InvoiceId, seen: Option<i32>) -> Result<Number, Failure<InvoiceRefused>> {
    refused(conn, Attempt::new(by, "issue_invoice"), |conn| transaction(conn, |tx| issue(tx, by, id, seen)))
}

fn issue(tx: &mut Tx<'_>, by: UserId, id: InvoiceId, seen: Option<i32>) -> Result<Number, Failure<InvoiceRefused>> {
    let Some((mut contract, invoice)) = invoices::lock(tx, id)? else { return Err(Failure::Refused(InvoiceRefused::Missing)) };
    let member = projects::membership(tx, contract.organisation_id, by)?;
    side(&contract, by, member.as_ref()).and_then(|side| invoice.may_write(side, seen)).map_err(Failure::Refused)?;
    let (lines, ready) = (invoices::lines(tx, id)?, invoices::ready(tx, contract.id)?);
    still_stands(&lines, &ready).map_err(Failure::Refused)?;
    let issuer = users::find(tx, by)?.ok_or(Failure::Refused(InvoiceRefused::Missing))?;
    let client = organisations::find(tx, contract.organisation_id)?.ok_or(Failure::Refused(InvoiceRefused::Missing))?;
    let on = day_in(&issuer.time_zone, contract.at);
    if invoice.due_on < on {
        return Err(Failure::Refused(InvoiceRefused::DuePassed));
    }
    invoices::write_weeks_invoiced(tx, &invoice, &lines)?;
    let number = invoices::draw(tx, by, Series::Invoice, on.year())?;
    invoices::write_issued(tx, &contract, &invoice, &invoices::Issue { number, on, issuer: &issuer.name, client: &client.name })?;
    let what = Happening::by(by, EventKind::InvoiceIssued)
        .moved(Some(InvoiceStatus::Draft.as_str()), InvoiceStatus::Issued.as_str())
        .facts(json!({ "invoice": id, "year": number.year, "seq": number.seq, "total": invoice.total }));
    events::append(tx, &mut contract, what)?;
    notices::tell(tx, &contract, by, &[Notice::members(NoticeKind::InvoiceIssued, contract.organisation_id, PAYERS)])?;
    let task = Task::DrawPaper { invoice: id, credit_note: false };
    let key = invoices::paper_key(id, Series::Invoice);
    jobs::enqueue(tx, &NewJob { asked_by: Some(by), priority: Priority::Soon, ..NewJob::new(task, key) })?;
    Ok(number)
}
