//! Opening sealed bids.

use actix_web::http::StatusCode;

use super::publish::AtVersion;
use super::shape::ProjectDocument;
use super::show;
use crate::db::Database;
use crate::domain::ids::ProjectId;
use crate::operations::projects::open_bids;
use crate::web::api::body::Body;
use crate::web::api::etag::{self, Seen};
use crate::web::api::may::{Decide, May};
use crate::web::api::problem::{Answer, Problem, Problems};
use crate::web::context::Id;
use crate::web::error::PageError;

/// Opens a project's sealed bids once its deadline has passed; open ones stay open.
#[utoipa::path(post, path = "/api/v1/projects/{id}/open-bids", tag = "projects", operation_id = "open_bids",
    security(("token" = ["decide"])),
    params(("id" = i64, Path), ("If-Match" = Option<String>, Header), ("Idempotency-Key" = Option<String>, Header)),
    request_body = AtVersion, responses((status = 200, body = ProjectDocument), Problems))]
pub async fn open(by: May<Decide>, Id(id): Id<ProjectId>, seen: Seen, sent: Body<AtVersion>, database: Database) -> Answer {
    let (user, version, once) = (by.id(), seen.or(sent.said.version), sent.once("open_bids"));
    let done = database.change(move |conn| {
        conn.asked_once(once.clone());
        open_bids(conn, user, id, version)?;
        show::after(conn, id, user)
    });
    match PageError::unless_refused(done.await)? {
        Ok(Some(project)) => etag::document(StatusCode::OK, project.version, &project, &Seen::default()),
        Ok(None) => Err(PageError::NotFound.into()),
        Err(why) => Err(Problem::refused("open_bids", &why, seen.is_conditional())),
    }
}
