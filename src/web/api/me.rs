//! Who asks.

use actix_web::http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;

use super::etag::{self, Seen};
use super::may::{May, Read};
use super::problem::{Answer, Problems};
use crate::domain::ids::{OrganisationId, UserId};
use crate::domain::token::Scope;

/// In whose name a token asks.
#[derive(Debug, Serialize, ToSchema)]
pub struct Me {
    /// The person.
    #[schema(value_type = i64)]
    id: UserId,
    /// Their name.
    name: String,
    /// Whether they have a freelancer's profile.
    is_freelancer: bool,
    /// What they belong to.
    organisations: Vec<Belonging>,
    /// What the token may be used for.
    scopes: Vec<&'static str>,
}

/// What a person belongs to.
#[derive(Debug, Serialize, ToSchema)]
pub struct Belonging {
    /// The organisation.
    #[schema(value_type = i64)]
    id: OrganisationId,
    /// Its name.
    name: String,
    /// The person's role in it: `OWNER`, `MANAGER`, `FINANCE` or `VIEWER`.
    role: String,
}

/// In whose name the token asks, and what for.
#[utoipa::path(get, path = "/api/v1/me", tag = "me", operation_id = "show_me", security(("token" = ["read"])),
    responses((status = 200, body = Me), Problems))]
pub async fn show(by: May<Read>, seen: Seen) -> Answer {
    let person = by.caller.person;
    let organisations =
        person.memberships.into_iter().map(|one| Belonging { id: one.organisation, name: one.name, role: one.role }).collect();
    let scopes = by.caller.scopes.into_iter().map(Scope::word).collect();
    let me = Me { id: person.id, name: person.name, is_freelancer: person.is_freelancer, organisations, scopes };
    etag::document(StatusCode::OK, 0, &me, &seen)
}
