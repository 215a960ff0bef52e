//! The history of one's own account and profile.

use actix_web::web::Query;

use super::{After, Page};
use crate::db::{Database, history, users};
use crate::domain::reader::Reader;
use crate::web::context::SignedIn;
use crate::web::error::PageError;
use crate::web::respond::{self, Answer};

/// Shows it.
pub async fn page(by: SignedIn, database: Database, asked: Option<Query<After>>) -> Answer {
    let after = After::of(asked);
    let id = by.id();
    let found = database.run(move |conn| {
        let Some(user) = users::find(conn, id)? else { return Ok(None) };
        let history = history::read(conn, &user.chain(), after)?;
        Ok(Some((user, history)))
    });
    let (user, history) = found.await?.ok_or(PageError::NotFound)?;
    let reader = Reader::member(id);
    respond::page(&Page::new(by.shell(), "/account", "Your account", &user.chain(), after, &history, &reader))
}
