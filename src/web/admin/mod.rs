//! Pages for admins, who keep the house; for everybody else they are not there.

mod chart;
pub mod jobs;
pub mod locks;
pub mod mail;
pub mod mails;
pub mod reports;
pub mod tickets;
mod waits;
