//! What the house does for itself, whoever asks.

mod clear_out;

pub use clear_out::clear_out;
