//! People as those who keep the house read of them. Whoever asks has to be an admin: that is the caller's to know.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Nullable, Text, Timestamptz};
use serde::{Deserialize, Serialize};

use super::Portion;
use super::prepared::statement;
use crate::domain::ids::{OrganisationId, UserId};

/// Which people.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Which {
    /// All of them.
    #[default]
    All,
    /// Those whom the house keeps out.
    Out,
    /// Those who keep the house.
    Admins,
}

/// What is looked for.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Filter {
    /// Part of a name or an address.
    pub words: String,
    /// Which.
    pub which: Which,
}

/// Somebody, as the list shows them.
#[derive(Debug, Clone, QueryableByName)]
#[expect(missing_docs, reason = "the columns' meanings stand in the schema's migrations")]
pub struct Listed {
    #[diesel(sql_type = BigInt)]
    pub id: UserId,
    #[diesel(sql_type = Text)]
    pub name: String,
    #[diesel(sql_type = Text)]
    pub email: String,
    #[diesel(sql_type = Timestamptz)]
    pub created_at: DateTime<Utc>,
    #[diesel(sql_type = Bool)]
    pub is_admin: bool,
    #[diesel(sql_type = Bool)]
    pub is_freelancer: bool,
    #[diesel(sql_type = Bool)]
    pub has_left: bool,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub suspended_at: Option<DateTime<Utc>>,
    /// The organisations that they belong to, by name.
    #[diesel(sql_type = Array<Text>)]
    pub organisations: Vec<String>,
}

/// A portion of those who are looked for, the newest first; and whether there are more.
pub fn list(conn: &mut PgConnection, filter: &Filter, after: Option<UserId>, portion: Portion) -> QueryResult<(Vec<Listed>, bool)> {
    let mut query = "SELECT u.id, u.name, u.email, u.created_at, u.is_admin, u.suspended_at, u.closed_at IS NOT NULL AS has_left, \
        EXISTS (SELECT FROM freelancers f WHERE f.user_id = u.id) AS is_freelancer, \
        ARRAY(SELECT o.name FROM memberships m JOIN organisations o ON o.id = m.organisation_id WHERE m.user_id = u.id ORDER BY o.name) AS organisations \
        FROM users u WHERE u.id < $1"
        .to_owned();
    query.push_str(match filter.which {
        Which::All => "",
        Which::Out => " AND u.suspended_at IS NOT NULL",
        Which::Admins => " AND u.is_admin",
    });
    // a place for the words in every text, so that each has the same values
    query.push_str(if filter.words.is_empty() { " AND $2 <> ''" } else { " AND (u.name || ' ' || u.email) ILIKE $2" });
    query.push_str(" ORDER BY u.id DESC");
    query.push_str(portion.limit());
    let rows: Vec<Listed> =
        statement(query).bind::<BigInt, _>(after.unwrap_or(UserId(i64::MAX))).bind::<Text, _>(containing(&filter.words)).load(conn)?;
    Ok(portion.cut(rows))
}

/// As ILIKE takes it, with nothing in it that means more than itself.
pub(super) fn containing(words: &str) -> String {
    let mut pattern = String::from("%");
    for letter in words.chars() {
        if matches!(letter, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern.push('%');
    pattern
}

/// How much there is around somebody: counts, and no words.
#[derive(Debug, Clone, QueryableByName)]
#[expect(missing_docs, reason = "named as what is counted")]
pub struct Around {
    #[diesel(sql_type = BigInt)]
    pub sign_ins: i64,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub signed_in_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = BigInt)]
    pub tokens: i64,
    #[diesel(sql_type = BigInt)]
    pub running: i64,
    #[diesel(sql_type = BigInt)]
    pub ended: i64,
    #[diesel(sql_type = BigInt)]
    pub pending: i64,
    #[diesel(sql_type = BigInt)]
    pub tickets: i64,
    #[diesel(sql_type = BigInt)]
    pub refused: i64,
    #[diesel(sql_type = Bool)]
    pub is_freelancer: bool,
}

/// Reads it.
pub fn around(conn: &mut PgConnection, id: UserId) -> QueryResult<Around> {
    statement(
        "SELECT (SELECT count(*) FROM sessions s JOIN users u ON u.id = s.user_id AND u.session_epoch = s.epoch \
                WHERE s.user_id = $1 AND s.expires_at > now()) AS sign_ins, \
            (SELECT max(created_at) FROM sessions WHERE user_id = $1) AS signed_in_at, \
            (SELECT count(*) FROM api_tokens WHERE user_id = $1 AND revoked_at IS NULL AND coalesce(expires_at > now(), true)) AS tokens, \
            (SELECT count(*) FROM contracts WHERE freelancer_id = $1 AND status IN ('ACTIVE', 'PAUSED')) AS running, \
            (SELECT count(*) FROM contracts WHERE freelancer_id = $1 AND status NOT IN ('ACTIVE', 'PAUSED')) AS ended, \
            (SELECT count(*) FROM proposals WHERE freelancer_id = $1 AND status = 'PENDING') AS pending, \
            (SELECT count(*) FROM tickets WHERE opener_id = $1) AS tickets, \
            (SELECT count(*) FROM refused_attempts WHERE user_id = $1 AND at > now() - interval '1 day') AS refused, \
            EXISTS (SELECT FROM freelancers WHERE user_id = $1) AS is_freelancer",
    )
    .bind::<BigInt, _>(id)
    .get_result(conn)
}

/// The organisations that somebody belongs to: number, name, role.
pub fn memberships(conn: &mut PgConnection, id: UserId) -> QueryResult<Vec<(OrganisationId, String, crate::domain::membership::Role)>> {
    use crate::schema::{memberships, organisations};
    memberships::table
        .inner_join(organisations::table)
        .filter(memberships::user_id.eq(id.0))
        .order((organisations::name, organisations::id))
        .select((organisations::id, organisations::name, memberships::role))
        .load(conn)
}
