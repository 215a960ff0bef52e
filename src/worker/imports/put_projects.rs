//! Putting a file's projects, row by row.

use std::sync::Arc;

use serde_json::{Value, json};

use crate::db::{Failure, imports};
use crate::domain::ids::{ImportId, UserId};
use crate::operations::imports::{finish_import, import_row};
use crate::worker::{Hand, Trouble};

/// So many rows are read at once, and after so many it says how far it has come.
const BATCH: i64 = 25;

/// Puts every row that nobody has dealt with. Each in a transaction of its own: one that is wrong hurts no other, and an
/// attempt that was broken off is gone on with where it stopped.
///
/// # Errors
/// [`Trouble`].
pub async fn put_projects(hand: &Hand, id: ImportId, by: UserId) -> Result<Value, Trouble> {
    let claim = hand.claim;
    let found = hand.database().run(move |conn| Ok::<_, Failure<std::convert::Infallible>>(imports::find(conn, id)?)).await?;
    let Some(import) = found.map(Arc::new) else { return Ok(json!({ "gone": true })) };
    let mut done = import.done;
    loop {
        let rows = hand.database().run(move |conn| Ok::<_, Failure<std::convert::Infallible>>(imports::waiting(conn, id, BATCH)?)).await?;
        if rows.is_empty() {
            break;
        }
        for row in rows {
            hand.go_on()?;
            let of = Arc::clone(&import);
            let put = hand.database().change(move |conn| import_row(conn, &claim, by, of.organisation_id, (id, &of.source, &row)));
            put.await?.ok_or(Trouble::Stopped)?;
            done += 1;
        }
        let progress = done * 100 / i64::from(import.row_count.max(1));
        hand.report(i16::try_from(progress).unwrap_or(100), &format!("{done} of {} rows", import.row_count)).await?;
    }
    if !hand.database().change(move |conn| finish_import(conn, &claim, id, by)).await? {
        return Err(Trouble::Stopped);
    }
    Ok(json!({ "import": id, "rows": done, "href": format!("/imports/{id}"), "label": "See what became of them" }))
}
