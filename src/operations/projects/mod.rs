//! Writing, publishing, changing and calling off projects.

mod cancel_project;
mod choose_visibility;
mod draft_project;
mod edit_project;
mod invite_freelancer;
mod publish_project;
mod uninvite_freelancer;

pub use cancel_project::cancel_project;
pub use choose_visibility::choose_visibility;
pub use draft_project::draft_project;
pub use edit_project::edit_project;
pub use invite_freelancer::invite_freelancer;
pub use publish_project::publish_project;
pub use uninvite_freelancer::uninvite_freelancer;
