//! What was published since the list of open projects was read, among what its filters show.

use actix_web::HttpRequest;
use chrono::TimeDelta;

use super::banner::{self, Banner};
use crate::db::{Database, clock, projects};
use crate::web::context::SignedIn;
use crate::web::form::Fields;
use crate::web::projects::asked::Asked;
use crate::web::respond::Answer;

/// So much longer ago than the page says it was read, because publishing takes a moment too. (In that moment something
/// may be told that the page shows already; the other way round nothing would be told.)
const MARGIN: i64 = 2;
/// A page that is older than this is told as one of that age.
const OLDEST: i64 = 30 * 24 * 3600;

/// Answers the banner's words, or nothing where there is no news. The page says how many seconds ago it was read; the
/// clock is the database's.
pub async fn page(signed_in: SignedIn, database: Database, asked: Asked, request: HttpRequest) -> Answer {
    let age = Fields::parse(request.query_string().as_bytes()).get("age").parse::<i64>().unwrap_or_default();
    let mut filter = asked.filter(Some(signed_in.id()));
    filter.after = None;
    let found = database.run(move |conn| {
        filter.published_after = Some(clock(conn)? - TimeDelta::seconds(age.clamp(0, OLDEST) + MARGIN));
        Ok(projects::open(conn, &filter)?)
    });
    let (new, more) = found.await?;
    let text = if more {
        Some(format!("More than {} new projects.", new.len()))
    } else {
        banner::counted([(new.len(), "new project", "new projects")])
    };
    banner::answer(text.map(|text| Banner { text, href: asked.address(), label: "Show" }))
}
