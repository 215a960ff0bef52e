//! Projects.

pub mod cancel;
pub mod draft;
pub mod edit;
pub mod list;
pub mod open_bids;
pub mod publish;
pub mod put;
pub mod shape;
pub mod show;
