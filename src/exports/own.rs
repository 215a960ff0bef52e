//! All that is kept about one person as rows, for their archive.

use serde_json::Value;

use super::list::{List, Part, Read};
use super::table::Cell;
use crate::db::PgConnection;
use crate::db::own::{self, Own, Row};
use crate::domain::ids::UserId;

/// A table of somebody's own: its file's name, what it is, and its columns.
type Table = (&'static str, Own, &'static [&'static str]);

/// Every table; a list names one by its place.
pub const TABLES: [Table; 22] = [
    ("account", Own::Account, &["Name", "E-mail", "Admin", "Time zone", "Colours", "Began"]),
    (
        "profile",
        Own::Profile,
        &["Headline", "Skills", "Rate an hour", "Currency", "About", "Listed", "Available from", "Hours a week", "Began"],
    ),
    ("memberships", Own::Memberships, &["Organisation", "Role", "Since"]),
    (
        "proposals-whole",
        Own::Proposals,
        &[
            "Proposal",
            "Project",
            "Title",
            "Price",
            "Currency",
            "Working days",
            "Can start",
            "Cover letter",
            "Questions",
            "Answers",
            "Milestones",
            "Version",
            "Sent",
            "Changed",
        ],
    ),
    ("messages-written", Own::Messages, &["Message", "Proposal", "Contract", "Words", "Sent"]),
    ("deliveries", Own::Deliveries, &["Contract", "Milestone", "Number", "Words", "Sent"]),
    ("terms-proposed", Own::Terms, &["Contract", "Number", "Price", "Working days", "Minutes a week", "Ends on", "Words", "Proposed"]),
    ("time-worked", Own::Sessions, &["Session", "Contract", "From", "To", "Note", "Entered as", "Deleted"]),
    ("reviews-written", Own::Reviews, &["Contract", "Side", "Rating", "Words", "Written"]),
    ("files", Own::Files, &["File", "Name", "Kind", "Bytes", "Proposal", "Message", "Delivery", "Added", "Address"]),
    ("written-on-tickets", Own::TicketWords, &["Ticket", "Title", "Words", "Written"]),
    ("reports-made", Own::Abuse, &["Report", "Of", "Number", "Reason", "Reported", "Outcome"]),
    ("acts-of-the-house", Own::Acts, &["At", "What", "Reason"]),
    ("questions-asked", Own::Questions, &["Question", "Project", "Words", "Asked"]),
    ("drafts", Own::Drafts, &["Form", "About", "Fields", "Changed"]),
    ("marks-set", Own::Marks, &["Proposal", "Mark", "Stands", "Words", "Set"]),
    ("invitations", Own::Invitations, &["Project", "Invited"]),
    ("notices-switched-off", Own::SwitchedOff, &["Kind"]),
    ("refused-attempts", Own::Refused, &["At", "Act", "Project", "Proposal", "Why not"]),
    ("sign-ins", Own::SignIns, &["Began", "Last used", "Holds until", "Browser", "Address"]),
    ("sign-ins-tried", Own::SignInsTried, &["At", "Outcome", "Browser", "Address"]),
    ("second-factor", Own::SecondFactor, &["Since"]),
];

impl List {
    /// Every list that is somebody's own: together, all that is kept about them.
    pub fn all_own() -> Vec<Self> {
        let lists = [
            Self::OwnProposals,
            Self::Contracts,
            Self::Invoices(None),
            Self::OwnTickets,
            Self::Tokens,
            Self::Notices,
            Self::Threads,
            Self::Searches,
            Self::AccountHistory,
        ];
        (0..TABLES.len()).map(Self::Own).chain(lists).collect()
    }
}

/// One of the tables.
pub fn rows(conn: &mut PgConnection, table: &Table, reader: UserId, after: Option<i64>) -> Read {
    let (rows, more) = own::rows(conn, table.1, reader, after.unwrap_or(0))?;
    let cells = |row: &Row| row.cells.as_array().map(|cells| cells.iter().map(cell).collect()).unwrap_or_default();
    Ok(Part::of(&rows, more, |row| row.key, cells))
}

fn cell(value: &Value) -> Cell {
    match value {
        Value::Null => Cell::None,
        Value::Bool(yes) => Cell::Yes(*yes),
        Value::String(words) => Cell::text(words),
        Value::Number(number) => number.as_i64().map_or_else(|| Cell::text(number.to_string()), Cell::Number),
        Value::Array(all) if all.iter().all(Value::is_string) => {
            Cell::Lines(all.iter().filter_map(Value::as_str).map(str::to_owned).collect())
        }
        other => Cell::text(other.to_string()),
    }
}
