//! Asking something of the house.

use serde_json::json;

use crate::db::refused_attempts::Attempt;
use crate::db::tickets::{self, Asked};
use crate::db::{Connection, Failure, Tx, notices, transaction};
use crate::domain::event::EventKind;
use crate::domain::ids::{TicketId, UserId};
use crate::domain::notice::{Notice, NoticeKind};
use crate::domain::ticket::{TicketAct, TicketRefused, TicketStatus};
use crate::domain::words::TicketWords;
use crate::operations::{Outcome, Window, once, refused};

/// What somebody asks.
#[derive(Debug, Clone)]
pub struct NewTicket {
    /// About what, in a few words, and on which contract.
    pub asked: Asked,
    /// In all words.
    pub words: TicketWords,
}

/// Writes a ticket down and begins its clock; everybody who keeps the house is told.
///
/// # Errors
/// [`TicketRefused::NoContract`], recorded; or whatever broke, with nothing written.
pub fn open_ticket(conn: &mut Connection<'_>, by: UserId, new: &NewTicket) -> Result<TicketId, Failure<TicketRefused>> {
    refused(conn, Attempt::new(by, "open_ticket"), |conn| transaction(conn, |tx| once(tx, by, |tx| open(tx, by, new))))
}

fn open(tx: &mut Tx<'_>, by: UserId, new: &NewTicket) -> Result<TicketId, Failure<TicketRefused>> {
    if let Some(contract) = new.asked.contract
        && !tickets::may_name_contract(tx, contract, by)?
    {
        return Err(Failure::Refused(TicketRefused::NoContract));
    }
    let desk = tickets::asked(tx, new.asked.topic)?;
    let ticket = tickets::write_opened(tx, by, &new.asked, &desk)?;
    let mut window = Window { ticket, desk };
    let mut entry = window.entry(Some(by), TicketAct::Opened);
    entry.to = Some(TicketStatus::New);
    window.write(tx, &entry, by, false, &new.words)?;
    let facts = json!({ "topic": new.asked.topic, "contract": new.asked.contract });
    window.tell(tx, &entry, EventKind::TicketOpened, Some(&new.words), &facts)?;
    notices::tell(tx, &window.ticket, by, &[Notice::admins(NoticeKind::TicketOpened)])?;
    Ok(window.ticket.id)
}

impl Outcome for TicketId {
    fn kept(&self) -> (i64, bool) {
        (self.0, true)
    }
    fn again(made: i64, _: bool) -> Self {
        Self(made)
    }
}
