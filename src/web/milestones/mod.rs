//! The page of a milestone: what was delivered, and what was answered.

pub mod act;
pub mod show;
