//! What clients and freelancers write to each other.

use super::bids::Sent;
use super::done;
use super::people::Deciders;
use crate::db::Connection;
use crate::domain::ids::{ContractId, UserId};
use crate::domain::message::About;
use crate::domain::words::MessageWords;
use crate::operations::messages::write_message;

/// Lets the client of every fourth project write to the author of its first offer, who answers; a colleague goes on.
pub fn ask_back(conn: &mut Connection<'_>, client: &Deciders, place: usize, sent: &[Sent]) -> anyhow::Result<()> {
    let ([one, .., other], [first, ..]) = (client.managers.as_slice(), sent) else { return Ok(()) };
    if !place.is_multiple_of(4) {
        return Ok(());
    }
    let about = About::Proposal(first.id);
    write(
        conn,
        *one,
        about,
        "Thank you for your proposal. Two things before we decide:\n\n- Could you begin a **week earlier**?\n- Who looks after it in August?",
    )?;
    write(
        conn,
        first.by,
        about,
        "A week earlier is possible if the first visit can be by video.\n\nIn August a colleague of mine looks after it; you would have her number.",
    )?;
    write(conn, *other, about, "By video is fine. We decide when proposals have closed.")
}

/// Lets the winner write first, and the client answer.
pub fn begin_work(conn: &mut Connection<'_>, contract: ContractId, freelancer: UserId, by: UserId) -> anyhow::Result<()> {
    let about = About::Contract(contract);
    write(conn, freelancer, about, "Glad to begin. May I have access to the test system by Monday?")?;
    write(conn, by, about, "You get it tomorrow, with the name of the person who answers questions.")
}

fn write(conn: &mut Connection<'_>, by: UserId, about: About, words: &str) -> anyhow::Result<()> {
    done(write_message(conn, by, about, &MessageWords::parse(words)?.into(), None)).map(drop)
}
