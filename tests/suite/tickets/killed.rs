//! Killed after each of its statements, an act on a ticket is not there at all; killed after its commit, it is there whole.
use diesel::prelude::*;
use guildhall::db::Fault;
use guildhall::db::tickets::promised;
use guildhall::domain::ids::{ReadyAnswerId, TicketId};
use guildhall::domain::ticket::ReadyAnswer;
use guildhall::operations::tickets::{
    assign_ticket, change_ready_answer, close_ticket, make_ready_answer, merge_tickets, note_on_ticket, take_ticket,
};
use guildhall::schema::{ready_answers, tickets, users};

use super::{admin, answers, escalates, promise, ready, ticket, words};
use crate::award::kill_points::{kill_everywhere_after, outcome};
use crate::support::given::{OpenProject, Somebody, patient};

/// Two tickets of a freelancer's, and somebody who keeps the house.
fn begun(conn: &mut PgConnection, on: &OpenProject) {
    admin(conn, "Grace Murray");
    ticket(conn, &on.freelancers[0]);
    ticket(conn, &on.freelancers[0]);
}

/// The same, and an answer that is kept ready.
fn kept_ready(conn: &mut PgConnection, on: &OpenProject) {
    begun(conn, on);
    let keeper = users::table.filter(users::is_admin).order(users::id.desc()).select(users::id).first(conn).expect("an admin");
    make_ready_answer(&mut patient(conn), keeper, &about(on, "Print it smaller.")).expect("kept");
}

/// An answer with a title of its own for each project.
fn about(on: &OpenProject, words: &str) -> ReadyAnswer {
    ReadyAnswer::parse(&format!("About {}", on.id), words).expect("an answer")
}

/// The last one that was made.
fn newest(conn: &mut PgConnection) -> Result<ReadyAnswerId, Fault> {
    Ok(ready_answers::table.order(ready_answers::id.desc()).select(ready_answers::id).first(conn)?)
}

fn ground(conn: &mut PgConnection, on: &OpenProject) -> Result<(Somebody, [TicketId; 2]), Fault> {
    let (id, email) = users::table.filter(users::is_admin).order(users::id.desc()).select((users::id, users::email)).first(conn)?;
    let own = tickets::table.filter(tickets::opener_id.eq(on.freelancers[0].id.0)).order(tickets::id.desc()).select(tickets::id);
    let own: Vec<TicketId> = own.load(conn)?;
    Ok((Somebody { id, name: "Grace Murray".to_owned(), email }, [own[0], own[1]]))
}

#[test]
fn a_killed_act_on_a_ticket_leaves_nothing_behind() {
    kill_everywhere_after(
        |conn, _| drop(admin(conn, "Grace Murray")),
        "open_ticket",
        |conn, on| {
            // given to the program as it is: the ticket itself is what must not be half there
            let title = guildhall::domain::words::TicketTitle::parse("A question").expect("a title");
            let asked = guildhall::db::tickets::Asked { topic: guildhall::domain::ticket::Topic::Other, title, contract: None };
            let new = guildhall::operations::tickets::NewTicket { asked, words: words("Why?") };
            outcome(guildhall::operations::tickets::open_ticket(&mut patient(conn), on.freelancers[0].id, &new))
        },
    );
    kill_everywhere_after(begun, "answer_ticket, by whoever asked", |conn, on| {
        let (_, [id, _]) = ground(conn, on)?;
        outcome(answers(conn, &on.freelancers[0], id, None, None))
    });
    kill_everywhere_after(begun, "answer_ticket, by an admin", |conn, on| {
        let (agent, [id, _]) = ground(conn, on)?;
        outcome(answers(conn, &agent, id, None, Some(1)))
    });
    kill_everywhere_after(begun, "note_on_ticket", |conn, on| {
        let (agent, [id, _]) = ground(conn, on)?;
        outcome(note_on_ticket(&mut patient(conn), agent.id, id, &words("Look.")))
    });
    kill_everywhere_after(begun, "take_ticket", |conn, on| {
        let (agent, [id, _]) = ground(conn, on)?;
        outcome(take_ticket(&mut patient(conn), agent.id, id))
    });
    kill_everywhere_after(begun, "assign_ticket", |conn, on| {
        let (agent, [id, _]) = ground(conn, on)?;
        outcome(assign_ticket(&mut patient(conn), agent.id, id, Some(agent.id), None))
    });
    kill_everywhere_after(begun, "escalate_ticket", |conn, on| {
        let (agent, [id, _]) = ground(conn, on)?;
        outcome(escalates(conn, &agent, agent.id, id, Some(0)))
    });
    kill_everywhere_after(begun, "merge_tickets", |conn, on| {
        let (agent, [source, target]) = ground(conn, on)?;
        outcome(merge_tickets(&mut patient(conn), agent.id, source, target))
    });
    kill_everywhere_after(begun, "change_promise", |conn, on| {
        let (agent, _) = ground(conn, on)?;
        let now = promised(conn)?;
        // another one for each time that somebody is not killed: the house has one for all projects
        let next = promise::within(now.promise(), 1 + i32::try_from(now.edition).expect("an edition"));
        outcome(promise::changes(conn, agent.id, now.edition, &next))
    });
    kill_everywhere_after(begun, "make_ready_answer", |conn, on| {
        let (agent, _) = ground(conn, on)?;
        outcome(make_ready_answer(&mut patient(conn), agent.id, &about(on, "Print it smaller.")))
    });
    kill_everywhere_after(kept_ready, "change_ready_answer", |conn, on| {
        let ((agent, _), id) = (ground(conn, on)?, newest(conn)?);
        outcome(change_ready_answer(&mut patient(conn), agent.id, (id, Some(1)), &about(on, "Print it larger.")))
    });
    kill_everywhere_after(kept_ready, "remove_ready_answer", |conn, on| {
        let ((agent, _), id) = (ground(conn, on)?, newest(conn)?);
        outcome(ready::removes(conn, agent.id, id, 1))
    });
    kill_everywhere_after(begun, "close_ticket", |conn, on| {
        let (_, [id, _]) = ground(conn, on)?;
        outcome(close_ticket(&mut patient(conn), on.freelancers[0].id, id))
    });
}
