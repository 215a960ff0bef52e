//! Writing, publishing, changing, opening and calling off projects.

mod cancel_project;
mod choose_visibility;
mod draft_project;
mod edit_project;
mod hold_project;
mod invite_freelancer;
mod open_bids;
mod publish_project;
mod put_project;
mod release_project;
mod reopen_project;
mod uninvite_freelancer;

pub use cancel_project::cancel_project;
pub use choose_visibility::choose_visibility;
pub use draft_project::draft_project;
pub use edit_project::edit_project;
pub use hold_project::hold_project;
pub use invite_freelancer::invite_freelancer;
pub use open_bids::open_bids;
pub use publish_project::publish_project;
pub use put_project::put_project;
pub use release_project::release_project;
pub use reopen_project::reopen_project;
pub use uninvite_freelancer::uninvite_freelancer;

pub use crate::domain::project::Put;
