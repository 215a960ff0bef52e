//! The addresses of the house, for admins.

use actix_web::web::{ServiceConfig, resource};

use super::super::{abuse, admin, exports, people};
use super::{get, post};

/// All of them, and where somebody who is kept out asks the house to think again.
pub fn routes(site: &mut ServiceConfig) {
    site.service(resource("/admin").route(get(admin::overview::page)))
        .service(resource("/admin/jobs").route(get(admin::jobs::page)))
        .service(resource("/admin/locks").route(get(admin::locks::page)))
        .service(resource("/admin/races").route(get(admin::races::page)))
        .service(resource("/admin/reports").route(get(admin::reports::page)))
        .service(resource("/admin/mails").route(get(admin::mails::page)))
        .service(resource("/admin/mails/{id}").route(get(admin::mail::page)))
        .service(resource("/admin/mails/{id}/again").route(post().to(admin::mail::again)))
        .service(resource("/admin/reports.{format}").route(get(exports::file::page)).route(post().to(exports::ask::list)))
        .service(resource("/admin/mails.{format}").route(get(exports::file::page)).route(post().to(exports::ask::list)))
        .service(resource("/admin/jobs.{format}").route(get(exports::file::page)).route(post().to(exports::ask::list)))
        .service(resource("/appeal").route(post().to(people::suspended::submit)))
        .service(resource("/admin/people").route(get(admin::people::page)))
        .service(resource("/admin/people.{format}").route(get(exports::file::page)).route(post().to(exports::ask::list)))
        .service(resource("/admin/people/{id}").route(get(admin::person::page)))
        .service(resource("/admin/people/{id}/suspend").route(post().to(admin::person::suspend)))
        .service(resource("/admin/people/{id}/lift").route(post().to(admin::person::lift)))
        .service(resource("/admin/people/{id}/sign-out").route(post().to(admin::person::sign_out)))
        .service(resource("/admin/abuse").route(get(admin::abuse::page)))
        .service(resource("/admin/abuse.{format}").route(get(exports::file::page)).route(post().to(exports::ask::list)))
        .service(resource("/admin/abuse/{id}").route(get(admin::abuse::one)))
        .service(resource("/admin/abuse/{id}/settle").route(post().to(admin::abuse::settle)))
        .service(resource("/projects/{id}/report").route(get(abuse::of_project)).route(post().to(abuse::project)))
        .service(resource("/freelancers/{id}/report").route(get(abuse::of_profile)).route(post().to(abuse::profile)))
        .service(resource("/reviews/{id}/report").route(get(abuse::of_review)).route(post().to(abuse::review)))
        .service(resource("/admin/health").route(get(admin::health::page)))
        .service(resource("/admin/settings").route(get(admin::settings::page)))
        .service(resource("/admin/history").route(get(admin::history::page)))
        .service(resource("/admin/history.{format}").route(get(exports::file::page)).route(post().to(exports::ask::list)))
        .service(resource("/admin/organisations").route(get(admin::organisations::page)))
        .service(resource("/admin/organisations.{format}").route(get(exports::file::page)).route(post().to(exports::ask::list)))
        .service(resource("/admin/organisations/{id}").route(get(admin::organisations::one)))
        .service(resource("/admin/projects").route(get(admin::projects::page)))
        .service(resource("/admin/projects.{format}").route(get(exports::file::page)).route(post().to(exports::ask::list)))
        .service(resource("/admin/projects/{id}").route(get(admin::project::page)))
        .service(resource("/admin/projects/{id}/hold").route(post().to(admin::project::hold)))
        .service(resource("/admin/projects/{id}/release").route(post().to(admin::project::release)));
}
