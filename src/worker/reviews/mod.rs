//! What the house does about reviews by the clock.

mod show_reviews;

pub use show_reviews::show_reviews;
