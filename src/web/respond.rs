//! How handlers answer: a page, or the way to the next one.

use actix_web::http::{StatusCode, header};
use actix_web::web::Bytes;
use actix_web::{HttpResponse, HttpResponseBuilder};
use askama::Template;

use super::error::PageError;
use super::flash;
use super::server::Secrets;

/// What a handler answers.
pub type Answer = Result<HttpResponse, PageError>;

/// A page with status 200.
pub fn page(template: &impl Template) -> Answer {
    page_with(StatusCode::OK, template)
}

/// A page with another status: 422 for a form that is shown again, 409 for a conflict.
pub fn page_with(status: StatusCode, template: &impl Template) -> Answer {
    let html = template.render().map_err(|error| PageError::Broken(error.to_string()))?;
    Ok(html_with(status, html.into()))
}

/// A page that was written already.
pub fn html(html: Bytes) -> HttpResponse {
    html_with(StatusCode::OK, html)
}

fn html_with(status: StatusCode, html: Bytes) -> HttpResponse {
    HttpResponse::build(status).content_type("text/html; charset=utf-8").body(html)
}

/// 303 to the page of the thing that was made or changed.
pub fn see_other(path: &str) -> Answer {
    Ok(redirect(path).finish())
}

/// 303, with a banner on the page that it leads to.
pub fn see_other_saying(secrets: &Secrets, path: &str, kind: &str, text: &str) -> Answer {
    Ok(redirect(path).cookie(flash::cookie(&secrets.cookies, secrets.secure, kind, text)).finish())
}

fn redirect(path: &str) -> HttpResponseBuilder {
    let mut response = HttpResponse::SeeOther();
    response.insert_header((header::LOCATION, path));
    response
}
