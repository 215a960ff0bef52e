//! Saying that an invoice is paid.

use serde_json::json;

use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, Fault, Tx, events, invoices, notices, projects, transaction};
use crate::domain::event::{EventKind, Happening};
use crate::domain::ids::{InvoiceId, UserId};
use crate::domain::invoice::{InvoiceRefused, InvoiceStatus, side};
use crate::domain::notice::{Notice, NoticeKind};
use crate::domain::words::PaymentReference;
use crate::operations::refused;

/// Writes down by which transfer an invoice was paid; its milestones are paid with it. Guildhall moves no money.
///
/// # Errors
/// [`InvoiceRefused`], recorded; or whatever broke, with nothing written.
pub fn mark_paid(
    conn: &mut Connection<'_>,
    by: UserId,
    id: InvoiceId,
    reference: &PaymentReference,
) -> Result<(), Failure<InvoiceRefused>> {
    refused(conn, Attempt::new(by, "mark_paid"), |conn| transaction(conn, |tx| pay(tx, by, id, reference)))
}

fn pay(tx: &mut Tx<'_>, by: UserId, id: InvoiceId, reference: &PaymentReference) -> Result<(), Failure<InvoiceRefused>> {
    let Some((mut contract, invoice)) = invoices::lock(tx, id)? else { return Err(Failure::Refused(InvoiceRefused::Missing)) };
    let member = projects::membership(tx, contract.organisation_id, by)?;
    side(&contract, by, member.as_ref()).and_then(|side| invoice.may_pay(side)).map_err(Failure::Refused)?;
    let lines = invoices::lines(tx, id)?;
    match invoices::write_paid(tx, &contract, &invoice, by, reference.as_str()).map_err(Fault::from) {
        Ok(1) => {}
        // under the contract's lock nobody else can have moved it
        Ok(wrote) => return Err(Fault::Miscounted { what: "invoices paid", meant: 1, wrote }.into()),
        Err(fault) if fault.constraint() == Some("invoices_reference_once") => return Err(Failure::Refused(InvoiceRefused::ReferenceUsed)),
        Err(fault) => return Err(fault.into()),
    }
    invoices::write_milestones_paid(tx, &contract, &invoice, &lines)?;
    let hash = contract.words_hash(&[reference.as_str()]);
    let what = Happening::by(by, EventKind::InvoicePaid)
        .moved(Some(InvoiceStatus::Issued.as_str()), InvoiceStatus::Paid.as_str())
        .facts(json!({ "invoice": id, "year": invoice.year, "seq": invoice.seq, "reference": hash }));
    events::append(tx, &mut contract, what)?;
    notices::tell(tx, &contract, by, &[Notice::person(NoticeKind::InvoicePaid, contract.freelancer_id).about(contract.proposal_id)])?;
    Ok(())
}
