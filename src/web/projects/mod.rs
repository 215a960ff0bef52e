//! Pages of projects.

mod actions;
pub(super) mod asked;
pub mod cancel;
pub(super) mod conflict;
pub mod difference;
pub mod edit;
pub mod held;
pub mod invitations;
pub mod list;
pub mod managed;
pub mod new;
pub mod open_bids;
pub mod project;
pub mod publish;
pub mod reopen;
mod stale;
mod typed;
pub(super) mod words;
