//! What people (and workers) can do: one verb, one file, one function, one transaction. No HTTP; never one operation
//! from another.

pub mod contracts;
mod desk;
pub mod drafts;
pub mod enquiries;
pub mod exports;
pub mod files;
pub mod freelancers;
pub mod house;
pub mod imports;
pub mod invoices;
pub mod jobs;
mod kept;
pub mod mails;
pub mod messages;
pub mod milestones;
pub mod notices;
mod once;
pub mod organisations;
mod party;
pub mod people;
pub mod projects;
pub mod proposals;
mod put;
mod refused;
mod reveal;
pub mod reviews;
mod reworded;
pub mod runners;
pub mod searches;
pub mod tickets;
pub mod time;
pub mod tokens;
pub mod webhooks;
mod window;

pub use desk::Stopped;
use desk::{Desk, end_timer, keeping, session, settle, sit};
use kept::{kept, kept_project};
use once::{Outcome, once};
use party::{contract_of, party, party_to};
use put::put;
pub use refused::refused;
use reveal::reveal;
use reworded::reworded;
use window::{Window, behind_window, open, window};
