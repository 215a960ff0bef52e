//! What people ask of the house: one waits, one was answered, one joined to another, one passed on, one is done.

use super::done;
use super::people::Cast;
use crate::db::Connection;
use crate::db::tickets::Asked;
use crate::domain::ids::{TicketId, UserId};
use crate::domain::ticket::{ReadyAnswer, TicketStatus, Topic};
use crate::domain::words::{Email, PersonName, TicketTitle, TicketWords};
use crate::operations::people::{NewAdmin, make_admin};
use crate::operations::tickets::{
    Answer, Escalation, NewTicket, answer_ticket, escalate_ticket, make_ready_answer, merge_tickets, note_on_ticket, open_ticket,
    take_ticket,
};

/// What the house says often.
const READY: [(&str, &str); 2] = [
    (
        "Ask for the browser",
        "Dear {name},\n\nwhich browser do you use, and what do you see when you try it once more? A picture of the page helps.",
    ),
    (
        "Outside of a contract",
        "Thank you for telling us, {name}. What is agreed and paid outside of a contract has no history here, so that nobody can prove it: please say no.",
    ),
];

/// Has them ask, and the house answer.
pub fn tell(conn: &mut Connection<'_>, cast: &Cast, password_hash: &str) -> anyhow::Result<()> {
    let (email, name) = (Email::parse("house@guildhall.example")?, PersonName::parse("Sofia Marin")?);
    let colleague = done(make_admin(conn, &NewAdmin { email, name, password_hash: password_hash.to_owned() }))?;
    let ([(ada, _), (ivo, _), (mira, _), ..], [one, two, ..]) = (cast.freelancers.as_slice(), cast.clients.as_slice()) else {
        return Ok(());
    };
    let (Some(buyer), Some(other)) = (one.managers.first(), two.managers.first()) else { return Ok(()) };
    let (admin, says) = (cast.admin, TicketWords::parse);

    for (title, words) in READY {
        done(make_ready_answer(conn, colleague, &ReadyAnswer { title: TicketTitle::parse(title)?, words: says(words)? }))?;
    }
    let tax = "A client in Norway asks for a number that I do not have.\n\n- Does it go into my details, or below the lines?\n- Can I issue the invoice without it?";
    let tax = asks(conn, *ada, Topic::Money, "Which tax number belongs on an invoice abroad?", tax)?;
    done(take_ticket(conn, admin, tax))?;
    answers(
        conn,
        admin,
        tax,
        "It goes into **your details**; an invoice can be issued without it. Is the client registered in the EU?",
        None,
    )?;
    answers(conn, *ada, tax, "No, in Norway only. Then I leave it out.", None)?;

    asks(
        conn,
        *buyer,
        Topic::Account,
        "A colleague does not get the link to join",
        "I have sent it twice this morning, and nothing arrives.",
    )?;

    let twice = asks(conn, *ada, Topic::Money, "Tax number, once more", "I forgot to say: it is about the invoice of this month.")?;
    done(merge_tickets(conn, admin, twice, tax))?;

    let outside = "A client wants me to go on by mail and to be paid *outside of the contract*. I would rather not.";
    let outside = asks(conn, *ivo, Topic::Conduct, "A client asks me to work outside of the contract", outside)?;
    done(take_ticket(conn, admin, outside))?;
    done(note_on_ticket(conn, admin, outside, &says("The second one this month about the same client.")?))?;
    let why = says("Somebody should talk to the client, and I know them too well.")?;
    done(escalate_ticket(conn, admin, outside, &Escalation { to: colleague, why, seen: Some(0) }))?;

    let print = asks(conn, *other, Topic::Other, "The printed week has no sums", "On paper the last column of the table is empty.")?;
    answers(conn, colleague, print, "It was cut off by the margins of the printer. *Fit to page* shows it.", Some(TicketStatus::Resolved))?;

    let waits = asks(conn, *mira, Topic::Project, "My proposal is shown with the wrong price", "I typed 6,400.00 and read 6,200.00.")?;
    for again in ["Is anybody there?", "The project closes on Friday.", "I have withdrawn it for now."] {
        answers(conn, *mira, waits, again, None)?;
    }
    Ok(())
}

fn asks(conn: &mut Connection<'_>, by: UserId, topic: Topic, title: &str, words: &str) -> anyhow::Result<TicketId> {
    let asked = Asked { topic, title: TicketTitle::parse(title)?, contract: None };
    done(open_ticket(conn, by, &NewTicket { asked, words: TicketWords::parse(words)? }))
}

fn answers(conn: &mut Connection<'_>, by: UserId, id: TicketId, words: &str, next: Option<TicketStatus>) -> anyhow::Result<()> {
    done(answer_ticket(conn, by, id, &Answer { words: TicketWords::parse(words)?, next, seen: None })).map(drop)
}
