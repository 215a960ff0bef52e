//! Projects that are brought as a file: choosing it, looking through it, putting its rows, and what became of them.

pub mod act;
pub mod bring;
pub mod multipart;
mod plan;
pub mod show;
