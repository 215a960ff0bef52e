//! Pages of contracts: their terms, their milestones, and what both sides can do with them.

pub mod act;
pub mod complete;
pub(super) mod conflict;
pub(super) mod desk;
pub mod milestones;
pub mod show;
pub mod terminate;
pub mod terms;
mod terms_typed;
