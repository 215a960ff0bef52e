//! Organisations as those who keep the house read of them. Whoever reads has to be an admin: that is the caller's to know.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text, Timestamptz};

use crate::db::Portion;
use crate::db::people::containing;
use crate::db::prepared::statement;
use crate::domain::ids::OrganisationId;

/// An organisation, as the list shows it.
#[derive(Debug, Clone, QueryableByName)]
#[expect(missing_docs, reason = "named as what is counted, or as the schema's columns")]
pub struct Known {
    #[diesel(sql_type = BigInt)]
    pub id: OrganisationId,
    #[diesel(sql_type = Text)]
    pub name: String,
    #[diesel(sql_type = Timestamptz)]
    pub created_at: DateTime<Utc>,
    #[diesel(sql_type = BigInt)]
    pub members: i64,
    #[diesel(sql_type = BigInt)]
    pub projects: i64,
}

/// A portion of those in whose name the words stand, the newest first; and whether there are more.
pub fn known(conn: &mut PgConnection, words: &str, after: Option<OrganisationId>, portion: Portion) -> QueryResult<(Vec<Known>, bool)> {
    let mut query = "SELECT o.id, o.name, o.created_at, \
        (SELECT count(*) FROM memberships m WHERE m.organisation_id = o.id) AS members, \
        (SELECT count(*) FROM projects p WHERE p.organisation_id = o.id) AS projects FROM organisations o WHERE o.id < $1"
        .to_owned();
    // a place for the words in both texts, so that both have the same values
    query.push_str(if words.is_empty() { " AND $2 <> ''" } else { " AND o.name ILIKE $2" });
    query.push_str(" ORDER BY o.id DESC");
    query.push_str(portion.limit());
    let rows: Vec<Known> =
        statement(query).bind::<BigInt, _>(after.unwrap_or(OrganisationId(i64::MAX))).bind::<Text, _>(containing(words)).load(conn)?;
    Ok(portion.cut(rows))
}

/// How much there is around an organisation: counts, and no words.
#[derive(Debug, Clone, QueryableByName)]
#[expect(missing_docs, reason = "named as what is counted")]
pub struct Around {
    #[diesel(sql_type = BigInt)]
    pub drafts: i64,
    #[diesel(sql_type = BigInt)]
    pub open: i64,
    #[diesel(sql_type = BigInt)]
    pub ended: i64,
    #[diesel(sql_type = BigInt)]
    pub held: i64,
    #[diesel(sql_type = BigInt)]
    pub running: i64,
    #[diesel(sql_type = BigInt)]
    pub links: i64,
}

/// Reads it.
pub fn around(conn: &mut PgConnection, id: OrganisationId) -> QueryResult<Around> {
    statement(
        "SELECT count(*) FILTER (WHERE status = 'DRAFT') AS drafts, count(*) FILTER (WHERE status = 'OPEN') AS open, \
            count(*) FILTER (WHERE status NOT IN ('DRAFT', 'OPEN')) AS ended, count(*) FILTER (WHERE held_at IS NOT NULL) AS held, \
            (SELECT count(*) FROM contracts WHERE organisation_id = $1 AND status IN ('ACTIVE', 'PAUSED')) AS running, \
            (SELECT count(*) FROM invitations WHERE organisation_id = $1 AND used_at IS NULL AND revoked_at IS NULL AND expires_at > now()) AS links \
         FROM projects WHERE organisation_id = $1",
    )
    .bind::<BigInt, _>(id)
    .get_result(conn)
}
