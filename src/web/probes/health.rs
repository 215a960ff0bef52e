//! Whether the process lives, and whether it can serve: what a balancer or a supervisor asks every few seconds.

use std::time::Duration;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, HeaderValue};

use crate::db::migrations::{Standing, standing};
use crate::db::{Database, Failure};

/// Whoever asks does not wait long.
const PATIENCE: Duration = Duration::from_secs(2);

/// The process answers: nothing else is asked. A database that is away is no reason to start this anew.
pub async fn lives() -> HttpResponse {
    say(StatusCode::OK, &serde_json::json!({ "status": "alive" }))
}

/// The database answers, and its schema has what this program needs; otherwise 503, and why.
pub async fn ready(database: Database) -> HttpResponse {
    let asked = tokio::time::timeout(PATIENCE, database.run(|conn| Ok::<_, Failure<()>>(standing(conn)?))).await;
    let why = match asked {
        Ok(Ok(Standing { pending: 0, .. })) => return say(StatusCode::OK, &serde_json::json!({ "status": "ready" })),
        Ok(Ok(_)) => "the database's schema is older than this program: run `guildhall migrate`",
        Ok(Err(_)) => "the database does not answer",
        Err(_) => "the database has not answered within two seconds",
    };
    say(StatusCode::SERVICE_UNAVAILABLE, &serde_json::json!({ "status": "not ready", "why": why }))
}

fn say(status: StatusCode, document: &serde_json::Value) -> HttpResponse {
    HttpResponse::build(status).insert_header((CACHE_CONTROL, HeaderValue::from_static("no-store"))).json(document)
}
