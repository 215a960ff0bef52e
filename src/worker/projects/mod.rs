//! What the house does about projects by the clock.

mod close_overdue;
mod open_due_bids;
mod tell_of_deadlines;

pub use close_overdue::close_overdue;
pub use open_due_bids::open_due_bids;
pub use tell_of_deadlines::tell_of_deadlines;
