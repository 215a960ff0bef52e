//! Lists as files: what they hold, for whom, and how they are written.
mod lists;
