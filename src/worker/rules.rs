//! What the house does by itself, as whoever keeps it has set it.

use chrono::TimeDelta;

use crate::domain::project::ClosesAfter;

/// The house's rules.
#[derive(Debug, Clone, Copy)]
pub struct Rules {
    /// After how long an open project is closed on which nobody decides; nothing: never.
    pub closes_after: Option<ClosesAfter>,
    /// How long after the deadline members have to open sealed bids before the house does.
    pub opens_bids_after: TimeDelta,
    /// Whether webhooks may call addresses inside the house's own network.
    pub may_call_inside: bool,
}

impl Rules {
    /// The days of [`Rules::closes_after`] where nothing is set.
    pub const CLOSES_AFTER_DAYS: u16 = 90;
}

impl Default for Rules {
    fn default() -> Self {
        Self { closes_after: ClosesAfter::days(Self::CLOSES_AFTER_DAYS), opens_bids_after: TimeDelta::zero(), may_call_inside: false }
    }
}
