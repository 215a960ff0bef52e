//! The house's queue: what is due first stands first, and what is overdue is marked.
use guildhall::domain::ticket::TicketStatus;

use super::{admin, answers, ticket};
use crate::support::database::TestDatabase;
use crate::support::given::{self, past_triggers};
use crate::support::site::TestSite;

#[test]
fn what_is_due_first_stands_first_page_by_page() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let (ada, grace) = (given::somebody(conn, "Ada Byron"), admin(conn, "Grace Murray"));
    let ids: Vec<_> = (0..25).map(|_| ticket(conn, &ada)).collect();
    for (place, id) in ids.iter().enumerate() {
        // the last one written is due first; five have waited for too long
        let due = format!("now() + interval '{} hours'", 20 - i32::try_from(place).unwrap());
        past_triggers(conn, &format!("UPDATE tickets SET due_at = {due} WHERE id = {id}"));
    }
    answers(conn, &grace, ids[24], Some(TicketStatus::Waiting), None).expect("an answer");
    let site = TestSite::on(&database);
    let agent = site.signed_in(&grace.email);
    let page = agent.get("/admin/tickets");
    let shown = |page: &crate::support::page::Page| page.texts(".tickets .ref");
    let expected: Vec<String> = ids[..24].iter().rev().map(|id| id.reference()).collect();
    assert_eq!(shown(&page), expected[..20]);
    assert_eq!(page.texts(".tickets .overdue").len(), 4);
    let next = page.attribute("nav.pages a[rel=next]", "href").expect("a next page");
    assert_eq!(shown(&agent.get(&next)), expected[20..]);
    assert_eq!(shown(&agent.get("/admin/tickets?status=WAITING")), [ids[24].reference()]);
    assert!(shown(&agent.get("/admin/tickets?who=me")).is_empty());
    assert_eq!(shown(&agent.get("/admin/tickets?q=printed&topic=OTHER")).len(), 20);
    assert!(shown(&agent.get("/admin/tickets?q=quorzle")).is_empty());
    assert_eq!(agent.get(&format!("/admin/tickets?q={}", ids[3].reference())).location(), format!("/tickets/{}", ids[3]));
    assert_eq!(agent.get("/admin/tickets.csv?status=ALL").html.lines().count(), 26);
}
