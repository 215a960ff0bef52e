//! What there is to do in the background, each kind with its arguments.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Queue;
use crate::domain::ids::{ExportId, ImportId, InvoiceId, UserId};

/// One piece of background work. Arguments hold ids and numbers, never names or letters, so that a person can be erased.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "arguments", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Task {
    /// What is kept for a while only goes.
    ClearOut {},
    /// Files that nobody sent go, and bytes that nobody names.
    TidyFiles {},
    /// Sealed bids are opened that no member has opened.
    OpenDueBids {},
    /// People are told of deadlines that are near.
    TellOfDeadlines {},
    /// Projects on which nobody decides are closed, after a warning.
    CloseOverdue {},
    /// A file that somebody asked for.
    MakeFile {
        /// Which.
        export: ExportId,
    },
    /// Projects that somebody brought as a file.
    PutProjects {
        /// Which file.
        import: ImportId,
        /// In whose name.
        by: UserId,
    },
    /// What an organisation's own runners do: their name for it, and what they need to know. Both are its own words.
    External {
        /// What there is to do.
        name: String,
        /// With what.
        arguments: Value,
    },
    /// Whoever has not read what they were told, and wants a digest this morning, gets one.
    WriteDigests {},
    /// What webhooks have to tell is found.
    GatherCalls {},
    /// A webhook is called.
    CallWebhook {
        /// What it is told.
        delivery: i64,
        /// Whether it is told so although it was told before.
        again: bool,
    },
    /// Timers that somebody forgot are stopped.
    StopForgottenTimers {},
    /// Reviews are shown whose days are over.
    ShowReviews {},
    /// Tickets that nobody answers in time are passed on, and reckoned anew where the house's hours have changed.
    KeepTicketsOnTime {},
    /// The paper of an invoice, as a file.
    DrawPaper {
        /// Which.
        invoice: InvoiceId,
        /// Whether that of its credit note.
        credit_note: bool,
    },
    /// Nothing, for a while, step by step: to see whether workers work, and how fast.
    Drill {
        /// How many steps.
        steps: u16,
        /// How long each takes.
        millis: u32,
    },
}

impl Task {
    /// The kinds that this program's workers can do: they leave others to a newer program beside them.
    pub const DONE_BY_HOUSE: &'static [&'static str] = &[
        "CLEAR_OUT",
        "TIDY_FILES",
        "OPEN_DUE_BIDS",
        "TELL_OF_DEADLINES",
        "CLOSE_OVERDUE",
        "MAKE_FILE",
        "PUT_PROJECTS",
        "WRITE_DIGESTS",
        "GATHER_CALLS",
        "CALL_WEBHOOK",
        "STOP_FORGOTTEN_TIMERS",
        "SHOW_REVIEWS",
        "KEEP_TICKETS_ON_TIME",
        "DRAW_PAPER",
        "DRILL",
    ];

    /// The kind and the arguments, as they are stored.
    pub fn stored(&self) -> (String, Value) {
        let Ok(Value::Object(mut parts)) = serde_json::to_value(self) else { return Default::default() };
        let kind = parts.remove("kind").and_then(|kind| kind.as_str().map(str::to_owned)).unwrap_or_default();
        (kind, parts.remove("arguments").unwrap_or_default())
    }

    /// The task as it was stored; nothing if this program does not know it, or not with such arguments.
    pub fn read(kind: &str, arguments: &Value) -> Option<Self> {
        serde_json::from_value(serde_json::json!({ "kind": kind, "arguments": arguments })).ok()
    }

    /// Who does it.
    pub fn queue(&self) -> Queue {
        match self {
            Self::External { .. } => Queue::Runners,
            Self::ClearOut {}
            | Self::TidyFiles {}
            | Self::OpenDueBids {}
            | Self::TellOfDeadlines {}
            | Self::CloseOverdue {}
            | Self::MakeFile { .. }
            | Self::PutProjects { .. }
            | Self::WriteDigests {}
            | Self::GatherCalls {}
            | Self::CallWebhook { .. }
            | Self::StopForgottenTimers {}
            | Self::ShowReviews {}
            | Self::KeepTicketsOnTime {}
            | Self::DrawPaper { .. }
            | Self::Drill { .. } => Queue::House,
        }
    }

    /// How often it is tried before it has failed.
    pub fn most_attempts(&self) -> i32 {
        match self {
            Self::ClearOut {}
            | Self::TidyFiles {}
            | Self::OpenDueBids {}
            | Self::TellOfDeadlines {}
            | Self::CloseOverdue {}
            | Self::MakeFile { .. }
            | Self::PutProjects { .. }
            | Self::External { .. }
            | Self::WriteDigests {}
            | Self::GatherCalls {}
            | Self::StopForgottenTimers {}
            | Self::ShowReviews {}
            | Self::KeepTicketsOnTime {}
            | Self::DrawPaper { .. }
            | Self::Drill { .. } => 5,
            // over two hours, each rest four times the one before
            Self::CallWebhook { .. } => 7,
        }
    }
}

/// A kind in words, for those who watch over jobs; the stored word itself where this program does not know it.
pub fn label(kind: &str) -> &str {
    match kind {
        "CLEAR_OUT" => "Clear out what is old",
        "TIDY_FILES" => "Tidy files up",
        "OPEN_DUE_BIDS" => "Open sealed bids that are due",
        "TELL_OF_DEADLINES" => "Tell of deadlines that are near",
        "CLOSE_OVERDUE" => "Close what nobody decides",
        "MAKE_FILE" => "Make a file",
        "PUT_PROJECTS" => "Put the projects of a file",
        "EXTERNAL" => "Work for the organisation’s own runners",
        "WRITE_DIGESTS" => "Write digests",
        "GATHER_CALLS" => "Find what webhooks have to tell",
        "CALL_WEBHOOK" => "Call a webhook",
        "STOP_FORGOTTEN_TIMERS" => "Stop timers that were forgotten",
        "SHOW_REVIEWS" => "Show reviews that are due",
        "KEEP_TICKETS_ON_TIME" => "Pass on tickets that wait too long",
        "DRAW_PAPER" => "Draw the paper of an invoice",
        "DRILL" => "Drill",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_read_as_it_was_stored() {
        let external = Task::External { name: "build".to_owned(), arguments: serde_json::json!({ "branch": "main" }) };
        for task in [
            Task::ClearOut {},
            Task::TidyFiles {},
            Task::OpenDueBids {},
            Task::TellOfDeadlines {},
            Task::CloseOverdue {},
            Task::MakeFile { export: ExportId(7) },
            Task::PutProjects { import: ImportId(7), by: UserId(8) },
            external,
            Task::WriteDigests {},
            Task::GatherCalls {},
            Task::CallWebhook { delivery: 7, again: true },
            Task::StopForgottenTimers {},
            Task::ShowReviews {},
            Task::KeepTicketsOnTime {},
            Task::DrawPaper { invoice: InvoiceId(7), credit_note: true },
            Task::Drill { steps: 3, millis: 10 },
        ] {
            let (kind, arguments) = task.stored();
            assert!(arguments.is_object(), "{kind} has {arguments}");
            assert_ne!(label(&kind), kind, "{kind} has no words");
            assert_eq!(task.queue() == Queue::House, Task::DONE_BY_HOUSE.contains(&kind.as_str()), "{kind}");
            assert_eq!(Task::read(&kind, &arguments), Some(task));
        }
        assert_eq!(Task::read("FROM_TOMORROW", &serde_json::json!({})), None);
    }
}
