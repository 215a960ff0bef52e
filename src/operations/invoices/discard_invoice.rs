//! Throwing a draft of an invoice away.

use serde_json::json;

use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, Tx, events, invoices, projects, transaction};
use crate::domain::event::{EventKind, Happening};
use crate::domain::ids::{ContractId, InvoiceId, UserId};
use crate::domain::invoice::{InvoiceRefused, InvoiceStatus, side};
use crate::operations::refused;

/// Deletes a draft: what stood on it can stand on another. Answers its contract.
///
/// # Errors
/// [`InvoiceRefused`], recorded; or whatever broke, with nothing written.
pub fn discard_invoice(conn: &mut Connection<'_>, by: UserId, id: InvoiceId) -> Result<ContractId, Failure<InvoiceRefused>> {
    refused(conn, Attempt::new(by, "discard_invoice"), |conn| transaction(conn, |tx| discard(tx, by, id)))
}

fn discard(tx: &mut Tx<'_>, by: UserId, id: InvoiceId) -> Result<ContractId, Failure<InvoiceRefused>> {
    let Some((mut contract, invoice)) = invoices::lock(tx, id)? else { return Err(Failure::Refused(InvoiceRefused::Missing)) };
    let member = projects::membership(tx, contract.organisation_id, by)?;
    side(&contract, by, member.as_ref()).and_then(|side| invoice.may_write(side, None)).map_err(Failure::Refused)?;
    invoices::write_discarded(tx, &invoice)?;
    let what = Happening::by(by, EventKind::InvoiceDiscarded)
        .moved(Some(InvoiceStatus::Draft.as_str()), "DISCARDED")
        .facts(json!({ "invoice": id }));
    events::append(tx, &mut contract, what)?;
    Ok(contract.id)
}
