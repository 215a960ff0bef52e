//! One proposal, for its author and for the client's members.

use actix_web::http::StatusCode;

use super::shape::ProposalDocument;
use crate::db::{Connection, Database, Failure, PgConnection, QueryResult};
use crate::domain::ids::ProposalId;
use crate::domain::person::Person;
use crate::web::api::etag::{self, Seen};
use crate::web::api::may::{May, Read};
use crate::web::api::problem::{Answer, Problems};
use crate::web::context::Id;
use crate::web::error::PageError;
use crate::web::proposals::standing::{self, Reader};

/// A proposal as somebody may see it now; nothing where they may not know of it, or bids are sealed and it is not theirs.
pub fn read(conn: &mut PgConnection, id: ProposalId, reader: &Person) -> QueryResult<Option<ProposalDocument>> {
    let Some(standing) = standing::read(conn, id, reader.id)? else { return Ok(None) };
    let Some(is) = standing.reader(reader) else { return Ok(None) };
    let named = standing.named;
    Ok(Some(ProposalDocument::of(named.proposal, named.freelancer, &standing.project, is == Reader::Author)))
}

/// The same behind an operation that was done to it.
///
/// # Errors
/// Whatever broke.
pub fn after<E>(conn: &mut Connection<'_>, id: ProposalId, reader: &Person) -> Result<Option<ProposalDocument>, Failure<E>> {
    Ok(read(conn, id, reader)?)
}

/// One proposal.
#[utoipa::path(get, path = "/api/v1/proposals/{id}", tag = "proposals", operation_id = "show_proposal", security(("token" = ["read"])),
    params(("id" = i64, Path)), responses((status = 200, body = ProposalDocument), (status = 304), Problems))]
pub async fn show(by: May<Read>, Id(id): Id<ProposalId>, seen: Seen, database: Database) -> Answer {
    let person = by.caller.person;
    let proposal = database.run(move |conn| Ok(read(conn, id, &person)?)).await?.ok_or(PageError::NotFound)?;
    etag::document(StatusCode::OK, proposal.version, &proposal, &seen)
}
