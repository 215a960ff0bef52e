//! The one table of addresses; those of tickets, of signing in and of the house stand in files of their own.

mod of_admin;
mod of_sign_in;
mod of_tickets;

use actix_web::web::{self, ServiceConfig, resource};
use actix_web::{Handler, Responder, Route, guard};

use super::error::PageError;
use super::{
    api, contracts, dashboard, drafts, enquiries, exports, files, freelancers, history, how_it_works, imports, invoices, jobs, letters,
    live, messages, milestones, notices, organisations, people, projects, proposals, reports, reviews, searches, time, tokens, webhooks,
};

/// The methods that an address takes, noted while its routes are asked: for the page that says so.
#[derive(Debug, Default)]
pub struct Allowed(pub Vec<&'static str>);

fn takes(methods: &'static [&'static str]) -> Route {
    web::route().guard(guard::fn_guard(move |asked| {
        let mut known = asked.req_data_mut();
        let mut allowed = known.remove::<Allowed>().unwrap_or_default();
        allowed.0.extend(methods);
        known.insert(allowed);
        methods.contains(&asked.head().method.as_str())
    }))
}

/// A page: GET, and HEAD without its body.
fn get<F, Args>(handler: F) -> Route
where
    F: Handler<Args>,
    Args: actix_web::FromRequest + 'static,
    F::Output: Responder + 'static,
{
    takes(&["GET", "HEAD"]).to(handler)
}

/// A form that is sent.
fn post() -> Route {
    takes(&["POST"])
}

/// Something that is written whole.
fn put() -> Route {
    takes(&["PUT"])
}

/// Every address that machines ask.
pub fn api_routes(site: &mut ServiceConfig) {
    site.service(resource("/api/v1/openapi.json").route(get(api::document::openapi)))
        .service(resource("/api/v1/me").route(get(api::me::show)))
        .service(resource("/api/v1/projects").route(get(api::projects::list::open)).route(post().to(api::projects::draft::create)))
        .service(resource("/api/v1/organisations/{id}/projects").route(get(api::projects::list::own)))
        .service(resource("/api/v1/projects/by-ref/{source}/{external_ref}").route(put().to(api::projects::put::put)))
        .service(resource("/api/v1/projects/{id}").route(get(api::projects::show::show)).route(put().to(api::projects::edit::edit)))
        .service(resource("/api/v1/projects/{id}/publish").route(post().to(api::projects::publish::publish)))
        .service(resource("/api/v1/projects/{id}/cancel").route(post().to(api::projects::cancel::cancel)))
        .service(resource("/api/v1/projects/{id}/open-bids").route(post().to(api::projects::open_bids::open)))
        .service(resource("/api/v1/projects/{id}/history").route(get(api::history::of_project)))
        .service(
            resource("/api/v1/projects/{id}/proposals")
                .route(get(api::proposals::list::of_project))
                .route(post().to(api::proposals::submit::submit)),
        )
        .service(resource("/api/v1/proposals/{id}").route(get(api::proposals::show::show)))
        .service(resource("/api/v1/proposals/{id}/withdraw").route(post().to(api::proposals::withdraw::withdraw)))
        .service(resource("/api/v1/proposals/{id}/decline").route(post().to(api::proposals::decline::decline)))
        .service(resource("/api/v1/proposals/{id}/undecline").route(post().to(api::proposals::undecline::undecline)))
        .service(resource("/api/v1/proposals/{id}/accept").route(post().to(api::proposals::accept::accept)))
        .service(resource("/api/v1/contracts/{id}").route(get(api::contracts::show)))
        .service(resource("/api/v1/contracts/{id}/history").route(get(api::history::of_contract)))
        .service(
            resource("/api/v1/contracts/{id}/work-logs")
                .route(get(api::time::list::of_contract))
                .route(post().to(api::time::record::record)),
        )
        .service(resource("/api/v1/contracts/{id}/timer/start").route(post().to(api::time::timer::start)))
        .service(resource("/api/v1/contracts/{id}/timer/stop").route(post().to(api::time::timer::stop)))
        .service(resource("/api/v1/work-logs/{id}").route(get(api::time::list::show)).route(put().to(api::time::change::edit)))
        .service(resource("/api/v1/work-logs/{id}/delete").route(post().to(api::time::change::delete)))
        .service(resource("/api/v1/work-logs/{id}/restore").route(post().to(api::time::change::restore)))
        .service(resource("/api/v1/organisations/{id}/jobs").route(get(api::jobs::list)).route(post().to(api::jobs::start)))
        .service(resource("/api/v1/jobs/{id}").route(get(api::jobs::show)))
        .service(resource("/api/v1/jobs/{id}/cancel").route(post().to(api::jobs::cancel)))
        .service(resource("/api/v1/jobs/{id}/again").route(post().to(api::jobs::again)))
        .service(resource("/api/v1/runner/claim").route(post().to(api::runner::claim)))
        .service(resource("/api/v1/runner/jobs/{id}/heartbeat").route(post().to(api::runner::heartbeat)))
        .service(resource("/api/v1/runner/jobs/{id}/progress").route(post().to(api::runner::progress)))
        .service(resource("/api/v1/runner/jobs/{id}/complete").route(post().to(api::runner::complete)))
        .service(resource("/api/v1/runner/jobs/{id}/fail").route(post().to(api::runner::fail)))
        .service(resource("/api/v1/runner/jobs/{id}/cancel").route(post().to(api::runner::cancel)))
        .configure(of_tickets::by_machines)
        .default_service(web::to(missing));
}

