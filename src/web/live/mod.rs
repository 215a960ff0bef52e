//! Live where it helps: one stream for each browser, by which it hears that something changed; what, it asks the page
//! that anybody could open. Everything works without.

mod banner;
mod hub;
pub mod listed;
pub mod news;
pub mod stream;
pub mod told;

use tokio::signal::unix::{SignalKind, signal};

use crate::db::Database;

pub use hub::Hub;

/// The place for this process's streams, told over the wire of the database. They end first when the process is told
/// to stop.
///
/// # Errors
/// If the system has no thread, or no place for signals.
pub fn open(database: &Database) -> std::io::Result<Hub> {
    let hub = Hub::default();
    database.listen(hub.clone())?;
    let (mut stops, mut interrupts) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    let closing = hub.clone();
    actix_web::rt::spawn(async move {
        tokio::select! {
            _ = stops.recv() => {}
            _ = interrupts.recv() => {}
        }
        closing.close();
    });
    Ok(hub)
}
