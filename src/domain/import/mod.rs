//! Projects that are brought as a file: reading it, judging each row, and what becomes of them.

mod refused;
mod row;
mod sheet;

pub use refused::{ImportRefused, in_words};
pub use row::{COLUMNS, Judged, Outcome, RowFields};
pub use sheet::{FileWrong, Sheet};

/// The largest file that is read, in bytes.
pub const MOST_BYTES: usize = 2_000_000;
/// The most projects of one file.
pub const MOST_ROWS: usize = 5000;
/// For so many days a file's rows are kept.
pub const KEPT_DAYS: i64 = 14;
