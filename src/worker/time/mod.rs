//! What the house does about time worked.

mod stop_forgotten_timers;

pub use stop_forgotten_timers::stop_forgotten_timers;
