//! Who has a proposal open just now.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::dsl::exists;
use diesel::dsl::{IntervalDsl, now};
use diesel::prelude::*;
use diesel::query_dsl::methods;
use diesel::sql_types::Timestamptz;
use diesel::upsert::excluded;

use super::locked::clock_timestamp;
use crate::domain::ids::{ProposalId, UserId};
use crate::schema::{memberships, projects, proposal_looks as looks, proposals, users};

/// For how long a look counts.
const SECONDS: i32 = 120;
/// A look is written anew after so long: whoever turns pages fast writes little.
const FRESH: i32 = 15;

/// The other members who look at a proposal now, by name.
pub fn others(conn: &mut PgConnection, id: ProposalId, reader: UserId) -> QueryResult<Vec<String>> {
    let still_a_member = memberships::table
        .filter(memberships::organisation_id.eq(projects::organisation_id))
        .filter(memberships::user_id.eq(looks::user_id));
    looks::table
        .inner_join(users::table)
        .inner_join(proposals::table.inner_join(projects::table.on(projects::id.eq(proposals::project_id))))
        .filter(looks::proposal_id.eq(id.0))
        .filter(looks::user_id.ne(reader.0))
        .filter(looks::looked_at.gt(now.into_sql::<Timestamptz>() - SECONDS.seconds()))
        .filter(exists(still_a_member))
        .order((users::name, users::id))
        .select(users::name)
        .load(conn)
}

/// Notes that somebody looks at a proposal now; nothing for whoever does not belong to its client, or where the last
/// look is fresh. Answers whether it was written.
pub fn write_look(conn: &mut PgConnection, id: ProposalId, by: UserId) -> QueryResult<bool> {
    let member = proposals::table
        .inner_join(projects::table.on(projects::id.eq(proposals::project_id)))
        .inner_join(memberships::table.on(memberships::organisation_id.eq(projects::organisation_id)))
        .filter(proposals::id.eq(id.0))
        .filter(memberships::user_id.eq(by.0))
        .select((proposals::id, memberships::user_id, clock_timestamp()));
    let written_over = diesel::insert_into(looks::table)
        .values(member)
        .into_columns((looks::proposal_id, looks::user_id, looks::looked_at))
        .on_conflict((looks::proposal_id, looks::user_id))
        .do_update()
        .set(looks::looked_at.eq(excluded(looks::looked_at)));
    let wrote =
        methods::FilterDsl::filter(written_over, looks::looked_at.lt(now.into_sql::<Timestamptz>() - FRESH.seconds())).execute(conn)?;
    Ok(wrote == 1)
}

/// Clears out those older than a day.
pub fn purge(conn: &mut PgConnection, at: DateTime<Utc>) -> QueryResult<usize> {
    diesel::delete(looks::table.filter(looks::looked_at.lt(at - TimeDelta::days(1)))).execute(conn)
}
