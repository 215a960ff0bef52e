//! Projects: finding, locking, listing, writing.

mod hold;
pub(in crate::db) mod is_open;
mod list;
mod lock;
mod look;
mod page;
mod read;
mod references;
mod reminders;
mod reopen;
mod revisions;
mod write;

pub use hold::{Known, Sought, Which, known, write_held, write_released};
pub(in crate::db) use list::FirstRows;
pub use list::{Filter, Listed, Order, PAGE, of_organisation, open, portion};
pub use lock::{lock, lock_for_award, lock_for_opening, lock_for_submit};
pub use look::write_look;
pub use page::{Bidder, Did, Own, Page, View, last, page, seen_by};
pub use read::{Decision, decision, edited_at, find, has_sealed_bids, membership, organisation_name};
pub use references::{by_reference, referred, write_referred};
pub use reminders::{due_to_close, due_to_near, due_to_open, due_to_warn, warned_at, write_reminded};
pub use reopen::{contract_won, write_completed, write_reopened};
pub use revisions::{between, revisions, write_revision};
pub use write::{DraftRow, draft, write_award, write_cancelled, write_edited, write_opened, write_published, write_visibility};
