//! The addresses of signing up, in and out, and of what it takes.

use actix_web::web::{ServiceConfig, resource};

use super::super::people;
use super::{get, post};

/// All of them.
pub fn routes(site: &mut ServiceConfig) {
    site.service(resource("/sign-up").route(get(people::sign_up::page)).route(post().to(people::sign_up::submit)))
        .service(resource("/sign-in").route(get(people::sign_in::page)).route(post().to(people::sign_in::submit)))
        .service(resource("/sign-in/code").route(get(people::code::page)).route(post().to(people::code::submit)))
        .service(resource("/account/second-factor").route(get(people::second_factor::page)).route(post().to(people::second_factor::begin)))
        .service(resource("/account/second-factor/confirm").route(post().to(people::second_factor::confirm)))
        .service(
            resource("/account/second-factor/codes")
                .route(get(people::recovery_codes::page))
                .route(post().to(people::recovery_codes::submit)),
        )
        .service(
            resource("/account/second-factor/off")
                .route(get(people::recovery_codes::off_page))
                .route(post().to(people::recovery_codes::off)),
        )
        .service(resource("/sign-out").route(post().to(people::sign_out::submit)))
        .service(resource("/account/password").route(get(people::password::page)).route(post().to(people::password::submit)))
        .service(resource("/forgot").route(get(people::forgot::page)).route(post().to(people::forgot::submit)))
        .service(resource("/forgot/sent").route(get(people::forgot::sent)))
        .service(resource("/account/sign-ins").route(get(people::sign_ins::page)))
        .service(resource("/account/sign-ins/{id}/end").route(post().to(people::sign_ins::end)))
        .service(resource("/reset/{token}").route(get(people::reset::page)).route(post().to(people::reset::submit)))
        .service(resource("/account/sign-out-everywhere").route(post().to(people::sign_out_everywhere::submit)));
}
