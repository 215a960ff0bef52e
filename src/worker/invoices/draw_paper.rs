//! Drawing the paper of an invoice or of its credit note.

use std::convert::Infallible;

use serde_json::{Value, json};

use crate::db::{Failure, invoices};
use crate::domain::ids::InvoiceId;
use crate::domain::invoice::Series;
use crate::exports::{Paper, pdf};
use crate::operations::invoices::keep_paper;
use crate::worker::{Hand, Trouble};

/// Draws it once and keeps it.
///
/// # Errors
/// [`Trouble`].
pub async fn draw_paper(hand: &Hand, id: InvoiceId, series: Series) -> Result<Value, Trouble> {
    let shown = hand.database().run(move |conn| Ok::<_, Failure<Infallible>>(invoices::find_whole(conn, id)?)).await?;
    let Some(paper) = shown.as_ref().and_then(|shown| Paper::of(shown, series)) else { return Ok(json!({ "gone": true })) };
    let bytes = pdf(&paper).map_err(Trouble::Failed)?;
    let (claim, size) = (hand.claim, bytes.len());
    if !hand.database().change(move |conn| keep_paper(conn, &claim, id, series, &bytes)).await? {
        return Err(Trouble::Stopped);
    }
    Ok(json!({ "bytes": size, "href": format!("/invoices/{id}"), "label": "See the invoice" }))
}
