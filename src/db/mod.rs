//! How things are kept: all queries, the pool, transactions, locks, retry, the embedded server. No rule, no HTTP.

pub mod bell;
pub mod cluster;
pub mod contracts;
mod crowd;
pub mod dashboard;
pub mod database;
pub mod directory;
pub mod drafts;
pub mod enquiries;
pub mod events;
pub mod exports;
mod failure;
pub mod freelancers;
mod gate;
pub mod history;
pub mod imports;
pub mod jobs;
mod lanes;
pub mod live;
mod locked;
pub mod looks;
pub mod marks;
pub mod messages;
pub mod migrations;
pub mod notices;
pub mod organisations;
pub mod own;
pub mod pooler;
mod portion;
mod prepared;
pub mod project_invitations;
pub mod projects;
pub mod proposals;
mod reach;
pub mod records;
pub mod refused_attempts;
pub mod request_keys;
pub mod searches;
pub mod sessions;
pub mod sign_in_attempts;
pub mod tokens;
mod transaction;
pub mod users;
pub mod verify;
pub mod wire;

// What the closures of `Database::run` are handed and answer with, so that pages need not know Diesel.
pub use diesel::pg::PgConnection;
pub use diesel::result::QueryResult;

pub use crowd::Crowd;
pub use database::Database;
pub use failure::{Failure, Fault};
pub use locked::{Locked, clock};
pub use portion::Portion;
pub use transaction::{Connection, Patience, Tx, transaction};
