//! A contract from its award to its end, and everything that two people can do to it at once.
pub mod act;
mod bulk;
mod killed;
mod moving;
mod pages;
mod pairs;
mod reopening;
mod terms;
