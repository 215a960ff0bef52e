//! Asking, answering, and who sees what, through the pages.
use diesel::prelude::*;
use guildhall::domain::ticket::TicketStatus;
use guildhall::operations::tickets::note_on_ticket;
use guildhall::schema::{notices, tickets};

use super::{admin, answers, escalates, history, stands, ticket, words};
use crate::support::database::TestDatabase;
use crate::support::given::{self, patient};
use crate::support::invariants;
use crate::support::site::TestSite;

#[test]
fn a_ticket_is_asked_answered_and_closed() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let (ada, grace) = (given::somebody(conn, "Ada Byron"), admin(conn, "Grace Murray"));
    let site = TestSite::on(&database);
    let (asker, agent) = (site.signed_in(&ada.email), site.signed_in(&grace.email));
    let form = asker.get("/tickets/new");
    let empty = asker.submit(&form, "form[action='/tickets/new']", &[("topic", ""), ("title", " "), ("words", "Kept.")]);
    assert_eq!((empty.status, empty.texts(".wrong").len(), empty.text("main textarea").trim().to_owned()), (422, 2, "Kept.".to_owned()));
    let said = [("topic", "MONEY"), ("title", "No sums on paper"), ("words", "The last **column** is empty.")];
    let asked = asker.submit(&form, "form[action='/tickets/new']", &said);
    let address = asked.location().to_owned();
    assert_eq!(asker.submit(&form, "form[action='/tickets/new']", &said).location(), address, "a second click");
    let id: guildhall::domain::ids::TicketId = address.trim_start_matches("/tickets/").parse().expect("a number");
    let told = notices::table.filter(notices::kind.eq("TICKET_OPENED")).select(notices::user_id).load::<i64>(conn);
    assert_eq!(told, Ok(vec![grace.id.0]));
    assert!(agent.get("/notices").says().contains("Ada Byron asks the house: “No sums on paper”."));
    // an admin reads it, takes it, answers
    let page = agent.get(&address);
    assert!(page.says().contains("Ada Byron wrote this ticket."), "{}", page.says());
    assert_eq!(agent.post(&format!("{address}/take"), &[]).location(), address);
    let page = agent.get(&address);
    let sent = agent.submit(&page, &format!("form[action='{address}/answer']"), &[("words", "Which browser?"), ("status", "WAITING")]);
    assert_eq!(sent.location(), format!("{address}#e-3"));
    assert_eq!(stands(conn, id).0, TicketStatus::Waiting);
    let due: Option<chrono::DateTime<chrono::Utc>> = tickets::table.find(id.0).select(tickets::due_at).first(conn).unwrap();
    assert_eq!(due, None, "nobody waits for the house");
    assert!(asker.get("/notices").says().contains("Grace Murray answered on the ticket “No sums on paper”."));
    // whoever asked answers: it is open again, and due
    let page = asker.get(&address);
    assert!(page.says().contains("Open → Waiting for an answer") && page.says().contains("The house waits for your answer."));
    asker.submit(&page, &format!("form[action='{address}/answer']"), &[("words", "Any.")]).location();
    assert_eq!(stands(conn, id).0, TicketStatus::Open);
    assert_eq!(asker.post(&format!("{address}/close"), &[]).location(), address);
    let late = agent.submit(&agent.get(&address), &format!("form[action='{address}/note']"), &[("note", "He found it himself.")]);
    assert_eq!(late.status, 303, "a note is taken still");
    let refused = asker.post(&format!("{address}/answer"), &[("words", "One more thing.")]);
    assert_eq!(refused.status, 409);
    assert!(refused.says().contains("You") || refused.says().contains("Ada Byron closed the ticket"), "{}", refused.says());
    assert!(refused.says().contains("One more thing."), "what was typed is kept");
    invariants::hold(&database);
}

