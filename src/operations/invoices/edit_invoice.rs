//! Changing a draft of an invoice.

use serde_json::json;

use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, Tx, events, invoices, projects, transaction};
use crate::domain::event::{EventKind, Happening};
use crate::domain::ids::{InvoiceId, UserId};
use crate::domain::invoice::{InvoiceContent, InvoiceRefused, Sums, compose, side};
use crate::operations::refused;

/// Writes other words and lines over a draft, at the version that was read, under the contract's lock.
///
/// # Errors
/// [`InvoiceRefused`], recorded; or whatever broke, with nothing written.
pub fn edit_invoice(
    conn: &mut Connection<'_>,
    by: UserId,
    id: InvoiceId,
    content: &InvoiceContent,
    seen: Option<i32>,
) -> Result<(), Failure<InvoiceRefused>> {
    refused(conn, Attempt::new(by, "edit_invoice"), |conn| transaction(conn, |tx| edit(tx, by, id, content, seen)))
}

fn edit(tx: &mut Tx<'_>, by: UserId, id: InvoiceId, content: &InvoiceContent, seen: Option<i32>) -> Result<(), Failure<InvoiceRefused>> {
    let Some((mut contract, invoice)) = invoices::lock(tx, id)? else { return Err(Failure::Refused(InvoiceRefused::Missing)) };
    let member = projects::membership(tx, contract.organisation_id, by)?;
    side(&contract, by, member.as_ref()).and_then(|side| invoice.may_write(side, seen)).map_err(Failure::Refused)?;
    let ready = invoices::ready(tx, contract.id)?;
    let lines = compose(content, &ready, Some(id)).map_err(Failure::Refused)?;
    let sums = Sums::of(lines.iter().map(|line| line.amount), content.taxes.iter().map(|tax| tax.basis_points));
    invoices::write_edited(tx, &contract, &invoice, content, &lines, &sums)?;
    let what = Happening::by(by, EventKind::InvoiceEdited).facts(json!({ "invoice": id, "version": invoice.version + 1 }));
    events::append(tx, &mut contract, what)?;
    Ok(())
}
