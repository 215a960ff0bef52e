//! The OpenAPI document, made from the handlers themselves.

use actix_web::HttpResponse;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::{Modify, OpenApi};

use super::{contracts, history, jobs, me, projects, proposals, runner, tickets, time};
use crate::web::error::PageError;
use crate::web::respond::Answer;

/// The whole API.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Guildhall",
        description = "What a person may do on the pages, a program of theirs may do here, by a token with the scopes for it.",
        version = "1",
        license(name = "Apache-2.0", identifier = "Apache-2.0")
    ),
    paths(
        me::show,
        projects::list::open,
        projects::list::own,
        projects::draft::create,
        projects::show::show,
        projects::edit::edit,
        projects::put::put,
        projects::publish::publish,
        projects::cancel::cancel,
        projects::open_bids::open,
        history::of_project,
        proposals::list::of_project,
        proposals::submit::submit,
        proposals::show::show,
        proposals::withdraw::withdraw,
        proposals::decline::decline,
        proposals::undecline::undecline,
        proposals::accept::accept,
        contracts::show,
        history::of_contract,
        time::list::of_contract,
        time::list::show,
        time::record::record,
        time::change::edit,
        time::change::delete,
        time::change::restore,
        time::timer::start,
        time::timer::stop,
        tickets::read::list,
        tickets::write::open,
        tickets::read::show,
        tickets::write::answer,
        jobs::start,
        jobs::list,
        jobs::show,
        jobs::cancel,
        jobs::again,
        runner::claim,
        runner::heartbeat,
        runner::progress,
        runner::complete,
        runner::fail,
        runner::cancel,
        openapi,
    ),
    modifiers(&Token)
)]
struct Document;

/// The token, as a way to come in.
struct Token;

impl Modify for Token {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let token = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some("A token from /account/tokens")).build();
        document.components.get_or_insert_default().add_security_scheme("token", SecurityScheme::Http(token));
    }
}

/// This document.
#[utoipa::path(get, path = "/api/v1/openapi.json", tag = "document", operation_id = "openapi", security(()),
    responses((status = 200, body = serde_json::Value)))]
pub async fn openapi() -> Answer {
    let text = Document::openapi().to_json().map_err(|error| PageError::Broken(error.to_string()))?;
    Ok(HttpResponse::Ok().content_type("application/json").body(text))
}
