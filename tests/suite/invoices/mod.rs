//! Invoices: numbers without gap or double, each thing on one, and the same words on the page and in the file.
pub mod ground;
mod killed;
mod pages;
mod papers;
mod races;
