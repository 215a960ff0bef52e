//! How it is shown: routes, forms, pages. No SQL; a plain read may go straight to `db`.

pub mod address;
pub mod admin;
pub mod api;
pub mod assets;
pub mod context;
pub mod contracts;
pub mod dashboard;
pub mod drafts;
pub mod enquiries;
pub mod error;
mod error_page;
pub mod exports;
pub mod files;
pub mod flash;
pub mod form;
mod frame;
pub mod freelancers;
pub mod history;
pub mod how_it_works;
pub mod imports;
pub mod jobs;
pub mod letters;
pub mod live;
pub mod markdown;
pub mod messages;
pub mod milestones;
mod multipart;
pub mod notices;
pub mod organisations;
pub mod people;
pub mod projects;
pub mod proposals;
pub mod respond;
mod routes;
mod same_origin;
pub mod searches;
pub mod server;
pub mod session;
pub mod shell;
pub mod shown;
pub mod tags;
pub mod time;
pub mod tokens;
pub mod webhooks;

#[cfg(test)]
mod specimen;
