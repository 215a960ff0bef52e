//! What the house does about tickets by the clock.

mod keep_tickets_on_time;

pub use keep_tickets_on_time::keep_tickets_on_time;
