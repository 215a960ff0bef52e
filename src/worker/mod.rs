//! What is done in the background: jobs are claimed, performed and reported on. Beside `web`; it calls operations.

mod clock;
mod crew;
mod exports;
mod hand;
mod house;
mod imports;
mod invoices;
mod lane;
mod mails;
mod perform;
mod projects;
mod reviews;
mod rules;
mod schedule;
mod sweep;
mod tickets;
mod time;
mod webhooks;

pub use crew::{Crew, Perform};
pub use hand::{Hand, Trouble, report};
pub use rules::Rules;
