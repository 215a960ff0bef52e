//! What people ask of the house: their own tickets, a new one, and one ticket for whoever asked and for admins.

pub mod act;
pub mod answer;
mod conflict;
pub mod list;
pub mod new;
pub mod show;
mod words;
