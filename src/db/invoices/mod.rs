//! Invoices: what can stand on one, reading, writing, and the row that counts.

mod list;
mod lock;
mod papers;
mod read;
mod ready;
mod write;

pub use list::{Listed, page, portion};
pub use lock::lock;
pub use papers::{paper, paper_key, write_paper};
pub use read::{CreditNote, Shown, TaxLine, details_before, find, find_for, find_whole, lines, on_contract};
pub use ready::ready;
pub use write::{
    Issue, draw, write_credit_note, write_discarded, write_draft, write_edited, write_issued, write_milestones_paid, write_paid,
    write_void, write_weeks_approved, write_weeks_invoiced,
};
