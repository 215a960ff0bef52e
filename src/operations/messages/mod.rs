//! Writing to the other side, and telling the house about what was written.

mod report_message;
mod write_message;

pub use report_message::report_message;
pub use write_message::{NewMessage, Wrote, write_message};
