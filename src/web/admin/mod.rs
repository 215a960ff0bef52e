//! Pages for admins, who keep the house; for everybody else they are not there.

mod chart;
pub mod jobs;
pub mod locks;
pub mod mail;
pub mod mails;
pub mod overview;
pub mod races;
pub mod reports;
pub mod tickets;
mod waits;

/// The rooms of the house, for the way through it: address and name.
pub const ROOMS: &[(&str, &str)] = &[
    ("/admin", "Overview"),
    ("/admin/tickets", "Tickets"),
    ("/admin/reports", "Reports"),
    ("/admin/mails", "Letters"),
    ("/admin/jobs", "Jobs"),
    ("/admin/locks", "Locks"),
];
