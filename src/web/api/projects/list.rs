//! Lists of projects: what is open, and what an organisation has.
#![expect(unused_qualifications, reason = "the document is made of the parameters by their whole names")]

use actix_web::HttpRequest;
use actix_web::web::Query;
use serde::Deserialize;
use utoipa::IntoParams;

use super::shape::ProjectLine;
use crate::db::projects::{Filter, Listed};
use crate::db::{Database, projects};
use crate::domain::ids::{OrganisationId, ProjectId};
use crate::web::api::listing::{After, Listing};
use crate::web::api::may::{May, Read};
use crate::web::api::problem::{Answer, Problems};
use crate::web::context::Id;
use crate::web::error::PageError;
use crate::web::projects::asked::Asked;

/// What is looked for. What makes no sense is passed over, as on the page.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "says what there is to the document; the page's own reader reads it")]
pub struct Wanted {
    /// Words in title, skills, description.
    q: Option<String>,
    /// A skill.
    skill: Option<String>,
    /// `FIXED` or `HOURLY`.
    kind: Option<String>,
    /// The budget reaches this.
    min: Option<String>,
    /// The budget begins at or below this.
    max: Option<String>,
    /// Closes within so many days.
    closing: Option<String>,
    /// `me`: to which the caller is invited.
    r#for: Option<String>,
    /// `newest` (default), `closing` or `budget`.
    sort: Option<String>,
    /// The last row of the page before.
    after: Option<i64>,
}

/// Open projects, twenty at a time.
#[utoipa::path(get, path = "/api/v1/projects", tag = "projects", operation_id = "list_projects", security(("token" = ["read"])),
    params(Wanted), responses((status = 200, body = Listing<ProjectLine>), Problems))]
pub async fn open(by: May<Read>, request: HttpRequest, database: Database) -> Answer {
    let asked = Asked::parse(request.query_string());
    let filter: Filter = asked.filter(Some(by.id()));
    let page = database.run(move |conn| Ok(projects::open(conn, &filter)?)).await?;
    let address = asked.address().replacen("/projects", "/api/v1/projects", 1);
    listing(page).answer(&address)
}

/// An organisation's own projects in every state, newest first, for its members.
#[utoipa::path(get, path = "/api/v1/organisations/{id}/projects", tag = "projects", operation_id = "list_own_projects",
    security(("token" = ["read"])), params(("id" = i64, Path), After), responses((status = 200, body = Listing<ProjectLine>), Problems))]
pub async fn own(by: May<Read>, Id(id): Id<OrganisationId>, asked: Query<After>, database: Database) -> Answer {
    by.person().role_in(id).ok_or(PageError::NotFound)?;
    let after = asked.after.map(ProjectId);
    let page = database.run(move |conn| Ok(projects::of_organisation(conn, id, after)?)).await?;
    listing(page).answer(&format!("/api/v1/organisations/{id}/projects"))
}

fn listing((rows, more): (Vec<Listed>, bool)) -> Listing<ProjectLine> {
    let next = rows.last().filter(|_| more).map(|last| last.id.0);
    Listing { items: rows.into_iter().map(ProjectLine::from).collect(), next }
}
