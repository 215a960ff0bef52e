//! Reviews: where those of a contract stand, one's own, and those that are shown.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Integer, Nullable, Text, Timestamptz};

use super::failure::count;
use super::portion::Portion;
use super::prepared::statement;
use super::{Fault, Locked, Tx};
use crate::domain::contract::{Contract, Side};
use crate::domain::ids::{ContractId, OrganisationId, ReviewId, UserId};
use crate::domain::review::{Ratings, ReviewContent, Reviewed, ReviewsStand};

/// How many contracts are found at once.
const MOST: i64 = 100;

/// A review as it is read.
#[derive(Debug, Clone, QueryableByName)]
#[expect(missing_docs, reason = "the columns' meanings stand in the schema's migration")]
pub struct Review {
    #[diesel(sql_type = BigInt)]
    pub id: ReviewId,
    #[diesel(sql_type = Text)]
    pub side: Side,
    #[diesel(sql_type = Integer)]
    pub rating: i32,
    #[diesel(sql_type = Text)]
    pub words: String,
    #[diesel(sql_type = Timestamptz)]
    pub written_at: DateTime<Utc>,
    #[diesel(sql_type = Integer)]
    pub version: i32,
    /// Who speaks: the client's organisation, or the freelancer.
    #[diesel(sql_type = Text)]
    pub by: String,
    #[diesel(sql_type = BigInt)]
    organisation: OrganisationId,
    #[diesel(sql_type = BigInt)]
    freelancer: UserId,
    /// What the work was, where everybody may know of it.
    #[diesel(sql_type = Nullable<Text>)]
    pub title: Option<String>,
}

impl Review {
    /// Where it can be read who speaks.
    pub fn speaker(&self) -> Reviewed {
        match self.side {
            Side::Client => Reviewed::Client(self.organisation),
            Side::Freelancer => Reviewed::Freelancer(self.freelancer),
        }
    }
}

/// Where a contract's reviews stand.
pub fn stand(conn: &mut PgConnection, id: ContractId) -> QueryResult<ReviewsStand> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Nullable<Timestamptz>)]
        ended_at: Option<DateTime<Utc>>,
        #[diesel(sql_type = Integer)]
        client: i32,
        #[diesel(sql_type = Integer)]
        freelancer: i32,
        #[diesel(sql_type = Bool)]
        is_shown: bool,
        #[diesel(sql_type = Timestamptz)]
        at: DateTime<Utc>,
    }
    let query = "SELECT (SELECT ended_at FROM contract_endings WHERE contract_id = $1) AS ended_at, \
        coalesce(max(version) FILTER (WHERE side = 'CLIENT'), 0) AS client, \
        coalesce(max(version) FILTER (WHERE side = 'FREELANCER'), 0) AS freelancer, \
        count(shown_at) > 0 AS is_shown, clock_timestamp() AS at FROM reviews WHERE contract_id = $1";
    let Row { ended_at, client, freelancer, is_shown, at } = statement(query).bind::<BigInt, _>(id).get_result(conn)?;
    Ok(ReviewsStand { ended_at, client, freelancer, is_shown, at })
}

/// A project for the invited alone is not told of to everybody.
const REVIEW: &str = "SELECT r.id, r.side, r.rating, r.words, r.written_at, r.version, c.organisation_id AS organisation, \
        c.freelancer_id AS freelancer, CASE r.side WHEN 'CLIENT' THEN o.name ELSE u.name END AS by, \
        CASE WHEN p.visibility = 'PUBLIC' THEN p.title END AS title \
    FROM reviews r JOIN contracts c ON c.id = r.contract_id JOIN projects p ON p.id = c.project_id \
    JOIN organisations o ON o.id = c.organisation_id JOIN users u ON u.id = c.freelancer_id WHERE ";

/// A side's own, whether it is shown or not: for those of that side.
pub fn own(conn: &mut PgConnection, id: ContractId, side: Side) -> QueryResult<Option<Review>> {
    let query = statement(format!("{REVIEW}r.contract_id = $1 AND r.side = $2"));
    query.bind::<BigInt, _>(id).bind::<Text, _>(side).get_result(conn).optional()
}

/// What somebody of a side reads of a contract's: what is shown, and their own side's.
pub fn readable(conn: &mut PgConnection, id: ContractId, side: Side) -> QueryResult<Vec<Review>> {
    let query = statement(format!("{REVIEW}r.contract_id = $1 AND (r.shown_at IS NOT NULL OR r.side = $2) ORDER BY r.side"));
    query.bind::<BigInt, _>(id).bind::<Text, _>(side).load(conn)
}

/// Whose, by `$1`.
fn about(whom: Reviewed) -> (&'static str, i64) {
    match whom {
        Reviewed::Freelancer(id) => ("c.freelancer_id = $1 AND r.side = 'CLIENT' AND r.shown_at IS NOT NULL", id.0),
        Reviewed::Client(id) => ("c.organisation_id = $1 AND r.side = 'FREELANCER' AND r.shown_at IS NOT NULL", id.0),
    }
}

