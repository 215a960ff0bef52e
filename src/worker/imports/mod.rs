//! Projects that were brought as a file.

mod put_projects;

pub use put_projects::put_projects;
