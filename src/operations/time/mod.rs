//! What a freelancer does with the time worked on a contract, and both sides with its weeks. Every path takes the same way in
//! (`operations/desk.rs`): the contract first, then the freelancer's own row, then what is known; and judges by the same rules.

mod approve_week;
mod copy_last_week;
mod delete_work;
mod edit_work;
mod fill_week;
mod import_work;
mod query_week;
mod record_work;
mod restore_work;
mod start_timer;
mod stop_forgotten_timer;
mod stop_timer;
mod submit_week;

pub use approve_week::approve_week;
pub use copy_last_week::{Copied, copy_last_week};
pub use delete_work::delete_work;
pub use edit_work::{Edit, edit_work};
pub use fill_week::fill_week;
pub use import_work::{Brought, import_work, try_import};
pub use query_week::query_week;
pub use record_work::record_work;
pub use restore_work::restore_work;
pub use start_timer::start_timer;
pub use stop_forgotten_timer::stop_forgotten_timer;
pub use stop_timer::stop_timer;
pub use submit_week::submit_week;
