//! Files that people add: taken with a form, listed, handed out.

pub mod hand_out;
pub mod room;
pub mod sent;
pub mod shown;
