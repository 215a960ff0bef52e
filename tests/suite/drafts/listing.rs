//! The list of drafts, and how long they are kept.
use diesel::connection::SimpleConnection;
use guildhall::domain::draft::{Form, Stamp};
use guildhall::domain::message::About;
use guildhall::operations::house::clear_out;

use super::{save, stored};
use crate::support::given;
use crate::support::site::TestSite;

#[test]
fn the_newest_stands_first_with_what_it_is_for() {
    let (database, project) = given::database_with_open_project(2);
    let conn = &mut database.connect();
    let owner = &project.organisation.owner;
    save(conn, owner.id, Form::Messages(About::Proposal(project.proposals[0])), "The first <words> of it", &Stamp::NOW);
    save(conn, owner.id, Form::Messages(About::Proposal(project.proposals[1])), &"long ".repeat(100), &Stamp::NOW);
    let site = TestSite::on(&database);
    let browser = site.signed_in(&owner.email);
    assert!(browser.get("/dashboard").text("a[href='/drafts']").contains('2'), "the dashboard counts them");
    assert!(browser.get("/account").has("a[href='/drafts']"));
    let list = browser.get("/drafts");
    assert_eq!(list.texts("main h2"), ["Message about Stock system for three warehouses"; 2]);
    assert!(list.texts("main .list p")[0].ends_with('…'));
    assert_eq!(list.texts("main .list p")[1], "The first <words> of it");
    assert_eq!(list.texts("main .list .ref")[0], project.proposals[1].reference());
    let discarded = browser.submit(&list, "li:first-child form[action$='/discard']", &[]);
    let list = browser.follow(discarded);
    assert!(list.text(".flash").contains("bring it back"));
    assert_eq!((list.texts("main h2").len(), list.texts("main h3").len()), (2, 1));
    let restored = browser.submit(&list, "form[action$='/restore']", &[]);
    assert_eq!(browser.follow(restored).texts("main h3").len(), 0);
    assert!(site.signed_in(&project.freelancers[0].email).get("/drafts").has(".empty"));
    assert!(!site.signed_in(&project.freelancers[0].email).get("/dashboard").has("a[href='/drafts']"), "none, no line");
}

#[test]
fn the_title_of_what_may_not_be_seen_any_more_is_not_told() {
    let (database, project) = given::database_with_open_project(0);
    let conn = &mut database.connect();
    let rosa = given::freelancer(conn, "Rosa Ferreira");
    save(conn, rosa.id, Form::Proposal(project.id), "Two of these.", &Stamp::NOW);
    given::past_triggers(conn, &format!("UPDATE projects SET visibility = 'INVITED', title = 'Secret' WHERE id = {}", project.id));
    let site = TestSite::on(&database);
    let list = site.signed_in(&rosa.email).get("/drafts");
    assert_eq!(list.texts("main h2"), ["A proposal"]);
    assert!(list.text("main .list").contains("you may not see it") && !list.html.contains("Secret"), "{}", list.says());
}

#[test]
fn drafts_are_kept_for_three_months_and_the_discarded_for_a_day() {
    let (database, project) = given::database_with_open_project(2);
    let conn = &mut database.connect();
    let owner = project.organisation.owner.id;
    for id in &project.proposals {
        save(conn, owner, Form::Messages(About::Proposal(*id)), "When?", &Stamp::NOW);
    }
    assert_eq!(clear_out(conn).unwrap(), 0);
    conn.batch_execute("UPDATE drafts SET updated_at = now() - interval '89 days'; UPDATE drafts SET state = 'DISCARDED' WHERE id = (SELECT min(id) FROM drafts)")
        .unwrap();
    assert_eq!(clear_out(conn).unwrap(), 1);
    assert_eq!(stored(conn).len(), 1);
    conn.batch_execute("UPDATE drafts SET updated_at = now() - interval '91 days'").unwrap();
    assert_eq!(clear_out(conn).unwrap(), 1);
}
