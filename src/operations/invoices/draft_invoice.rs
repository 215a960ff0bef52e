//! Beginning an invoice.

use serde_json::json;

use crate::db::refused_attempts::Attempt;
use crate::db::request_keys::{self, Claim};
use crate::db::{Connection, Failure, Tx, contracts, events, invoices, projects, transaction};
use crate::domain::event::{EventKind, Happening};
use crate::domain::ids::{ContractId, InvoiceId, UserId};
use crate::domain::invoice::{InvoiceContent, InvoiceRefused, InvoiceStatus, Sums, compose, side};
use crate::domain::request::Request;
use crate::operations::refused;

/// Makes a draft of approved weeks and milestones, under the contract's lock: from then on they stand on it alone. With
/// the same request a second time, answers the one that was made.
///
/// # Errors
/// [`InvoiceRefused`], recorded; or whatever broke, with nothing written.
pub fn draft_invoice(
    conn: &mut Connection<'_>,
    by: UserId,
    contract: ContractId,
    content: &InvoiceContent,
    request: Option<&Request>,
) -> Result<InvoiceId, Failure<InvoiceRefused>> {
    refused(conn, Attempt::new(by, "draft_invoice"), |conn| transaction(conn, |tx| draft(tx, by, contract, content, request)))
}

fn draft(
    tx: &mut Tx<'_>,
    by: UserId,
    contract: ContractId,
    content: &InvoiceContent,
    request: Option<&Request>,
) -> Result<InvoiceId, Failure<InvoiceRefused>> {
    if let Some(request) = request {
        match request_keys::claim(tx, by, request)? {
            Claim::New => {}
            Claim::Done(made) => return Ok(InvoiceId(made)),
            Claim::Reused => return Err(Failure::Refused(InvoiceRefused::KeyReused)),
        }
    }
    let Some(mut contract) = contracts::lock(tx, contract)? else { return Err(Failure::Refused(InvoiceRefused::Missing)) };
    let member = projects::membership(tx, contract.organisation_id, by)?;
    side(&contract, by, member.as_ref()).and_then(|side| side.may_draft()).map_err(Failure::Refused)?;
    let ready = invoices::ready(tx, contract.id)?;
    let lines = compose(content, &ready, None).map_err(Failure::Refused)?;
    let sums = Sums::of(lines.iter().map(|line| line.amount), content.taxes.iter().map(|tax| tax.basis_points));
    let id = invoices::write_draft(tx, &contract, content, &lines, &sums)?;
    let what = Happening::by(by, EventKind::InvoiceDrafted)
        .moved(None, InvoiceStatus::Draft.as_str())
        .facts(json!({ "invoice": id, "version": 1 }));
    events::append(tx, &mut contract, what)?;
    if let Some(request) = request {
        request_keys::keep(tx, by, &request.key, id.0)?;
    }
    Ok(id)
}
