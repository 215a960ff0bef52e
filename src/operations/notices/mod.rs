//! What people do with what they were told: read it, keep it for later, choose what comes.

mod choose_notices;
mod mark_all_read;
mod mark_read;
mod mark_unread;

pub use choose_notices::choose_notices;
pub use mark_all_read::mark_all_read;
pub use mark_read::mark_read;
pub use mark_unread::mark_unread;
