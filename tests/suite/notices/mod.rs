//! Notices: who is told of what, once each, and what people do with it.
use diesel::prelude::*;
use guildhall::domain::ids::UserId;
use guildhall::schema::notices;

mod marking;
mod once;
mod pages;
mod telling;

/// What somebody was told, in order: the kind and the proposal.
fn told(conn: &mut PgConnection, who: UserId) -> Vec<(String, Option<i64>)> {
    let own = notices::table.filter(notices::user_id.eq(who.0)).order(notices::id);
    own.select((notices::kind, notices::proposal_id)).load(conn).expect("the notices")
}

/// The kinds alone.
fn kinds(conn: &mut PgConnection, who: UserId) -> Vec<String> {
    told(conn, who).into_iter().map(|(kind, _)| kind).collect()
}
