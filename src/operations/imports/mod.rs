//! Projects that are brought as a file: kept, begun, stopped and thrown away by people, put row by row by workers.

mod bring_projects;
mod discard_import;
mod finish_import;
mod import_row;
mod start_import;
mod stop_import;

pub use bring_projects::bring_projects;
pub use discard_import::discard_import;
pub use finish_import::finish_import;
pub use import_row::import_row;
pub use start_import::start_import;
pub use stop_import::stop_import;
