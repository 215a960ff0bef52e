//! What happened to a project or a contract, for those whom it concerns, with the hashes to check it by.

use actix_web::web::Query;
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::listing::{After, Listing};
use super::may::{May, Read};
use super::problem::{Answer, Problems};
use crate::db::events::Recorded;
use crate::db::history::History;
use crate::db::{Database, contracts, history, projects, proposals};
use crate::domain::chain::hex;
use crate::domain::ids::{ContractId, ProjectId};
use crate::domain::reader::Reader;
use crate::web::context::Id;
use crate::web::error::PageError;
use crate::web::history::words::told;

/// One event. Of what concerns others there is its time and its hashes.
#[derive(Debug, Serialize, ToSchema)]
pub struct Event {
    /// Its place in the project's history, from 1.
    pub seq: i64,
    /// When, by the database's clock.
    pub at: DateTime<Utc>,
    /// What happened, as one word.
    pub kind: Option<String>,
    /// Who did what, in a sentence.
    pub says: Option<String>,
    /// The state before.
    pub from: Option<String>,
    /// The state after.
    pub to: Option<String>,
    /// SHA-256 of the event before, in hex; empty for the first.
    pub prev_hash: String,
    /// Its own.
    pub hash: String,
}

/// A project's history, oldest first, a hundred events at a time.
#[utoipa::path(get, path = "/api/v1/projects/{id}/history", tag = "projects", operation_id = "project_history",
    security(("token" = ["read"])), params(("id" = i64, Path), After), responses((status = 200, body = Listing<Event>), Problems))]
pub async fn of_project(by: May<Read>, Id(id): Id<ProjectId>, asked: Query<After>, database: Database) -> Answer {
    let after = asked.after.unwrap_or(0).max(0);
    let person = by.caller.person;
    let found = database.run(move |conn| {
        let Some(project) = projects::find(conn, id)? else { return Ok(None) };
        let own = proposals::own(conn, id, person.id)?;
        let is_member = person.is_admin || person.role_in(project.organisation_id).is_some();
        let Some(reader) = Reader::of_project(person.id, is_member, own.as_ref(), &project) else { return Ok(None) };
        // What was recorded of the words is a hash; whether these are the same is the page's to say.
        let reader = Reader { cancel_reason: None, ..reader };
        Ok(Some((history::read(conn, &project.chain(), after)?, reader)))
    });
    let (history, reader) = found.await?.ok_or(PageError::NotFound)?;
    listing(&history, &reader).answer(&format!("/api/v1/projects/{id}/history"))
}

/// A contract's history, oldest first, a hundred events at a time.
#[utoipa::path(get, path = "/api/v1/contracts/{id}/history", tag = "contracts", operation_id = "contract_history",
    security(("token" = ["read"])), params(("id" = i64, Path), After), responses((status = 200, body = Listing<Event>), Problems))]
pub async fn of_contract(by: May<Read>, Id(id): Id<ContractId>, asked: Query<After>, database: Database) -> Answer {
    let after = asked.after.unwrap_or(0).max(0);
    let person = by.caller.person;
    let found = database.run(move |conn| {
        let Some(contract) = contracts::find(conn, id)? else { return Ok(None) };
        let is_member = person.is_admin || person.role_in(contract.organisation_id).is_some();
        let Some(reader) = Reader::of_contract(person.id, is_member, &contract) else { return Ok(None) };
        Ok(Some((history::read(conn, &contract.chain(), after)?, reader)))
    });
    let (history, reader) = found.await?.ok_or(PageError::NotFound)?;
    listing(&history, &reader).answer(&format!("/api/v1/contracts/{id}/history"))
}

fn listing(history: &History, reader: &Reader) -> Listing<Event> {
    let event = |event: &Recorded| {
        let is_told = reader.may_read(&event.kind, event.actor_id, history.author(event));
        let only = |said: Option<String>| said.filter(|_| is_told);
        Event {
            seq: event.seq,
            at: event.at,
            kind: only(Some(event.kind.clone())),
            says: is_told.then(|| told(event, history, reader).says),
            from: only(event.from_state.clone()),
            to: only(event.to_state.clone()),
            prev_hash: hex(&event.prev_hash),
            hash: hex(&event.hash),
        }
    };
    let items: Vec<Event> = history.events.iter().map(event).collect();
    let next = items.last().filter(|_| history.more).map(|last| last.seq);
    Listing { items, next }
}
