//! What was worked, invoiced and paid.

mod chart;
pub mod show;
pub mod statement;
