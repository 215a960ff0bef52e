//! The one table of addresses.

use actix_web::web::{self, ServiceConfig, post, resource};
use actix_web::{Handler, Responder, Route, guard};

use super::error::PageError;
use super::projects;

/// A page: GET, and HEAD without its body.
fn get<F, Args>(handler: F) -> Route
where
    F: Handler<Args>,
    Args: actix_web::FromRequest + 'static,
    F::Output: Responder + 'static,
{
    web::route().guard(guard::Any(guard::Get()).or(guard::Head())).to(handler)
}

/// Every address of the site but the static files.
pub fn routes(site: &mut ServiceConfig) {
    site.service(resource("/").route(get(projects::list::page)))
        .service(resource("/projects").route(get(projects::list::page)))
        .default_service(web::to(missing));
}

async fn missing() -> Result<&'static str, PageError> {
    Err(PageError::NotFound)
}
#[expect(dead_code, reason = "the first form comes with the next page")]
fn unused() -> Route {
    post()
}
