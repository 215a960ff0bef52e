//! Drafts of long forms: kept as people type, put away, brought back, and let go when the form was sent.

mod discard_draft;
mod let_go_draft;
mod restore_draft;
mod save_draft;

pub use discard_draft::discard_draft;
pub use let_go_draft::let_go_draft;
pub use restore_draft::restore_draft;
pub use save_draft::save_draft;
