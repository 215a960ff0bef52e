//! The readable page about the API.

use actix_web::HttpRequest;
use actix_web::http::header;
use actix_web::web::Data;
use askama::Template;

use crate::domain::token::Scope;
use crate::web::context::Visitor;
use crate::web::respond::{self, Answer};
use crate::web::server::Secrets;
use crate::web::shell::Shell;

#[derive(Template)]
#[template(path = "api/page.html")]
struct Page {
    shell: Shell,
    /// This site's address, as it was asked.
    site: String,
}

/// Shows it.
pub async fn page(visitor: Visitor, request: HttpRequest, secrets: Data<Secrets>) -> Answer {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost");
    let scheme = if secrets.secure { "https" } else { "http" };
    respond::page(&Page { shell: visitor.shell(), site: format!("{scheme}://{host}") })
}
