//! Telling the house about a project, a profile or a review, and settling what was told.

mod report_abuse;
mod settle_report;

pub use report_abuse::report_abuse;
pub use settle_report::settle_report;
