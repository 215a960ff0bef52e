//! Proposals.

pub mod accept;
pub mod decline;
pub mod list;
pub mod shape;
pub mod show;
pub mod submit;
pub mod undecline;
pub mod withdraw;
