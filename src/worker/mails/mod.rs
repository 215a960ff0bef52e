//! What is done in the background for letters.

mod write_digests;

pub use write_digests::write_digests;
