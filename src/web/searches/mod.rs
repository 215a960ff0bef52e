//! Searches that people keep, and what is new in them.

pub mod list;
pub mod show;

use crate::db::projects::{self, Listed};
use crate::db::searches::Search;
use crate::db::{PgConnection, QueryResult};
use crate::domain::ids::UserId;
use crate::web::projects::asked::Asked;

/// What a kept search asks for.
fn asked(search: &Search) -> Asked {
    Asked::parse(search.query.split_once('?').map_or("", |(_, query)| query))
}

/// What was published since the person looked, newest first: one page, and whether there is more.
fn new_ones(conn: &mut PgConnection, search: &Search, user: UserId) -> QueryResult<(Vec<Listed>, bool)> {
    let mut filter = asked(search).filter(Some(user));
    filter.published_after = Some(search.looked_at);
    filter.order = projects::Order::Newest;
    projects::open(conn, &filter)
}