/// The name of somebody who is reviewed, where this reader may know of them: freelancers have their page for everybody;
/// a client is known once it has published for everybody, invited the reader, or worked with somebody who is reviewed.
pub fn name(conn: &mut PgConnection, whom: Reviewed, reader: Option<UserId>) -> QueryResult<Option<String>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        name: String,
    }
    let (query, id) = match whom {
        Reviewed::Freelancer(id) => (
            "SELECT u.name FROM users u JOIN freelancers f ON f.user_id = u.id WHERE u.id = $1 \
                AND (u.suspended_at IS NULL OR EXISTS (SELECT FROM users a WHERE a.id = $2 AND a.is_admin))",
            id.0,
        ),
        Reviewed::Client(id) => (
            "SELECT o.name FROM organisations o WHERE o.id = $1 AND (EXISTS (SELECT FROM projects p WHERE p.organisation_id = o.id \
                AND p.visibility = 'PUBLIC' AND p.published_at IS NOT NULL) \
             OR EXISTS (SELECT FROM memberships m WHERE m.organisation_id = o.id AND m.user_id = $2) \
             OR EXISTS (SELECT FROM project_invitations i JOIN projects p ON p.id = i.project_id \
                WHERE p.organisation_id = o.id AND i.freelancer_id = $2) \
             OR EXISTS (SELECT FROM contracts c JOIN reviews r ON r.contract_id = c.id \
                WHERE c.organisation_id = o.id AND r.shown_at IS NOT NULL))",
            id.0,
        ),
    };
    let query = statement(query).bind::<BigInt, _>(id).bind::<BigInt, _>(reader.unwrap_or(UserId(0)));
    Ok(query.get_result::<Row>(conn).optional()?.map(|row| row.name))
}

/// A portion of what is said of somebody, as far as it is shown: below `after`, the newest first; and whether there is more.
pub fn of(conn: &mut PgConnection, whom: Reviewed, after: Option<ReviewId>, portion: Portion) -> QueryResult<(Vec<Review>, bool)> {
    let (whose, id) = about(whom);
    let query = statement(format!("{REVIEW}{whose} AND r.id < $2 ORDER BY r.id DESC LIMIT $3"));
    let query = query.bind::<BigInt, _>(id).bind::<BigInt, _>(after.unwrap_or(ReviewId(i64::MAX))).bind::<BigInt, _>(portion.read());
    Ok(portion.cut(query.load(conn)?))
}

/// All ratings that are shown of somebody, added up.
pub fn ratings(conn: &mut PgConnection, whom: Reviewed) -> QueryResult<Ratings> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        count: i64,
        #[diesel(sql_type = BigInt)]
        sum: i64,
    }
    let (whose, id) = about(whom);
    let query = format!(
        "SELECT count(*) AS count, coalesce(sum(r.rating), 0)::bigint AS sum FROM reviews r JOIN contracts c ON c.id = r.contract_id \
         WHERE {whose}"
    );
    let Row { count, sum } = statement(query).bind::<BigInt, _>(id).get_result(conn)?;
    Ok(Ratings { count, sum })
}

/// Contracts behind a number with a review that waits although the days are over. What is read here refuses, never grants.
pub fn due(conn: &mut PgConnection, behind: ContractId) -> QueryResult<Vec<ContractId>> {
    #[derive(QueryableByName)]
    struct Id {
        #[diesel(sql_type = BigInt)]
        id: ContractId,
    }
    let query = "SELECT r.contract_id AS id FROM reviews r JOIN contract_endings e ON e.contract_id = r.contract_id \
        WHERE r.shown_at IS NULL AND e.ended_at <= clock_timestamp() - interval '14 days' AND r.contract_id > $1 \
        ORDER BY r.contract_id LIMIT $2";
    let rows: Vec<Id> = statement(query).bind::<BigInt, _>(behind).bind::<BigInt, _>(MOST).load(conn)?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// Whether somebody has not closed their account; until the end of this transaction they do not.
pub fn hold_author(tx: &mut Tx<'_>, by: UserId) -> Result<bool, Fault> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Bool)]
        is_here: bool,
    }
    let query = statement("SELECT closed_at IS NULL AS is_here FROM users WHERE id = $1 FOR KEY SHARE");
    Ok(query.bind::<BigInt, _>(by).get_result::<Row>(&mut **tx)?.is_here)
}

/// Writes a side's review, or writes anew the one of that version.
///
/// # Errors
/// The database's.
pub fn write(
    tx: &mut Tx<'_>,
    contract: &Locked<Contract>,
    side: Side,
    by: UserId,
    content: &ReviewContent,
    seen: i32,
) -> Result<(), Fault> {
    let wrote = statement(
        "INSERT INTO reviews (contract_id, side, rating, words, written_by, written_at) VALUES ($1, $2, $3, $4, $5, $6) \
         ON CONFLICT ON CONSTRAINT reviews_one_per_side DO UPDATE SET rating = excluded.rating, words = excluded.words, \
             written_by = excluded.written_by, written_at = excluded.written_at, version = reviews.version + 1 \
         WHERE reviews.version = $7 AND reviews.shown_at IS NULL",
    )
    .bind::<BigInt, _>(contract.id)
    .bind::<Text, _>(side)
    .bind::<Integer, _>(content.rating)
    .bind::<Text, _>(content.words.as_str())
    .bind::<BigInt, _>(by)
    .bind::<Timestamptz, _>(contract.at)
    .bind::<Integer, _>(seen)
    .execute(&mut **tx)?;
    count("reviews written", 1, wrote)
}

/// From now on everybody reads what waited: both, or the one that there is.
///
/// # Errors
/// The database's; [`Fault::Miscounted`] where there is not as much as was decided on.
pub fn write_shown(tx: &mut Tx<'_>, contract: &Locked<Contract>, expected: usize) -> Result<(), Fault> {
    let wrote = statement("UPDATE reviews SET shown_at = $2 WHERE contract_id = $1 AND shown_at IS NULL")
        .bind::<BigInt, _>(contract.id)
        .bind::<Timestamptz, _>(contract.at)
        .execute(&mut **tx)?;
    count("reviews shown", expected, wrote)
}
