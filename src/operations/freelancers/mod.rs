//! What freelancers say about themselves.

mod save_profile;

pub use save_profile::save_profile;
