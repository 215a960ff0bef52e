//! Writing, publishing, changing and calling off projects.

mod cancel_project;
mod draft_project;
mod edit_project;
mod publish_project;

pub use cancel_project::cancel_project;
pub use draft_project::draft_project;
pub use edit_project::edit_project;
pub use publish_project::publish_project;
