//! What is done again and again, by the database's clock. There is no second scheduler: every worker asks for each turn,
//! and the first to come gets it, because each turn has a key of its own, such as `clear_out:2026-11-21T19:00:00Z`.

use chrono::{DateTime, SecondsFormat, Utc};

use crate::domain::job::{NewJob, Priority, Task};

/// Something that has its turns.
pub struct Entry {
    /// How its keys begin.
    name: &'static str,
    /// Its turns begin at whole multiples of so many seconds.
    seconds: i64,
    /// What is done in the turn that begins at this time.
    task: fn(DateTime<Utc>) -> Task,
}

/// All of it.
pub const ENTRIES: &[Entry] = &[
    Entry { name: "clear_out", seconds: 3600, task: |_| Task::ClearOut {} },
    Entry { name: "tidy_files", seconds: 3600, task: |_| Task::TidyFiles {} },
    Entry { name: "open_due_bids", seconds: 60, task: |_| Task::OpenDueBids {} },
    Entry { name: "tell_of_deadlines", seconds: 900, task: |_| Task::TellOfDeadlines {} },
    Entry { name: "gather_calls", seconds: 30, task: |_| Task::GatherCalls {} },
    Entry { name: "close_overdue", seconds: 3600, task: |_| Task::CloseOverdue {} },
    Entry { name: "stop_forgotten_timers", seconds: 300, task: |_| Task::StopForgottenTimers {} },
    Entry { name: "show_reviews", seconds: 60, task: |_| Task::ShowReviews {} },
    Entry { name: "keep_tickets_on_time", seconds: 60, task: |_| Task::KeepTicketsOnTime {} },
    Entry { name: "write_digests", seconds: 600, task: |_| Task::WriteDigests {} },
];

impl Entry {
    /// The turn that this moment is in. One that passed while no worker was there is not made up for.
    pub fn turn(&self, now: DateTime<Utc>) -> NewJob {
        let begins = now.timestamp().div_euclid(self.seconds) * self.seconds;
        let begins = DateTime::from_timestamp(begins, 0).unwrap_or(now);
        let key = format!("{}:{}", self.name, begins.to_rfc3339_opts(SecondsFormat::Secs, true));
        NewJob { priority: Priority::Later, ..NewJob::new((self.task)(begins), key) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_of_an_hour_is_one_turn() {
        let entry = Entry { name: "tidy", seconds: 3600, task: |_| Task::ClearOut {} };
        let key = |time: &str| entry.turn(time.parse().expect("a time")).unique_key;
        assert_eq!(key("2026-11-21T19:00:00Z"), "tidy:2026-11-21T19:00:00Z");
        assert_eq!(key("2026-11-21T19:59:59.999Z"), "tidy:2026-11-21T19:00:00Z");
        assert_eq!(key("2026-11-21T20:00:00Z"), "tidy:2026-11-21T20:00:00Z");
    }
}
