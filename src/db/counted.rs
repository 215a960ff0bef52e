//! Figures that are counted where things happen, by the names under which they are told.

/// Transactions tried again, by `why`.
pub const RETRIES: &str = "guildhall_retries_total";
/// Changes given up because a row's lock was held to the end of all patience.
pub const TURNED_AWAY: &str = "guildhall_turned_away_total";
/// Jobs that this process ended, by the `status` in which they were left.
pub const JOBS: &str = "guildhall_jobs_total";
/// Letters that this process ended, by `ending`.
pub const MAILS: &str = "guildhall_mails_total";
