//! Warning of the closing of projects on which nobody decides, and closing them.

use serde_json::{Value, json};

use crate::db::projects::{due_to_close, due_to_warn};
use crate::domain::ids::ProjectId;
use crate::domain::named_lock::NamedLock;
use crate::operations::house::{close_overdue_project, warn_of_closing};
use crate::worker::sweep::{in_turn, sweep_under};
use crate::worker::{Hand, Rules, Trouble};

/// Answers how many. Where the house closes nothing, it warns of nothing.
///
/// # Errors
/// [`Trouble`].
pub async fn close_overdue(hand: &Hand, rules: Rules) -> Result<Value, Trouble> {
    let Some(rule) = rules.closes_after else { return Ok(json!({ "never": true })) };
    in_turn(hand, NamedLock::Many("autoclose"), async |turn| {
        let warned = sweep_under(
            hand,
            turn,
            ProjectId(0),
            move |conn: &mut _, after| due_to_warn(conn, rule, after),
            move |conn, id| warn_of_closing(conn, id, rule),
        )
        .await?;
        let closed = sweep_under(
            hand,
            turn,
            ProjectId(0),
            move |conn: &mut _, after| due_to_close(conn, rule, after),
            move |conn, id| close_overdue_project(conn, id, rule),
        )
        .await?;
        Ok(json!({ "warned": warned.done, "closed": closed.done, "left": warned.left + closed.left }))
    })
    .await
}
