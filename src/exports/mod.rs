//! Lists as files: what a list page shows, whole, as rows of a table, written as CSV or JSON. A page answers with a short
//! one at once; a long one is written in the background.

mod archive;
mod format;
mod history;
mod house;
mod list;
mod machines;
mod money;
mod own;
mod paper;
mod people;
mod projects;
mod table;
mod talk;
mod wanted;
mod work;

pub use archive::Archive;
pub use format::{Format, Writer};
pub use list::{List, NotShown, Part};
pub use paper::{HEADS as PAPER_HEADS, Paper, day, pdf};
pub use table::Cell;
pub use wanted::Wanted;
