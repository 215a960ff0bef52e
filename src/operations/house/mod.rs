//! What the house does for itself, whoever asks.

mod clear_out;
mod close_overdue_project;
mod end_wait;
mod keep_race_run;
mod let_go_files;
mod open_due_bids;
mod tell_of_deadline;
mod warn_of_closing;

pub use clear_out::clear_out;
pub use close_overdue_project::close_overdue_project;
pub use end_wait::end_wait;
pub use keep_race_run::keep_race_run;
pub use let_go_files::let_go_files;
pub use open_due_bids::open_due_bids;
pub use tell_of_deadline::tell_of_deadline;
pub use warn_of_closing::warn_of_closing;
