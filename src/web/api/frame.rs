//! Around every request of a machine: what goes wrong becomes a problem document, and is logged once with a reference.

use std::panic::AssertUnwindSafe;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderMap, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error, HttpResponse};
use futures_util::FutureExt;

use super::problem::{FieldProblem, KIND, Problem, ProblemDocument};
use crate::web::asked::Asked;
use crate::web::error::PageError;
use crate::web::error_page::ErrorPage;
use crate::web::frame::{HEADERS, allow};

/// The outermost layer of the API.
pub async fn frame(request: ServiceRequest, next: Next<impl MessageBody + 'static>) -> Result<ServiceResponse<BoxBody>, Error> {
    let asked = Asked::of(&request);
    let mut answer = match AssertUnwindSafe(next.call(request)).catch_unwind().await {
        Ok(Ok(answer)) => with_document(&asked, answer.map_into_boxed_body()),
        Ok(Err(error)) => return Err(broken(&asked, error.to_string())),
        Err(_) => return Err(broken(&asked, "a handler panicked".to_owned())),
    };
    add_headers(answer.headers_mut());
    Ok(answer)
}

/// An error that there is no request for any more.
fn broken(asked: &Asked, why: String) -> Error {
    let mut response = document(asked, &PageError::Broken(why.clone()).into());
    add_headers(response.headers_mut());
    actix_web::error::InternalError::from_response(why, response).into()
}

fn add_headers(headers: &mut HeaderMap) {
    for (name, value) in HEADERS {
        headers.insert(name, value);
    }
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    }
    headers.insert(header::VARY, HeaderValue::from_static("Authorization"));
}

/// Puts a document where a handler failed, or where an answer has nothing but a status.
fn with_document(asked: &Asked, answer: ServiceResponse<BoxBody>) -> ServiceResponse<BoxBody> {
    let status = answer.status();
    let mut response = match answer.response().error() {
        Some(error) => match (error.as_error::<Problem>(), error.as_error::<PageError>()) {
            (Some(problem), _) => document(asked, problem),
            (_, Some(error)) => plain(asked, error),
            _ if status == StatusCode::NOT_FOUND => document(asked, &PageError::NotFound.into()),
            _ => document(asked, &Problem::field("request", "It could not be read")),
        },
        None if status == StatusCode::METHOD_NOT_ALLOWED => {
            let page = ErrorPage::bare(status);
            let mut response = written(&page, "method", String::new(), Vec::new(), serde_json::Map::new());
            allow(answer.request(), &mut response);
            response
        }
        None => return answer,
    };
    // what the door has said of the allowance
    for (name, value) in answer.headers().iter().filter(|(name, _)| name.as_str().starts_with("ratelimit-")) {
        response.headers_mut().insert(name.clone(), value.clone());
    }
    answer.into_response(response)
}

fn plain(asked: &Asked, error: &PageError) -> HttpResponse {
    let reference = asked.log(error);
    let code = super::problem::code_of(error).to_owned();
    written(&ErrorPage::of(error, reference.clone()), &code, reference, fields(error), serde_json::Map::new())
}

fn document(asked: &Asked, problem: &Problem) -> HttpResponse {
    let reference = asked.log(&problem.error);
    let page = ErrorPage::of(&problem.error, reference.clone());
    written(&page, &problem.code, reference, fields(&problem.error), problem.facts.clone())
}

fn fields(error: &PageError) -> Vec<FieldProblem> {
    let PageError::Invalid(errors) = error else { return Vec::new() };
    errors.iter().map(|(field, message)| FieldProblem { field: field.to_owned(), message: message.to_owned() }).collect()
}

fn written(
    page: &ErrorPage<'_>,
    code: &str,
    reference: String,
    errors: Vec<FieldProblem>,
    mut more: serde_json::Map<String, serde_json::Value>,
) -> HttpResponse {
    let mut number = |name| more.remove(name).and_then(|value| value.as_i64());
    let (expected, found) = (number("expected"), number("found"));
    let document = ProblemDocument {
        kind: format!("/api#{code}"),
        title: page.title.to_owned(),
        status: page.status.as_u16(),
        detail: page.happened.clone(),
        code: code.to_owned(),
        errors,
        expected,
        found,
        reference: Some(reference).filter(|reference| !reference.is_empty()),
        more,
    };
    let mut response = HttpResponse::build(page.status);
    if let Some(seconds) = page.retry_after {
        response.insert_header((header::RETRY_AFTER, seconds.to_string()));
    }
    if page.status == StatusCode::UNAUTHORIZED {
        response.insert_header((header::WWW_AUTHENTICATE, "Bearer"));
    }
    response.content_type(KIND).body(serde_json::to_string(&document).unwrap_or_default())
}
