//! The one table of addresses.

use actix_web::web::{self, ServiceConfig, post, resource};
use actix_web::{Handler, Responder, Route, guard};

use super::error::PageError;
use super::{history, people, projects};

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
        .service(resource("/projects/{id}/history").route(get(history::project::page)))
        .service(resource("/organisations/{id}/history").route(get(history::organisation::page)))
        .service(resource("/sign-up").route(get(people::sign_up::page)).route(post().to(people::sign_up::submit)))
        .service(resource("/sign-in").route(get(people::sign_in::page)).route(post().to(people::sign_in::submit)))
        .service(resource("/sign-out").route(post().to(people::sign_out::submit)))
        .service(resource("/account").route(get(people::account::page)).route(post().to(people::account::submit)))
        .service(resource("/account/password").route(get(people::password::page)).route(post().to(people::password::submit)))
        .service(resource("/account/sign-out-everywhere").route(post().to(people::sign_out_everywhere::submit)))
        .service(resource("/account/history").route(get(history::account::page)))
        .default_service(web::to(missing));
}

async fn missing() -> Result<&'static str, PageError> {
    Err(PageError::NotFound)
}
