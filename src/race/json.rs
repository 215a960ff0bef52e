//! Admins note on one ticket, whose history is a list in its row.

use super::attempt::{Attempt, Send, Yes};
use super::escalate::ticket;
use super::lab::Lab;

/// So many write on one ticket: nobody is refused, and none of what they write may be lost.
const AT_ONE: usize = 16;

/// A ticket for each sixteen clients.
pub fn round(lab: &mut Lab, round: usize) -> anyhow::Result<Vec<Attempt>> {
    let mut attempts = Vec::new();
    let mut on = None;
    for (client, window) in lab.admins()?.into_iter().enumerate() {
        let ticket = match on {
            Some(ticket) if client % AT_ONE > 0 => ticket,
            _ => ticket(lab)?,
        };
        on = Some(ticket);
        let note = format!("Client {client} was here in round {round}.");
        let yes = Yes::to("NOTED", ticket.0, note.clone());
        let typed = vec![("note", note)];
        let send = Send::Form { page: format!("/tickets/{ticket}"), action: format!("/tickets/{ticket}/note"), typed };
        attempts.push(Attempt { window, delay: lab.within(3), send, yes });
    }
    Ok(attempts)
}
