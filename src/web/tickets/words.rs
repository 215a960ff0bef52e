//! The entries of a ticket's history in words.

use crate::db::tickets::Timeline;
use crate::domain::ids::TicketId;
use crate::domain::ticket::{Entry, Seat, TicketAct};
use crate::web::markdown::{self, SafeHtml};
use crate::web::shell::Shell;
use crate::web::shown::{self, Moment};

/// One entry as the page shows it.
pub struct Told {
    /// Its place: the page's fragment.
    pub n: i32,
    /// When.
    pub at: Moment,
    /// What happened, as a sentence.
    pub says: String,
    /// From which state to which.
    pub moved: String,
    /// What was written.
    pub words: Option<SafeHtml>,
    /// Whether that is for admins alone.
    pub internal: bool,
    /// The other ticket, where there is one.
    pub other: Option<TicketId>,
    /// Whether the house answered.
    pub is_answer: bool,
}

/// A timeline in words, for a reader in their own zone.
pub fn told(shell: &Shell, timeline: &[Timeline], opener: crate::domain::ids::UserId) -> Vec<Told> {
    let one = |row: &Timeline| {
        let entry = row.entry()?;
        Some(Told {
            n: entry.n,
            at: shown::time(&shell.clock, entry.at),
            says: format!("{}.", says(row, &entry)),
            moved: moved(&entry),
            words: row.words.as_deref().map(markdown::render),
            internal: row.internal,
            other: entry.ticket,
            is_answer: entry.what == TicketAct::Answered && entry.by != Some(opener),
        })
    };
    timeline.iter().filter_map(one).collect()
}

/// What an entry tells, without its full stop.
pub fn says(row: &Timeline, entry: &Entry) -> String {
    let who = row.by.as_deref().unwrap_or("The house");
    let whom = row.whom.as_deref();
    match entry.what {
        TicketAct::Opened => format!("{who} wrote this ticket"),
        TicketAct::Answered => format!("{who} answered"),
        TicketAct::Noted => format!("{who} noted, for admins alone"),
        TicketAct::Taken => format!("{who} took the ticket"),
        TicketAct::Assigned => match whom {
            Some(whom) => format!("{who} gave the ticket to {whom}"),
            None => format!("{who} gave the ticket back: nobody has it"),
        },
        TicketAct::Escalated => {
            let level = entry.level.unwrap_or_default();
            match (entry.by, whom) {
                (None, _) => format!("Nobody answered in time: the house passed the ticket on to level {level}"),
                (Some(_), Some(whom)) => format!("{who} passed the ticket on to level {level}, to {whom}"),
                (Some(_), None) => format!("{who} passed the ticket on to level {level}"),
            }
        }
        TicketAct::Merged => format!("{who} had this ticket go on in another one"),
        TicketAct::Joined => format!("{who} had another ticket go on here"),
        TicketAct::Closed => format!("{who} closed the ticket"),
    }
}

fn moved(entry: &Entry) -> String {
    match (entry.from, entry.to) {
        (Some(from), Some(to)) => format!("{} → {}", from.label(), to.label()),
        _ => String::new(),
    }
}

/// Whether a reader may be told of an entry at all.
pub fn is_for(entry: &Entry, seat: Seat) -> bool {
    seat == Seat::Agent || entry.what != TicketAct::Noted
}
