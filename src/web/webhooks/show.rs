//! One webhook: what it tells, and what came of each call.

use actix_web::web::Query;
use askama::Template;
use serde::Deserialize;

use super::{for_owners, tells, words};
use crate::db::webhooks::{Delivery, Hook};
use crate::db::{Database, Portion, webhooks};
use crate::domain::ids::{DeliveryId, WebhookId};
use crate::web::context::{Id, SignedIn};
use crate::web::error::PageError;
use crate::web::respond::{self, Answer};
use crate::web::shell::Shell;
use crate::web::shown::{self, Moment};

/// Where the log begins.
#[derive(Debug, Default, Deserialize)]
pub struct After {
    after: Option<i64>,
}

#[derive(Template)]
#[template(path = "webhooks/show.html")]
struct Page {
    shell: Shell,
    hook: Hook,
    deliveries: Vec<Delivery>,
    first: String,
    next: String,
}

/// Shows it to an owner.
pub async fn page(by: SignedIn, Id(id): Id<WebhookId>, database: Database, asked: Option<Query<After>>) -> Answer {
    let after = asked.and_then(|asked| asked.after).map(DeliveryId);
    let found = database.run(move |conn| {
        let Some(hook) = webhooks::find(conn, id)? else { return Ok(None) };
        let (deliveries, more) = webhooks::deliveries(conn, id, after, Portion::Page)?;
        Ok(Some((hook, deliveries, more)))
    });
    let (hook, deliveries, more) = found.await?.ok_or(PageError::NotFound)?;
    for_owners(&by.person, hook.organisation)?;
    let next = deliveries.last().filter(|_| more).map_or_else(String::new, |last| format!("/webhooks/{id}?after={}", last.id));
    let first = if after.is_some() { format!("/webhooks/{id}") } else { String::new() };
    respond::page(&Page { shell: by.shell(), hook, deliveries, first, next })
}

impl Page {
    fn tells(&self) -> String {
        tells(&self.hook)
    }

    fn words<'d>(&self, delivery: &'d Delivery) -> &'d str {
        words(&delivery.kind)
    }

    fn time(&self, at: &chrono::DateTime<chrono::Utc>) -> Moment {
        shown::exact(&self.shell.clock, *at)
    }

    fn tag(&self, delivery: &Delivery) -> (&'static str, &'static str) {
        match (delivery.delivered_at.is_some(), delivery.error.is_some()) {
            (true, false) => ("go", "Delivered"),
            (_, true) => ("stop", "Not delivered"),
            (false, false) => ("wait", "Waiting"),
        }
    }
}
