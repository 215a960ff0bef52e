//! The stream: that something changed, never what.

use std::convert::Infallible;
use std::time::{Duration, Instant};

use actix_web::http::header;
use actix_web::web::{Bytes, Data};
use actix_web::{HttpRequest, HttpResponse};
use futures_util::stream;

use super::Hub;
use super::hub::{Place, event};
use crate::db::Database;
use crate::web::context::SignedIn;
use crate::web::error::PageError;
use crate::web::respond::Answer;
use crate::web::shell::count_in_words;

/// A word now and then, so that nobody in between takes it for dead.
const HEARTBEAT: Duration = Duration::from_secs(25);
/// A browser comes again by itself then, and has to show anew who it is.
const LONGEST: Duration = Duration::from_secs(600);
/// How long a browser waits before it comes again.
const AGAIN: &[u8] = b"retry: 2000\n\n";

/// Opens it, for whoever is signed in.
pub async fn page(signed_in: SignedIn, request: HttpRequest, database: Database, hub: Data<Hub>) -> Answer {
    let accepts = request.headers().get(header::ACCEPT).is_some_and(|kinds| kinds.as_bytes().starts_with(b"text/event-stream"));
    if !accepts {
        return Err(PageError::NotFound);
    }
    let place = hub.join(signed_in.id()).ok_or(PageError::TooMany(60))?;
    database.look();
    let unread = event("unread", &count_in_words(signed_in.person.unread));
    let first = [Bytes::from_static(AGAIN), unread].map(Ok::<_, Infallible>);
    let rest = stream::unfold((place, Instant::now()), |(place, began)| next(place, began));
    let words = futures_util::StreamExt::chain(stream::iter(first), rest);
    Ok(HttpResponse::Ok()
        .content_type("text/event-stream")
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header(("x-accel-buffering", "no"))
        .streaming(words))
}

async fn next(mut place: Place, began: Instant) -> Option<(Result<Bytes, Infallible>, (Place, Instant))> {
    let left = LONGEST.checked_sub(began.elapsed())?;
    let words = match tokio::time::timeout(HEARTBEAT.min(left), place.words.recv()).await {
        Ok(Some(words)) => words,
        Ok(None) => return None,
        Err(_) => Bytes::from_static(b":\n\n"),
    };
    Some((Ok(words), (place, began)))
}
