//! What programs ask that watch the house: does it live, can it serve, what are its figures. No session, no page, no frame.

mod counted;
mod figures;
mod health;
pub mod recorder;

use actix_web::web::{ServiceConfig, get, head, resource};

pub use counted::counted;
pub use figures::MetricsToken;

/// The three addresses.
pub fn routes(config: &mut ServiceConfig) {
    config
        .service(resource("/healthz").route(get().to(health::lives)).route(head().to(health::lives)))
        .service(resource("/readyz").route(get().to(health::ready)).route(head().to(health::ready)))
        .service(resource("/metrics").route(get().to(figures::show)));
}
