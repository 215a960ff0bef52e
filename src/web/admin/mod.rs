//! Pages for admins, who keep the house; for everybody else they are not there.

pub mod abuse;
mod acts;
pub mod answers;
mod chart;
pub mod health;
pub mod history;
pub mod hours;
pub mod jobs;
pub mod locks;
pub mod mail;
pub mod mails;
pub mod organisations;
pub mod overview;
pub mod people;
pub mod person;
pub mod project;
pub mod projects;
pub mod races;
pub mod reports;
pub mod settings;
pub mod tickets;
pub mod wait;
mod waits;

/// The rooms of the house, for the way through it: address and name.
pub const ROOMS: &[(&str, &str)] = &[
    ("/admin", "Overview"),
    ("/admin/people", "People"),
    ("/admin/organisations", "Organisations"),
    ("/admin/projects", "Projects"),
    ("/admin/history", "History"),
    ("/admin/tickets", "Tickets"),
    ("/admin/abuse", "Reports"),
    ("/admin/mails", "Letters"),
    ("/admin/jobs", "Jobs"),
    ("/admin/locks", "Locks"),
    ("/admin/races", "Races"),
    ("/admin/health", "Health"),
    ("/admin/settings", "Settings"),
];

/// A list's address with those of its fields that say something.
fn address(path: &str, fields: &[(&str, &str)]) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    for (name, value) in fields.iter().filter(|(_, value)| !value.is_empty()) {
        query.append_pair(name, value);
    }
    let query = query.finish();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}
