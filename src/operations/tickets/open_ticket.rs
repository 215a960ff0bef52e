//! Asking something of the house.

use crate::db::refused_attempts::Attempt;
use crate::db::tickets::{self, Asked};
use crate::db::{Connection, Failure, Tx, transaction};
use crate::domain::ids::{TicketId, UserId};
use crate::domain::ticket::TicketRefused;
use crate::domain::words::TicketWords;
use crate::operations::{Outcome, once, open, refused};

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
    refused(conn, Attempt::new(by, "open_ticket"), |conn| transaction(conn, |tx| once(tx, by, |tx| ask(tx, by, new))))
}

fn ask(tx: &mut Tx<'_>, by: UserId, new: &NewTicket) -> Result<TicketId, Failure<TicketRefused>> {
    if let Some(contract) = new.asked.contract
        && !tickets::may_name_contract(tx, contract, by)?
    {
        return Err(Failure::Refused(TicketRefused::NoContract));
    }
    open(tx, by, &new.asked, &new.words)
}

impl Outcome for TicketId {
    fn kept(&self) -> (i64, bool) {
        (self.0, true)
    }
    fn again(made: i64, _: bool) -> Self {
        Self(made)
    }
}