#[test]
fn nobody_else_finds_it_and_who_asked_sees_no_note() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let (ada, other, grace) = (given::somebody(conn, "Ada Byron"), given::somebody(conn, "Ivo Tanaka"), admin(conn, "Grace Murray"));
    let id = ticket(conn, &ada);
    note_on_ticket(&mut patient(conn), grace.id, id, &words("Perhaps a quorzle.")).expect("a note");
    escalates(conn, &grace, grace.id, id, None).expect("an escalation");
    let site = TestSite::on(&database);
    let (asker, stranger, agent) = (site.signed_in(&ada.email), site.signed_in(&other.email), site.signed_in(&grace.email));
    let address = format!("/tickets/{id}");
    assert_eq!(stranger.get(&address).status, 404);
    for act in ["answer", "note", "take", "assign", "escalate", "merge", "close"] {
        let fields = [("words", "x"), ("note", "x"), ("why", "x"), ("escalate_to", "1"), ("into", "1")];
        assert_eq!(stranger.post(&format!("{address}/{act}"), &fields).status, 404, "{act}");
        assert_eq!(site.browser().post(&format!("{address}/{act}"), &fields).status, 403, "{act}");
        if !matches!(act, "answer" | "close" | "merge") {
            assert_eq!(asker.post(&format!("{address}/{act}"), &fields).status, 403, "{act}");
        }
    }
    let page = asker.get(&address);
    assert!(
        !page.html.contains("quorzle") && !page.html.contains("It is about money.") && !page.html.contains("for admins"),
        "{}",
        page.says()
    );
    assert!(agent.get(&address).html.contains("quorzle") && agent.get(&address).html.contains("It is about money."));
    for list in ["/admin/tickets", "/admin/tickets.csv", "/admin/tickets.json"] {
        assert_eq!((asker.get(list).status, agent.get(list).status), (404, 200), "{list}");
    }
    assert!(asker.get("/tickets").says().contains("The printed week has no sums"));
    assert!(asker.get("/tickets.csv").html.contains("TIC-"));
    assert!(!stranger.get("/tickets").says().contains("The printed week has no sums"));
    invariants::hold(&database);
}

#[test]
fn whoever_comes_second_learns_who_was_first() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let (ada, grace, lena) = (given::somebody(conn, "Ada Byron"), admin(conn, "Grace Murray"), admin(conn, "Lena Voss"));
    let id = ticket(conn, &ada);
    let site = TestSite::on(&database);
    let (first, second) = (site.signed_in(&lena.email), site.signed_in(&grace.email));
    let (address, before) = (format!("/tickets/{id}"), second.get(&format!("/tickets/{id}")));
    first.post(&format!("{address}/take"), &[]).location();
    let refused = second.post(&format!("{address}/take"), &[]);
    assert_eq!(refused.status, 409);
    assert!(refused.text("h1").starts_with("Lena Voss took the ticket"), "{}", refused.says());
    assert!(refused.says().contains("Follow it"));
    // an answer to what was read before is not sent, and not lost
    let stale = second.submit(&before, &format!("form[action='{address}/answer']"), &[("words", "I look into it.")]);
    assert_eq!(stale.status, 409);
    assert!(stale.says().contains("Your answer was not sent") && stale.says().contains("I look into it."), "{}", stale.says());
    assert_eq!(history(conn, id).len(), 2);
    // a level that somebody else raised
    escalates(conn, &lena, grace.id, id, Some(0)).expect("an escalation");
    let to = grace.id.to_string();
    let late = second.post(&format!("{address}/escalate"), &[("escalate_to", to.as_str()), ("why", "Money."), ("level", "0")]);
    assert_eq!(late.status, 409);
    assert!(late.says().contains("It is at level 1 by now."));
    // given by somebody who saw another with it
    let stale = first.post(&format!("{address}/assign"), &[("to", &to), ("seen", &lena.id.to_string())]);
    assert_eq!(stale.status, 303, "it is theirs already: nothing changes");
    assert_eq!(first.post(&format!("{address}/assign"), &[("to", ""), ("seen", "")]).status, 409);
    let odd = first.post(&format!("{address}/assign"), &[("to", "nobody in particular"), ("seen", "")]);
    assert_eq!(odd.status, 422, "that is not giving it back: {}", odd.says());
    invariants::hold(&database);
}

