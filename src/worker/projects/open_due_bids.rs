//! Opening the sealed bids that no member has opened.

use serde_json::Value;

use crate::db::projects::due_to_open;
use crate::domain::ids::ProjectId;
use crate::operations::house;
use crate::worker::sweep::sweep;
use crate::worker::{Hand, Rules, Trouble};

/// Answers on how many projects it did.
///
/// # Errors
/// [`Trouble`].
pub async fn open_due_bids(hand: &Hand, rules: Rules) -> Result<Value, Trouble> {
    let waited = rules.opens_bids_after;
    let find = move |conn: &mut _, after| due_to_open(conn, waited, after);
    let swept = sweep(hand, ProjectId(0), find, move |conn, id| house::open_due_bids(conn, id, waited)).await?;
    Ok(swept.result("opened"))
}
