//! Around everything that is asked: a name for it, by which the log's lines are found, and how often and how long.

use std::time::Instant;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage};
use tracing::Instrument;

use super::recorder::{ASKED, TOOK};
use crate::web::asked::RequestId;

const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// The outermost layer of all.
pub async fn counted<B: MessageBody>(request: ServiceRequest, next: Next<B>) -> Result<ServiceResponse<B>, Error> {
    let began = Instant::now();
    let id = RequestId::new();
    request.extensions_mut().insert(id);
    let method = known(request.method());
    // made where errors are logged too, so that these always bear the request's name
    let span = tracing::error_span!("request", id = id.as_str());
    let answer = next.call(request).instrument(span.clone()).await;
    let (status, route) = match &answer {
        Ok(answer) => (answer.status(), answer.request().match_pattern()),
        Err(error) => (error.as_response_error().status_code(), None),
    };
    span.in_scope(|| count(method, route, status, began));
    answer.map(|mut answer| {
        if let Ok(id) = HeaderValue::from_str(id.as_str()) {
            answer.headers_mut().insert(HEADER, id);
        }
        answer
    })
}

/// Routes are told by their patterns: addresses hold secrets, and there are too many of them.
fn count(method: &'static str, route: Option<String>, status: StatusCode, began: Instant) {
    let route = route.unwrap_or_else(|| "none".to_owned());
    let took = began.elapsed();
    let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
    tracing::debug!(target: "guildhall::requests", method, %route, status = status.as_u16(), micros, "answered");
    metrics::histogram!(TOOK, "route" => route.clone()).record(took);
    metrics::counter!(ASKED, "method" => method, "route" => route, "status" => status.as_str().to_owned()).increment(1);
}

/// Anybody may make up methods; the figures name those that there are.
fn known(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::DELETE => "DELETE",
        _ => "other",
    }
}