/// Every address of the site but the static files.
pub fn routes(site: &mut ServiceConfig) {
    site.service(resource("/").route(get(projects::list::page)))
        .service(resource("/projects").route(get(projects::list::page)))
        .service(resource("/projects/{id}/history").route(get(history::project::page)))
        .service(resource("/contracts/{id}/history").route(get(history::contract::page)))
        .service(resource("/organisations/{id}/history").route(get(history::organisation::page)))
        .service(resource("/account").route(get(people::account::page)).route(post().to(people::account::submit)))
        .service(resource("/account/email").route(get(people::email::page)).route(post().to(people::email::submit)))
        .service(resource("/account/close").route(get(people::close::page)).route(post().to(people::close::submit)))
        .service(resource("/account/email/confirmation").route(post().to(people::email::again)))
        .service(resource("/email/{token}").route(get(people::email_link::page)).route(post().to(people::email_link::submit)))
        .service(resource("/account/profile").route(get(freelancers::edit::page)).route(post().to(freelancers::edit::submit)))
        .service(resource("/freelancers").route(get(freelancers::list::page)))
        .service(resource("/freelancers/{id}").route(get(freelancers::show::page)))
        .service(resource("/organisations/new").route(get(organisations::new::page)).route(post().to(organisations::new::submit)))
        .service(resource("/organisations/{id}").route(get(organisations::show::page)))
        .service(resource("/organisations/{id}/edit").route(get(organisations::edit::page)).route(post().to(organisations::edit::submit)))
        .service(resource("/organisations/{id}/invitations").route(post().to(organisations::invite::submit)))
        .service(resource("/organisations/{id}/members/{user}/role").route(post().to(organisations::role::submit)))
        .service(
            resource("/organisations/{id}/members/{user}/remove")
                .route(get(organisations::remove_member::page))
                .route(post().to(organisations::remove_member::submit)),
        )
        .service(resource("/invitations/{id}/revoke").route(post().to(organisations::revoke_invitation::submit)))
        .service(resource("/join/{token}").route(get(organisations::join::page)).route(post().to(organisations::join::submit)))
        .service(resource("/dashboard").route(get(dashboard::page)))
        .service(resource("/live").route(get(live::stream::page)))
        .service(resource("/projects/news").route(get(live::listed::page)))
        .service(resource("/projects/{id}/news").route(get(live::news::page)))
        .service(resource("/notices/news").route(get(live::told::page)))
        .service(resource("/notices").route(get(notices::list::page)))
        .service(resource("/notices/read").route(post().to(notices::read_all::submit)))
        .service(resource("/notices/settings").route(get(notices::settings::page)).route(post().to(notices::settings::submit)))
        .service(resource("/notices/{id}/read").route(post().to(notices::read::submit)))
        .service(resource("/notices/{id}/unread").route(post().to(notices::unread::submit)))
        .service(resource("/how-it-works").route(get(how_it_works::page)))
        .service(resource("/projects/new").route(get(projects::new::page)).route(post().to(projects::new::submit)))
        .service(resource("/projects/import").route(get(imports::bring::page)).route(post().to(imports::bring::submit)))
        .service(resource("/projects/{id}/edit").route(get(projects::edit::page)).route(post().to(projects::edit::submit)))
        .service(resource("/projects/{id}/publish").route(get(projects::publish::page)).route(post().to(projects::publish::submit)))
        .service(resource("/projects/{id}/cancel").route(get(projects::cancel::page)).route(post().to(projects::cancel::submit)))
        .service(resource("/projects/{id}/open-bids").route(get(projects::open_bids::page)).route(post().to(projects::open_bids::submit)))
        .service(resource("/projects/{id}").route(get(projects::project::page)))
        .service(resource("/projects/{id}/proposals/new").route(get(proposals::propose::page)))
        .service(resource("/projects/{id}/proposals").route(get(proposals::compare::page)).route(post().to(proposals::submit::submit)))
        .service(resource("/projects/{id}/proposals.{format}").route(get(proposals::download::file)))
        .service(resource("/projects/{id}/proposals/check").route(post().to(proposals::check::submit)))
        .service(resource("/projects/{id}/questions").route(get(enquiries::ask::page)).route(post().to(enquiries::ask::submit)))
        .service(
            resource("/projects/{id}/invitations").route(get(projects::invitations::page)).route(post().to(projects::invitations::submit)),
        )
        .service(resource("/projects/{id}/invitations/take-back").route(post().to(projects::invitations::take_back)))
        .service(resource("/projects/{id}/visibility").route(post().to(projects::invitations::choose)))
        .service(resource("/freelancers/{id}/invite").route(post().to(freelancers::invite::submit)))
        .service(resource("/searches").route(get(searches::list::page)).route(post().to(searches::list::submit)))
        .service(resource("/searches/{id}").route(get(searches::show::page)))
        .service(resource("/searches/{id}/seen").route(post().to(searches::show::seen)))
        .service(resource("/searches/{id}/name").route(post().to(searches::show::rename)))
        .service(resource("/searches/{id}/delete").route(post().to(searches::show::forget)))
        .service(resource("/questions/{id}/answer").route(get(enquiries::answer::page)).route(post().to(enquiries::answer::submit)))
        .service(resource("/proposals/{id}").route(get(proposals::show::page)))
        .service(resource("/proposals/{id}/accept").route(get(proposals::accept::page)).route(post().to(proposals::accept::submit)))
        .service(resource("/proposals/{id}/withdraw").route(get(proposals::withdraw::page)).route(post().to(proposals::withdraw::submit)))
        .service(resource("/proposals/{id}/confirm").route(get(proposals::confirm::page)).route(post().to(proposals::confirm::submit)))
        .service(resource("/proposals/{id}/decline").route(post().to(proposals::decline::submit)))
        .service(resource("/proposals/{id}/undecline").route(post().to(proposals::undecline::submit)))
        .service(resource("/proposals/{id}/mark").route(post().to(proposals::mark::submit)))
        .service(resource("/contracts/{id}").route(get(contracts::show::page)))
        .service(resource("/contracts/{id}/pause").route(post().to(contracts::act::pause)))
        .service(resource("/contracts/{id}/resume").route(post().to(contracts::act::resume)))
        .service(resource("/contracts/{id}/complete").route(get(contracts::complete::page)).route(post().to(contracts::complete::submit)))
        .service(
            resource("/contracts/{id}/terminate").route(get(contracts::terminate::page)).route(post().to(contracts::terminate::submit)),
        )
        .service(resource("/contracts/{id}/terms").route(get(contracts::terms::page)).route(post().to(contracts::terms::submit)))
        .service(resource("/contracts/{id}/terms/answer").route(post().to(contracts::terms::answer)))
        .service(resource("/contracts/{id}/milestones.{format}").route(get(exports::file::page)).route(post().to(exports::ask::list)))
        .service(resource("/contracts/{id}/milestones/approve").route(post().to(contracts::milestones::approve)))
        .service(resource("/contracts/{id}/milestones/order").route(post().to(contracts::milestones::order)))
        .service(resource("/milestones/{id}").route(get(milestones::show::page)))
        .service(resource("/milestones/{id}/submit").route(post().to(milestones::act::submit)))
        .service(resource("/milestones/{id}/changes").route(post().to(milestones::act::changes)))
        .service(resource("/milestones/{id}/approve").route(post().to(milestones::act::approve)))
        .service(resource("/milestones/{id}/withdraw").route(post().to(milestones::act::withdraw)))
        .service(resource("/milestones/{id}/cancel").route(post().to(milestones::act::cancel)))
        .service(resource("/projects/{id}/reopen").route(get(projects::reopen::page)).route(post().to(projects::reopen::submit)))
        .service(resource("/contracts/{id}/time").route(get(time::week::page)).route(post().to(time::fill::submit)))
        .service(resource("/contracts/{id}/time.{format}").route(get(exports::file::page)).route(post().to(exports::ask::list)))
        .service(resource("/contracts/{id}/time/submit").route(post().to(time::moves::submit)))
        .service(resource("/contracts/{id}/time/approve").route(post().to(time::moves::approve)))
        .service(resource("/contracts/{id}/time/query").route(post().to(time::moves::query)))
        .service(resource("/contracts/{id}/time/copy").route(post().to(time::moves::copy)))
        .service(resource("/contracts/{id}/time/import").route(get(time::bring::page)).route(post().to(time::bring::look)))
        .service(resource("/contracts/{id}/time/import/take").route(post().to(time::bring::submit)))
        .service(resource("/contracts/{id}/timer/start").route(post().to(time::timer::start)))
        .service(resource("/contracts/{id}/timer/stop").route(post().to(time::timer::stop)))
        .service(resource("/contracts/{id}/work-logs").route(post().to(time::record::submit)))
        .service(resource("/work-logs/{id}/edit").route(get(time::edit::page)).route(post().to(time::edit::submit)))
        .service(resource("/work-logs/{id}/delete").route(post().to(time::edit::delete)))
        .service(resource("/work-logs/{id}/restore").route(post().to(time::edit::restore)))
        .service(resource("/contracts/{id}/invoices").route(get(invoices::list::of_contract)))
        .service(resource("/contracts/{id}/invoices.{format}").route(get(exports::file::page)).route(post().to(exports::ask::list)))
        .service(resource("/invoices").route(get(invoices::list::page)).route(post().to(invoices::new::submit)))
        .service(resource("/invoices.{format}").route(get(exports::file::page)).route(post().to(exports::ask::list)))
        .service(resource("/invoices/new").route(get(invoices::new::page)))
        .service(resource("/invoices/{id}.pdf").route(get(invoices::paper::invoice)))
        .service(resource("/invoices/{id}/credit-note.pdf").route(get(invoices::paper::credit_note)))
        .service(resource("/invoices/{id}/credit-note").route(get(invoices::show::credit_note)))
        .service(resource("/invoices/{id}/edit").route(get(invoices::edit::page)).route(post().to(invoices::edit::submit)))
        .service(resource("/invoices/{id}/issue").route(get(invoices::issue::page)).route(post().to(invoices::issue::submit)))
        .service(resource("/invoices/{id}/discard").route(post().to(invoices::discard::submit)))
        .service(resource("/invoices/{id}/pay").route(get(invoices::pay::page)).route(post().to(invoices::pay::submit)))
        .service(resource("/invoices/{id}/void").route(get(invoices::void::page)).route(post().to(invoices::void::submit)))
        .service(resource("/invoices/{id}").route(get(invoices::show::page)))
        .service(resource("/reports").route(get(reports::show::page)))
        .service(resource("/reports.{format}").route(get(exports::file::page)).route(post().to(exports::ask::list)))
        .service(resource("/statements").route(get(reports::statement::now)))
        .service(resource("/statements/{month}.{format}").route(get(exports::file::page)).route(post().to(exports::ask::list)))
        .service(resource("/statements/{month}").route(get(reports::statement::page)))
        .service(resource("/contracts/{id}/reviews").route(get(reviews::write::page)).route(post().to(reviews::write::submit)))
        .service(resource("/freelancers/{id}/reviews").route(get(reviews::list::of_freelancer)))
        .service(resource("/freelancers/{id}/reviews.{format}").route(get(exports::file::page)).route(post().to(exports::ask::list)))
        .service(resource("/organisations/{id}/reviews").route(get(reviews::list::of_client)))
        .service(resource("/organisations/{id}/reviews.{format}").route(get(exports::file::page)).route(post().to(exports::ask::list)))
        .service(resource("/messages").route(get(messages::list::page)))
        .service(resource("/messages/{id}/report").route(get(messages::report::page)).route(post().to(messages::report::submit)))
        .service(resource("/proposals/{id}/messages").route(get(messages::proposal::page)).route(post().to(messages::proposal::submit)))
        .service(resource("/contracts/{id}/messages").route(get(messages::contract::page)).route(post().to(messages::contract::submit)))
        .service(resource("/drafts").route(get(drafts::list::page)).route(post().to(drafts::save::submit)))
        .service(resource("/drafts/{id}").route(get(drafts::show::page)))
        .service(resource("/drafts/{id}/discard").route(post().to(drafts::discard::submit)))
        .service(resource("/drafts/{id}/restore").route(post().to(drafts::restore::submit)))
        .service(resource("/files/{id}").route(get(files::hand_out::page)))
        .configure(of_tickets::routes)
        .service(resource("/api").route(get(api::page::page)))
        .service(resource("/account/tokens").route(get(tokens::list::page)).route(post().to(tokens::list::submit)))
        .service(resource("/account/tokens.{format}").route(get(exports::file::page)).route(post().to(exports::ask::list)))
        .service(resource("/account/tokens/{id}/revoke").route(get(tokens::revoke::page)).route(post().to(tokens::revoke::submit)))
        .service(resource("/jobs/{id}").route(get(jobs::show::page)))
        .service(resource("/jobs/{id}/news").route(get(jobs::news::page)))
        .service(resource("/jobs/{id}/cancel").route(get(jobs::cancel::page)).route(post().to(jobs::cancel::submit)))
        .service(resource("/jobs/{id}/again").route(post().to(jobs::again::submit)))
        .service(resource("/organisations/{id}/webhooks").route(get(webhooks::list::page)).route(post().to(webhooks::list::submit)))
        .service(resource("/organisations/{id}/webhooks.{format}").route(get(exports::file::page)).route(post().to(exports::ask::list)))
        .service(resource("/webhooks/{id}.{format}").route(get(exports::file::page)).route(post().to(exports::ask::list)))
        .service(resource("/webhooks/{id}").route(get(webhooks::show::page)))
        .service(resource("/webhooks/{id}/remove").route(get(webhooks::remove::page)).route(post().to(webhooks::remove::submit)))
        .service(resource("/webhooks/deliveries/{id}/again").route(post().to(webhooks::again::submit)))
        .configure(of_sign_in::routes)
        .configure(of_admin::routes)
        .service(resource("/unsubscribe/{user}/{kind}/{sign}").route(get(letters::stop::page)).route(post().to(letters::stop::submit)))
        .service(resource("/account/history").route(get(history::account::page)))
        .service(resource("/account/data").route(get(exports::everything::page)).route(post().to(exports::ask::everything)))
        .service(resource("/exports/{id}").route(get(exports::show::page)))
        .service(resource("/exports/{id}/file").route(get(exports::show::file)))
        .service(resource("/imports/{id}").route(get(imports::show::page)))
        .service(resource("/imports/{id}/wrong.csv").route(get(imports::show::wrong)))
        .service(resource("/imports/{id}/start").route(post().to(imports::act::start)))
        .service(resource("/imports/{id}/stop").route(post().to(imports::act::stop)))
        .service(resource("/imports/{id}/discard").route(post().to(imports::act::discard)))
        .service(resource("/projects.{format}").route(get(exports::file::page)).route(post().to(exports::ask::list)))
        .service(resource("/freelancers.{format}").route(get(exports::file::page)).route(post().to(exports::ask::list)))
        .service(resource("/dashboard/projects.{format}").route(get(exports::file::page)).route(post().to(exports::ask::list)))
        .service(resource("/dashboard/proposals.{format}").route(get(exports::file::page)).route(post().to(exports::ask::list)))
        .service(resource("/dashboard/contracts.{format}").route(get(exports::file::page)).route(post().to(exports::ask::list)))
        .service(resource("/organisations/{id}/members.{format}").route(get(exports::file::page)).route(post().to(exports::ask::list)))
        .service(resource("/organisations/{id}/invitations.{format}").route(get(exports::file::page)).route(post().to(exports::ask::list)))
        .service(resource("/organisations/{id}/history.{format}").route(get(exports::file::page)).route(post().to(exports::ask::list)))
        .service(resource("/projects/{id}/history.{format}").route(get(exports::file::page)).route(post().to(exports::ask::list)))
        .service(resource("/contracts/{id}/history.{format}").route(get(exports::file::page)).route(post().to(exports::ask::list)))
        .service(resource("/projects/{id}/questions.{format}").route(get(exports::file::page)).route(post().to(exports::ask::list)))
        .service(resource("/projects/{id}/invitations.{format}").route(get(exports::file::page)).route(post().to(exports::ask::list)))
        .service(resource("/account/history.{format}").route(get(exports::file::page)).route(post().to(exports::ask::list)))
        .service(resource("/notices.{format}").route(get(exports::file::page)).route(post().to(exports::ask::list)))
        .service(resource("/messages.{format}").route(get(exports::file::page)).route(post().to(exports::ask::list)))
        .service(resource("/proposals/{id}/messages.{format}").route(get(exports::file::page)).route(post().to(exports::ask::list)))
        .service(resource("/contracts/{id}/messages.{format}").route(get(exports::file::page)).route(post().to(exports::ask::list)))
        .service(resource("/searches.{format}").route(get(exports::file::page)).route(post().to(exports::ask::list)))
        .service(resource("/drafts.{format}").route(get(exports::file::page)).route(post().to(exports::ask::list)))
        .default_service(web::to(missing));
}

async fn missing() -> Result<&'static str, PageError> {
    Err(PageError::NotFound)
}
