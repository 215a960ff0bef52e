//! Time worked: sessions that never overlap, the weeks that they lie in, and how people write hours and times down.

mod admit;
mod file;
mod hours;
mod log;
mod place;
mod sheet;
mod stop;
mod wall;
mod week;

pub use admit::{Admitted, Ground, KnownWeek, Near, Piece, free_parts};
pub use file::{FileRow, FileWrong, read_file};
pub use hours::{HoursWrong, Minutes};
pub use log::{Cell, Entry, LogRefused, MOST_AT_ONCE, Origin, Span, WorkLog, whole_minute};
pub use place::week_later;
pub use sheet::{Approval, Query, SheetRefused, SheetState, Submission, Timesheet, Worked};
pub use stop::{FORGOTTEN_AFTER, Stop};
pub use wall::{TimeWrong, read_time};
pub use week::Week;
