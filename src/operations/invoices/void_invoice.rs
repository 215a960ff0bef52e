//! Taking an invoice back.

use chrono::Datelike;
use serde_json::json;

use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, Tx, events, invoices, jobs, notices, projects, transaction, users};
use crate::domain::event::{EventKind, Happening};
use crate::domain::ids::{InvoiceId, UserId};
use crate::domain::invoice::{InvoiceRefused, InvoiceStatus, Number, Series, day_in, side};
use crate::domain::job::{NewJob, Priority, Task};
use crate::domain::notice::{Notice, NoticeKind, PAYERS};
use crate::domain::words::Reason;
use crate::operations::refused;

/// Voids an invoice by a credit note in its freelancer's name: its weeks are approved again, and they and its milestones can
/// stand on another.
///
/// # Errors
/// [`InvoiceRefused`], recorded; or whatever broke, with nothing written and no number drawn.
pub fn void_invoice(conn: &mut Connection<'_>, by: UserId, id: InvoiceId, reason: &Reason) -> Result<Number, Failure<InvoiceRefused>> {
    refused(conn, Attempt::new(by, "void_invoice"), |conn| transaction(conn, |tx| void(tx, by, id, reason)))
}

fn void(tx: &mut Tx<'_>, by: UserId, id: InvoiceId, reason: &Reason) -> Result<Number, Failure<InvoiceRefused>> {
    let Some((mut contract, invoice)) = invoices::lock(tx, id)? else { return Err(Failure::Refused(InvoiceRefused::Missing)) };
    let member = projects::membership(tx, contract.organisation_id, by)?;
    side(&contract, by, member.as_ref()).and_then(|side| invoice.may_void(side)).map_err(Failure::Refused)?;
    let issuer = users::find(tx, invoice.issuer_id)?.ok_or(Failure::Refused(InvoiceRefused::Missing))?;
    let on = day_in(&issuer.time_zone, contract.at);
    let lines = invoices::lines(tx, id)?;
    invoices::write_weeks_approved(tx, &invoice, &lines)?;
    invoices::write_void(tx, &contract, &invoice, by, reason.as_str())?;
    let number = invoices::draw(tx, invoice.issuer_id, Series::CreditNote, on.year())?;
    invoices::write_credit_note(tx, &contract, &invoice, number, on)?;
    let hash = contract.words_hash(&[reason.as_str()]);
    let what = Happening::by(by, EventKind::InvoiceVoided)
        .moved(Some(InvoiceStatus::Issued.as_str()), InvoiceStatus::Void.as_str())
        .facts(json!({ "invoice": id, "year": invoice.year, "seq": invoice.seq, "credit_year": number.year, "credit_seq": number.seq, "reason": hash }));
    events::append(tx, &mut contract, what)?;
    let told = [
        Notice::person(NoticeKind::InvoiceVoided, contract.freelancer_id).about(contract.proposal_id),
        Notice::members(NoticeKind::InvoiceVoided, contract.organisation_id, PAYERS),
    ];
    notices::tell(tx, &contract, by, &told)?;
    let task = Task::DrawPaper { invoice: id, credit_note: true };
    let key = invoices::paper_key(id, Series::CreditNote);
    jobs::enqueue(tx, &NewJob { asked_by: Some(by), priority: Priority::Soon, ..NewJob::new(task, key) })?;
    Ok(number)
}
