//! Keeping the paper of an invoice.

use std::convert::Infallible;

use crate::db::{Connection, Failure, invoices, jobs, transaction};
use crate::domain::ids::InvoiceId;
use crate::domain::invoice::Series;
use crate::domain::job::Claim;

/// Keeps what was drawn. Answers whether the claim holds: otherwise another draws it, which comes to the same bytes.
///
/// # Errors
/// Whatever broke, with nothing written.
pub fn keep_paper(
    conn: &mut Connection<'_>,
    claim: &Claim,
    id: InvoiceId,
    series: Series,
    bytes: &[u8],
) -> Result<bool, Failure<Infallible>> {
    transaction(conn, |tx| {
        let held = jobs::fence(tx, claim)?;
        if held {
            invoices::write_paper(tx, id, series, bytes)?;
        }
        Ok(held)
    })
}
