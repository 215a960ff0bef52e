//! How letters leave the house: by a mail server, or as files where there is none. A floor beside `web`, which words them.

mod carrier;
mod envelope;
mod post;

pub use carrier::{Carrier, Running};
pub use lettre::message::Mailbox;
pub use post::{Post, PostFault};
