//! Searches that people keep.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::Timestamptz;

use super::failure::count;
use super::prepared::literal;
use super::{Fault, Locked, Tx};
use crate::domain::ids::{SearchId, UserId};
use crate::domain::user::User;
use crate::domain::words::SearchName;
use crate::schema::saved_searches;

/// A search that somebody keeps.
#[derive(Debug, Clone, Queryable)]
#[expect(missing_docs, reason = "the columns' meanings stand in the schema's migration")]
pub struct Search {
    pub id: SearchId,
    pub name: String,
    pub query: String,
    pub looked_at: DateTime<Utc>,
}

type Columns = (saved_searches::id, saved_searches::name, saved_searches::query, saved_searches::looked_at);
const COLUMNS: Columns = (saved_searches::id, saved_searches::name, saved_searches::query, saved_searches::looked_at);

/// A person's searches, by name.
pub fn of_person(conn: &mut PgConnection, user: UserId) -> QueryResult<Vec<Search>> {
    let own = saved_searches::table.filter(saved_searches::user_id.eq(user.0));
    own.order((saved_searches::name, saved_searches::id)).select(COLUMNS).load(conn)
}

/// One of a person's searches.
pub fn find(conn: &mut PgConnection, user: UserId, id: SearchId) -> QueryResult<Option<Search>> {
    saved_searches::table.find(id.0).filter(saved_searches::user_id.eq(user.0)).select(COLUMNS).first(conn).optional()
}

/// Writes a search down: what is published from now on is new.
pub fn write_saved(tx: &mut Tx<'_>, user: &Locked<User>, name: &SearchName, query: &str) -> Result<SearchId, Fault> {
    Ok(diesel::insert_into(saved_searches::table)
        .values((
            saved_searches::user_id.eq(user.id.0),
            saved_searches::name.eq(name.as_str()),
            saved_searches::query.eq(query),
            saved_searches::looked_at.eq(user.at),
        ))
        .returning(saved_searches::id)
        .get_result(&mut **tx)?)
}

/// Another name.
pub fn write_renamed(tx: &mut Tx<'_>, user: &Locked<User>, id: SearchId, name: &SearchName) -> Result<(), Fault> {
    let own = saved_searches::table.find(id.0).filter(saved_searches::user_id.eq(user.id.0));
    let wrote = diesel::update(own).set(saved_searches::name.eq(name.as_str())).execute(&mut **tx)?;
    count("searches renamed", 1, wrote)
}

/// Deletes one.
pub fn write_forgotten(tx: &mut Tx<'_>, user: &Locked<User>, id: SearchId) -> Result<(), Fault> {
    let own = saved_searches::table.find(id.0).filter(saved_searches::user_id.eq(user.id.0));
    let wrote = diesel::delete(own).execute(&mut **tx)?;
    count("searches forgotten", 1, wrote)
}

/// What was published until then is seen. Answers whether there is such a search.
pub fn write_looked_at(conn: &mut PgConnection, user: UserId, id: SearchId, until: DateTime<Utc>) -> QueryResult<bool> {
    let own = saved_searches::table.find(id.0).filter(saved_searches::user_id.eq(user.0));
    let later = literal::<Timestamptz>("greatest(looked_at, least(clock_timestamp(), ").bind::<Timestamptz, _>(until).sql("))");
    Ok(diesel::update(own).set(saved_searches::looked_at.eq(later)).execute(conn)? == 1)
}
