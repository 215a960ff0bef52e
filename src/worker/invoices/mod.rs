//! Papers of invoices.

mod draw_paper;

pub use draw_paper::draw_paper;
