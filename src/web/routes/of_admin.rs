//! The addresses of the house, for admins.

use actix_web::web::{ServiceConfig, resource};

use super::super::admin;
use super::get;

/// All of them.
pub fn routes(site: &mut ServiceConfig) {
    site.service(resource("/admin").route(get(admin::overview::page)));
}
