//! What projects are called where they come from.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use crate::db::prepared::statement;
use crate::db::transaction::Patience;
use crate::db::users::key_of;
use crate::db::{Fault, Tx};
use crate::domain::ids::{OrganisationId, ProjectId};
use crate::domain::project::Reference;
use crate::schema::project_references;

/// The project of an organisation that another system calls so, however that is written. Whether the reader may know of it
/// is the caller's to ask.
pub fn by_reference(conn: &mut PgConnection, organisation: OrganisationId, reference: &Reference) -> QueryResult<Option<ProjectId>> {
    project_references::table
        .filter(project_references::organisation_id.eq(organisation.0))
        .filter(project_references::source_key.eq(key_of(reference.source.as_str())))
        .filter(project_references::ref_key.eq(key_of(reference.external_ref.as_str())))
        .select(project_references::project_id)
        .first(conn)
        .optional()
}

/// Takes a name for a project that this transaction is about to make, and draws its number; nothing where the name is
/// taken by then. A rival with the same name is waited for, as long as the work may wait for any lock.
///
/// # Errors
/// [`Fault::Busy`] if the rival takes too long.
pub fn write_referred(tx: &mut Tx<'_>, organisation: OrganisationId, reference: &Reference) -> Result<Option<ProjectId>, Fault> {
    if let Patience::Queue(longest) = tx.patience() {
        tx.wait_at_most(longest)?;
    }
    let taken: Option<Taken> = statement(
        "INSERT INTO project_references (project_id, organisation_id, source, external_ref) \
         VALUES (nextval('projects_id_seq'), $1, $2, $3) ON CONFLICT (organisation_id, source_key, ref_key) DO NOTHING RETURNING project_id",
    )
    .bind::<BigInt, _>(organisation)
    .bind::<Text, _>(reference.source.as_str())
    .bind::<Text, _>(reference.external_ref.as_str())
    .get_result(&mut **tx)
    .optional()?;
    Ok(taken.map(|taken| taken.project_id))
}

#[derive(QueryableByName)]
struct Taken {
    #[diesel(sql_type = BigInt)]
    project_id: ProjectId,
}

/// Where a project comes from and what it is called there, as that was first written.
pub fn referred(conn: &mut PgConnection, id: ProjectId) -> QueryResult<Option<(String, String)>> {
    project_references::table.find(id.0).select((project_references::source, project_references::external_ref)).first(conn).optional()
}
