//! What every act on a ticket begins and ends with: its lock, who comes as what, and what is told of it.

use serde_json::{Value, json};

use crate::db::tickets::{self, Asked, Desk};
use crate::db::{Failure, Fault, Locked, Tx, events, notices};
use crate::domain::chain::words_hash;
use crate::domain::event::{EventKind, Happening};
use crate::domain::ids::{TicketId, TicketWordsId, UserId};
use crate::domain::notice::{Notice, NoticeKind};
use crate::domain::ticket::{Entry, Seat, Ticket, TicketAct, TicketRefused, TicketStatus};
use crate::domain::words::TicketWords;

/// A ticket that is locked, with all that decides on it.
pub struct Window {
    /// The ticket.
    pub ticket: Locked<Ticket>,
    /// What decides beside it.
    pub desk: Desk,
}

/// Locks a ticket for somebody, who comes as what they are to it.
///
/// # Errors
/// [`TicketRefused::Missing`] for whom it does not concern; or whatever broke.
pub fn window(tx: &mut Tx<'_>, id: TicketId, by: UserId) -> Result<(Window, Seat), Failure<TicketRefused>> {
    let missing = || Failure::Refused(TicketRefused::Missing);
    let ticket = tickets::lock(tx, id)?.ok_or_else(missing)?;
    let (ticket, desk) = tickets::desk(tx, ticket, Some(by))?;
    let seat = ticket.seat(by, desk.is_admin).ok_or_else(missing)?;
    Ok((Window { ticket, desk }, seat))
}

/// The same for what only admins do; whoever asked knows of the ticket and may not.
///
/// # Errors
/// [`TicketRefused`]; or whatever broke.
pub fn behind_window(tx: &mut Tx<'_>, id: TicketId, by: UserId) -> Result<Window, Failure<TicketRefused>> {
    let (window, _) = window(tx, id, by)?;
    if window.desk.is_admin { Ok(window) } else { Err(Failure::Refused(TicketRefused::NotAllowed)) }
}

/// Writes a ticket down and begins its clock; everybody who keeps the house is told.
///
/// # Errors
/// None but what broke: a new ticket has room.
pub fn open(tx: &mut Tx<'_>, by: UserId, asked: &Asked, words: &TicketWords) -> Result<TicketId, Failure<TicketRefused>> {
    let desk = tickets::asked(tx, asked.topic)?;
    let ticket = tickets::write_opened(tx, by, asked, &desk)?;
    let mut window = Window { ticket, desk };
    let mut entry = window.entry(Some(by), TicketAct::Opened);
    entry.to = Some(TicketStatus::New);
    window.write(tx, &entry, by, false, words)?;
    let facts = json!({ "topic": asked.topic, "contract": asked.contract });
    window.tell(tx, &entry, EventKind::TicketOpened, Some(words), &facts)?;
    notices::tell(tx, &window.ticket, by, &[Notice::admins(NoticeKind::TicketOpened)])?;
    Ok(window.ticket.id)
}

impl Window {
    /// The entry that comes next.
    pub fn entry(&self, by: Option<UserId>, what: TicketAct) -> Entry {
        Entry::new(self.desk.entries + 1, self.ticket.at, by, what)
    }

    /// Puts an entry into the history, and an event behind the last one.
    ///
    /// # Errors
    /// [`TicketRefused::Full`]; or whatever broke.
    pub fn tell(
        &mut self,
        tx: &mut Tx<'_>,
        entry: &Entry,
        kind: EventKind,
        words: Option<&TicketWords>,
        more: &Value,
    ) -> Result<(), Failure<TicketRefused>> {
        if !tickets::write_entry(tx, &self.ticket, entry)? {
            return Err(Failure::Refused(TicketRefused::Full));
        }
        let mut facts = json!({ "entry": entry.n });
        if let (Some(facts), Some(more)) = (facts.as_object_mut(), more.as_object()) {
            facts.extend(more.clone());
            if let Some(words) = words {
                facts.insert("words".to_owned(), json!(words_hash(&self.ticket.salt, &[words.as_str()])));
            }
        }
        let mut what = entry.by.map_or_else(|| Happening::by_house(kind), |by| Happening::by(by, kind)).facts(facts);
        if let Some(to) = entry.to {
            what = what.moved(entry.from.map(|from| from.as_str()), to.as_str());
        }
        (what.subject, self.desk.entries) = (entry.whom, entry.n);
        events::append(tx, &mut self.ticket, what)?;
        Ok(())
    }

    /// Writes words behind an entry.
    ///
    /// # Errors
    /// Whatever broke.
    pub fn write(&self, tx: &mut Tx<'_>, entry: &Entry, by: UserId, internal: bool, words: &TicketWords) -> Result<TicketWordsId, Fault> {
        Ok(tickets::write_words(tx, &self.ticket, entry.n, by, internal, words)?)
    }
}
