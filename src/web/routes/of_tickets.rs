//! The addresses of tickets.

use actix_web::web::{ServiceConfig, resource};

use super::super::{admin, api, exports, tickets};
use super::{get, post};

/// Every page and form.
pub fn routes(site: &mut ServiceConfig) {
    site.service(resource("/tickets").route(get(tickets::list::page)))
        .service(resource("/tickets/new").route(get(tickets::new::page)).route(post().to(tickets::new::submit)))
        .service(resource("/tickets/{id}").route(get(tickets::show::page)))
        .service(resource("/tickets/{id}/answer").route(post().to(tickets::answer::submit)))
        .service(resource("/tickets/{id}/note").route(post().to(tickets::answer::note)))
        .service(resource("/tickets/{id}/take").route(post().to(tickets::act::take)))
        .service(resource("/tickets/{id}/assign").route(post().to(tickets::act::assign)))
        .service(resource("/tickets/{id}/escalate").route(post().to(tickets::act::escalate)))
        .service(resource("/tickets/{id}/merge").route(post().to(tickets::act::merge)))
        .service(resource("/tickets/{id}/close").route(post().to(tickets::act::close)))
        .service(resource("/admin/tickets").route(get(admin::tickets::page)))
        .service(resource("/admin/answers").route(get(admin::answers::list)).route(post().to(admin::answers::make)))
        .service(resource("/admin/answers/{id}").route(get(admin::answers::page)).route(post().to(admin::answers::change)))
        .service(resource("/admin/answers/{id}/remove").route(post().to(admin::answers::remove)))
        .service(resource("/admin/hours").route(get(admin::hours::page)).route(post().to(admin::hours::submit)))
        .service(resource("/admin/waits/{id}").route(get(admin::wait::page)).route(post().to(admin::wait::submit)))
        .service(resource("/tickets.{format}").route(get(exports::file::page)).route(post().to(exports::ask::list)))
        .service(resource("/admin/tickets.{format}").route(get(exports::file::page)).route(post().to(exports::ask::list)));
}

/// What machines ask of the house.
pub fn by_machines(site: &mut ServiceConfig) {
    site.service(resource("/api/v1/tickets").route(get(api::tickets::read::list)).route(post().to(api::tickets::write::open)))
        .service(resource("/api/v1/tickets/{id}").route(get(api::tickets::read::show)))
        .service(resource("/api/v1/tickets/{id}/answers").route(post().to(api::tickets::write::answer)));
}
