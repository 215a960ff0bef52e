//! One call: what happened, signed, to the address that wanted to know.

use serde_json::{Value, json};

use super::line::{Letter, send};
use crate::db::webhooks::{self, Call};
use crate::domain::event::{Audience, EventKind};
use crate::domain::ids::DeliveryId;
use crate::domain::webhook::signature;
use crate::operations::webhooks::note_call;
use crate::worker::{Hand, Rules, Trouble};

/// Calls the webhook, unless it was told already (or is to be told again), and keeps what came of it. Where the process ends
/// between the other side's answer and our commit, it is called again with the same number of the event.
///
/// # Errors
/// [`Trouble`]: it is tried again later.
pub async fn call_webhook(hand: &Hand, delivery: i64, again: bool, rules: Rules) -> Result<Value, Trouble> {
    let id = DeliveryId(delivery);
    let Some(call) =
        hand.database().run(move |conn| Ok::<_, crate::db::Failure<std::convert::Infallible>>(webhooks::call(conn, id)?)).await?
    else {
        return Ok(json!({ "gone": true }));
    };
    if call.removed_at.is_some() || (call.delivered_at.is_some() && !again) {
        return Ok(json!({ "left": true }));
    }
    let body = body(&call).to_string();
    let timestamp = call.now.timestamp();
    let letter = Letter {
        event: format!("{}:{}", call.project, call.seq),
        signature: format!("t={timestamp},v1={}", signature(&call.secret, timestamp, &body)),
        address: call.address,
        body,
    };
    hand.go_on()?;
    let (status, error) = match send(&letter, rules.may_call_inside) {
        Ok(status @ 200..=299) => (Some(status), None),
        Ok(status) => (Some(status), Some(format!("It answered {status}."))),
        Err(why) => (None, Some(why)),
    };
    let (number, why) = (status.map(i32::from), error.clone());
    hand.database().change(move |conn| note_call(conn, id, number, why.as_deref())).await?;
    match error {
        None => Ok(json!({ "status": status })),
        Some(why) => Err(Trouble::Failed(why)),
    }
}

/// Ids, states and times: whoever wants to know more asks the API, as somebody who may. While bids are sealed, no
/// proposal is named that members may not know of.
fn body(call: &Call) -> Value {
    let audience = EventKind::parse(&call.kind).map(EventKind::audience);
    let is_kept = call.sealed && call.bids_opened_at.is_none() && audience != Some(Audience::Concerned);
    json!({
        "id": format!("{}:{}", call.project, call.seq),
        "webhook": call.hook,
        "kind": call.kind,
        "at": call.happened_at,
        "project": call.project,
        "seq": call.seq,
        "proposal": call.proposal.filter(|_| !is_kept),
        "from": call.from_state,
        "to": call.to_state,
    })
}
