//! Killed after each of its statements, what is done with webhooks leaves nothing behind.
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use guildhall::domain::ids::{DeliveryId, WebhookId};
use guildhall::operations::webhooks::{call_again, gather_calls, make_webhook, remove_webhook};
use guildhall::schema::{webhook_deliveries, webhooks};

use super::{SECRET, made};
use crate::award::kill_points::{kill_everywhere_after, outcome};
use crate::support::given::{OpenProject, patient};
use guildhall::domain::webhook::{HookContent, HookTyped};

fn with_webhook(conn: &mut PgConnection, on: &OpenProject) {
    let held: i64 = webhooks::table.filter(webhooks::removed_at.is_null()).count().get_result(conn).expect("a count");
    if held == 0 {
        made(conn, &on.organisation, "https://work.example.org/");
    }
    // of this project the events are news, of the others none: so each look asks the same statements
    diesel::sql_query(
        "INSERT INTO webhook_places (hook_id, project_id, seq) SELECT h.id, p.id, CASE WHEN p.id = $1 THEN 1 ELSE p.event_count END \
         FROM webhooks h JOIN projects p ON p.organisation_id = h.organisation_id WHERE h.removed_at IS NULL \
         ON CONFLICT (hook_id, project_id) DO UPDATE SET seq = excluded.seq",
    )
    .bind::<BigInt, _>(on.id)
    .execute(conn)
    .expect("places");
    diesel::sql_query("DELETE FROM webhook_deliveries").execute(conn).expect("deliveries");
    diesel::sql_query("DELETE FROM jobs").execute(conn).expect("jobs");
}

#[test]
fn a_killed_webhook_leaves_nothing_behind() {
    kill_everywhere_after(
        |conn, _| {
            diesel::sql_query("UPDATE webhooks SET removed_at = now()").execute(conn).expect("webhooks");
        },
        "make_webhook",
        |conn, on| {
            let content = HookContent::parse(&HookTyped { address: "https://a/", kinds: vec!["PROPOSAL_ACCEPTED"] }).expect("a webhook");
            outcome(make_webhook(&mut patient(conn), on.organisation.owner.id, on.organisation.id, &content, SECRET, None))
        },
    );
}

#[test]
fn a_killed_removal_leaves_nothing_behind() {
    kill_everywhere_after(with_webhook, "remove_webhook", |conn, on| {
        let id = webhooks::table.filter(webhooks::removed_at.is_null()).select(webhooks::id).first(conn)?;
        outcome(remove_webhook(&mut patient(conn), on.organisation.owner.id, WebhookId(id)))
    });
}

#[test]
fn a_killed_look_leaves_nothing_behind() {
    kill_everywhere_after(with_webhook, "gather_calls", |conn, _| outcome(gather_calls(&mut patient(conn))));
}

#[test]
fn a_killed_asking_to_send_again_leaves_nothing_behind() {
    let told = |conn: &mut PgConnection, on: &OpenProject| {
        with_webhook(conn, on);
        gather_calls(&mut patient(conn)).expect("calls");
    };
    kill_everywhere_after(told, "call_again", |conn, on| {
        let id = webhook_deliveries::table.select(webhook_deliveries::id).first(conn)?;
        outcome(call_again(&mut patient(conn), on.organisation.owner.id, DeliveryId(id)))
    });
}
