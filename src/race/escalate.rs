//! Admins pass one ticket on to the next level.

use super::attempt::{Attempt, Send, Yes};
use super::cast::done;
use super::lab::Lab;
use crate::db::tickets::Asked;
use crate::domain::ids::TicketId;
use crate::domain::ticket::Topic;
use crate::domain::words::{TicketTitle, TicketWords};
use crate::operations::tickets::{NewTicket, open_ticket};

/// A ticket that somebody has just written.
pub fn ticket(lab: &mut Lab) -> anyhow::Result<TicketId> {
    let by = lab.cast.owner()?;
    let asked = Asked { topic: Topic::Other, title: TicketTitle::parse("Raced")?, contract: None };
    done(open_ticket(&mut lab.conn(), by, &NewTicket { asked, words: TicketWords::parse("Who has it?")? }))
}

/// Everybody has seen it at the first level, and passes it on to somebody else of those who keep the house.
pub fn round(lab: &mut Lab) -> anyhow::Result<Vec<Attempt>> {
    let ticket = ticket(lab)?;
    let admins: Vec<_> = lab.cast.admins.iter().map(|admin| admin.id).collect();
    let mut attempts = Vec::new();
    for (client, window) in lab.admins()?.into_iter().enumerate() {
        let Some(to) = admins.get((client + 1) % admins.len().max(1)) else { continue };
        let why = format!("Client {client} of {} passes it on.", lab.mark);
        let yes = Yes::to("ESCALATED", ticket.0, why.clone());
        let typed = vec![("escalate_to", to.to_string()), ("why", why)];
        let send = Send::Form { page: format!("/tickets/{ticket}"), action: format!("/tickets/{ticket}/escalate"), typed };
        attempts.push(Attempt { window, delay: lab.within(3), send, yes });
    }
    Ok(attempts)
}