#[test]
fn two_tickets_of_one_person_are_joined_and_no_others() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let (ada, ivo, grace) = (given::somebody(conn, "Ada Byron"), given::somebody(conn, "Ivo Tanaka"), admin(conn, "Grace Murray"));
    let (one, two, foreign) = (ticket(conn, &ada), ticket(conn, &ada), ticket(conn, &ivo));
    let site = TestSite::on(&database);
    let (asker, agent) = (site.signed_in(&ada.email), site.signed_in(&grace.email));
    let merge = |into: &str| agent.post(&format!("/tickets/{one}/merge"), &[("into", into)]);
    for (into, wrong) in [
        ("", "Enter the number"),
        ("TIC-999999", "There is no ticket"),
        (&one.reference(), "the ticket itself"),
        (&foreign.reference(), "of somebody else"),
    ] {
        let page = merge(into);
        assert_eq!(page.status, 422, "{into}");
        assert!(page.text("#into-error").contains(wrong), "{}", page.says());
    }
    assert_eq!(merge(&two.reference()).location(), format!("/tickets/{two}"));
    assert_eq!(stands(conn, one).0, TicketStatus::Closed);
    let page = asker.get(&format!("/tickets/{one}"));
    assert!(page.says().contains(&format!("Go on in {}", two.reference())), "{}", page.says());
    let late = asker.post(&format!("/tickets/{one}/answer"), &[("words", "Still there?")]);
    assert!(late.status == 409 && late.says().contains("goes on in another one"), "{}", late.says());
    // a target that was merged is refused
    let three = ticket(conn, &ada);
    let refused = agent.post(&format!("/tickets/{three}/merge"), &[("into", &one.reference())]);
    assert_eq!(refused.status, 409);
    invariants::hold(&database);
}

#[test]
fn a_ticket_on_a_contract_is_asked_by_its_sides_alone() {
    let (database, on) = given::database_with_open_project(2);
    let conn = &mut database.connect();
    let won =
        guildhall::operations::proposals::accept_proposal(&mut patient(conn), on.organisation.owner.id, on.proposals[0], given::FIRST_SEEN)
            .expect("an award");
    let site = TestSite::on(&database);
    let new = format!("/tickets/new?contract={}", won.contract);
    let asked = |email: &str| {
        let browser = site.signed_in(email);
        let form = browser.get(&new);
        if form.status != 200 {
            let contract = won.contract.to_string();
            let fields = [("contract", contract.as_str()), ("topic", "CONTRACT"), ("title", "x"), ("words", "x")];
            assert_eq!(browser.post("/tickets/new", &fields).status, 404);
            return false;
        }
        let sent = browser.submit(&form, "form[action='/tickets/new']", &[("title", "Late"), ("words", "Two weeks late.")]);
        browser.get(sent.location()).says().contains(&won.contract.reference())
    };
    assert!(asked(&on.freelancers[0].email) && asked(&on.organisation.manager.email));
    assert!(!asked(&on.freelancers[1].email), "a rival");
    let ids: Vec<guildhall::domain::ids::TicketId> = tickets::table.order(tickets::id).select(tickets::id).load(conn).unwrap();
    assert_eq!(site.signed_in(&on.organisation.manager.email).get(&format!("/tickets/{}", ids[0])).status, 404, "the other side");
    invariants::hold(&database);
}

#[test]
fn whoever_writes_again_and_again_is_pointed_out_until_an_answer() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let (ada, grace) = (given::somebody(conn, "Ada Byron"), admin(conn, "Grace Murray"));
    let id = ticket(conn, &ada);
    for _ in 0..3 {
        answers(conn, &ada, id, None, None).expect("an answer");
    }
    let site = TestSite::on(&database);
    let agent = site.signed_in(&grace.email);
    let page = agent.get(&format!("/tickets/{id}"));
    assert!(page.says().contains("Ada Byron wrote 3 times since the last answer"), "{}", page.says());
    assert!(agent.get("/admin/tickets").says().contains("Wrote again and again"));
    answers(conn, &grace, id, Some(TicketStatus::Open), None).expect("an answer");
    assert!(!agent.get(&format!("/tickets/{id}")).says().contains("since the last answer"));
    invariants::hold(&database);
}
