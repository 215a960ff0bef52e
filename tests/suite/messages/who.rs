//! Who may read, who may write, and for whom there is nothing.
use diesel::prelude::*;
use guildhall::schema::{memberships, messages, threads};

use crate::support::database::TestDatabase;
use crate::support::given;
use crate::support::invariants;
use crate::support::site::TestSite;

#[test]
fn strangers_rivals_and_members_who_left_find_nothing() {
    let (database, on) = given::database_with_open_project(2);
    let conn = &mut database.connect();
    let other = given::organisation(conn);
    given::thread(conn, &on, 0, &["When?"]);
    let site = TestSite::on(&database);
    let address = format!("/proposals/{}/messages", on.proposals[0]);
    let id: i64 = messages::table.select(messages::id).first(conn).unwrap();
    let report = format!("/messages/{id}/report");
    for email in [&on.freelancers[1].email, &other.owner.email] {
        let browser = site.signed_in(email);
        assert_eq!((browser.get(&address).status, browser.post(&address, &[("message", "Mine.")]).status), (404, 404), "{email}");
        assert_eq!((browser.get(&report).status, browser.post(&report, &[("reason", "x")]).status), (404, 404));
        assert!(!browser.get("/messages").has(".threads"));
        let news = browser.get(&format!("/projects/{}/news?seen=0&proposal={}", on.id, on.proposals[0]));
        assert!(!news.says().contains("message"), "{}", news.html);
    }
    let viewer = site.signed_in(&on.organisation.viewer.email);
    assert_eq!((viewer.get(&address).status, viewer.post(&address, &[("message", "Mine.")]).status), (200, 403));
    diesel::delete(memberships::table.filter(memberships::user_id.eq(on.organisation.viewer.id.0))).execute(conn).unwrap();
    assert_eq!((viewer.get(&address).status, viewer.get("/messages").has(".threads")), (404, false));
    assert_eq!(site.browser().get(&address).status, 303);
    assert_eq!(site.browser().post(&address, &[("message", "Mine.")]).status, 403);
    for odd in ["/proposals/999999/messages", "/proposals/x/messages", "/contracts/999999/messages", "/messages/999999/report"] {
        assert_eq!(viewer.get(odd).status, 404, "{odd}");
    }
    invariants::hold(&database);
}

#[test]
fn a_freelancer_cannot_begin_and_empty_or_long_words_are_shown_again() {
    let (database, on) = given::database_with_open_project(1);
    let site = TestSite::on(&database);
    let address = format!("/proposals/{}/messages", on.proposals[0]);
    let ada = site.signed_in(&on.freelancers[0].email);
    assert_eq!(ada.post(&address, &[("message", "Hello?")]).status, 403);
    let owner = site.signed_in(&on.organisation.owner.email);
    let empty = owner.post(&address, &[("message", "  ")]);
    assert_eq!((empty.status, empty.text("#message-error")), (422, "Error: Enter a message".to_owned()));
    let long = owner.post(&address, &[("message", &"x".repeat(10_001))]);
    assert_eq!((long.status, long.text("main textarea").len()), (422, 10_001));
    let key = [("message", "One."), ("key", "0189-abcd")];
    assert_eq!(owner.post(&address, &key).status, 303);
    assert_eq!(owner.post(&address, &[("message", "Two."), ("key", "0189-abcd")]).status, 422);
    assert_eq!(threads::table.select(threads::message_count).load::<i32>(&mut database.connect()), Ok(vec![1]));
}

#[test]
fn while_bids_are_sealed_there_is_no_thread_to_begin() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let on = given::sealed_project(conn, 1);
    let site = TestSite::on(&database);
    let address = format!("/proposals/{}/messages", on.proposals[0]);
    let owner = site.signed_in(&on.organisation.owner.email);
    assert_eq!((owner.get(&address).status, owner.post(&address, &[("message", "When?")]).status), (404, 404));
    let ada = site.signed_in(&on.freelancers[0].email);
    assert_eq!((ada.get(&address).status, ada.post(&address, &[("message", "When?")]).status), (200, 403));
    assert_eq!(threads::table.count().get_result(conn), Ok(0_i64));
}

#[test]
fn a_withdrawn_proposal_takes_no_messages() {
    let (database, on) = given::database_with_open_project(1);
    let conn = &mut database.connect();
    given::thread(conn, &on, 0, &["When?"]);
    let site = TestSite::on(&database);
    let address = format!("/proposals/{}/messages", on.proposals[0]);
    let ada = site.signed_in(&on.freelancers[0].email);
    let form = ada.get(&address);
    guildhall::operations::proposals::withdraw_proposal(&mut given::patient(conn), on.freelancers[0].id, on.proposals[0]).unwrap();
    assert_eq!(ada.submit(&form, "main form", &[("message", "In May.")]).status, 409);
    assert!(!ada.get(&address).has("main form"));
}
