//! What is done in one process is heard in another, by those who may know of it.
use diesel::prelude::*;
use guildhall::domain::ids::ProjectId;
use guildhall::domain::project::Visibility;
use guildhall::operations::projects::choose_visibility;
use guildhall::schema::memberships;

use super::{Stream, cookie, joining, listening};
use crate::support::database::TestDatabase;
use crate::support::given::{self, OpenProject};
use crate::support::site::TestSite;

/// Two sites on one database, with an open project.
fn scene(proposals: usize) -> (TestDatabase, OpenProject, TestSite, TestSite) {
    let (database, on) = given::database_with_open_project(proposals);
    let (one, other) = (TestSite::on(&database), TestSite::on(&database));
    (database, on, one, other)
}

/// Accepts the first proposal through the pages of a site.
fn accept(site: &TestSite, on: &OpenProject) {
    let browser = site.signed_in(&on.organisation.manager.email);
    let page = browser.get(&format!("/proposals/{}/accept", on.proposals[0]));
    assert_eq!(browser.submit(&page, "#main form", &[]).status, 303);
}

#[test]
fn an_award_in_one_process_is_heard_in_another_by_all_concerned_and_nobody_else() {
    let (database, on, one, other) = scene(2);
    let stranger = given::freelancer(&mut database.connect(), "Mira Lindqvist");
    let mut owner = listening(&other, &on.organisation.owner.email);
    let [mut winner, mut loser, mut nobody] = [&on.freelancers[0], &on.freelancers[1], &stranger].map(|who| joining(&other, &who.email));
    accept(&one, &on);
    let project = format!("event: project\ndata: {}\n", on.id);
    for (stream, unread) in [(&mut owner, "3 unread"), (&mut winner, "1 unread"), (&mut loser, "1 unread")] {
        let heard = stream.hears(&format!("event: unread\ndata: {unread}\n"));
        assert!(heard.contains(&project), "{heard}");
        assert!(!heard.contains("Ada") && !heard.contains("6,000"), "ids only: {heard}");
    }
    let heard = nobody.rest();
    assert!(!heard.contains("project") && !heard.contains("unread"), "{heard}");
}

#[test]
fn whoever_was_removed_hears_no_more() {
    let (database, on, one, other) = scene(1);
    let _first = listening(&other, &on.organisation.owner.email);
    let mut viewer = joining(&other, &on.organisation.viewer.email);
    diesel::delete(memberships::table.filter(memberships::user_id.eq(on.organisation.viewer.id.0)))
        .execute(&mut database.connect())
        .unwrap();
    accept(&one, &on);
    let heard = viewer.rest();
    assert!(!heard.contains("event: project") && !heard.contains("event: unread"), "{heard}");
}

#[test]
fn a_wire_that_was_cut_is_mended_and_everybody_looks_again() {
    let (database, on, one, other) = scene(1);
    let mut owner = listening(&other, &on.organisation.owner.email);
    database.cut_connections();
    owner.hears("event: look");
    crate::support::wait::until("the other site has connected anew", || one.browser().get("/projects").status == 200);
    accept(&one, &on);
    owner.hears("event: project");
}

#[test]
fn a_stream_is_for_those_who_are_signed_in_and_for_few_at_a_time_and_no_page() {
    let (_database, on, one, _other) = scene(1);
    let stranger = Stream::open(&one.url(), "id=nobody");
    assert_eq!(stranger.status(), "303");
    let browser = one.signed_in(&on.organisation.owner.email);
    assert_eq!(browser.get("/live").status, 404, "a browser does not ask for it as a page");
    let cookie = cookie(&one.url(), &on.organisation.owner.email);
    let open: Vec<_> = (0..100).map(|_| Stream::open(&one.url(), &cookie)).collect();
    assert!(open.iter().all(|stream| stream.status() == "200"));
    assert_eq!(Stream::open(&one.url(), &cookie).status(), "429");
    assert_eq!(
        Stream::open(&one.url(), &super::cookie(&one.url(), &on.organisation.manager.email)).status(),
        "200",
        "others are not counted"
    );
    drop(open);
    crate::support::wait::until("a place is free again", || Stream::open(&one.url(), &cookie).status() == "200");
}

#[test]
fn everybody_who_listens_hears_that_the_public_list_has_grown() {
    let (database, on, one, other) = scene(0);
    let mut conn = database.connect();
    let stranger = given::freelancer(&mut conn, "Mira Lindqvist");
    let mut stream = listening(&other, &stranger.email);
    let (hidden, public) = (given::draft(&mut conn, &on.organisation), given::draft(&mut conn, &on.organisation));
    choose_visibility(&mut given::patient(&mut conn), on.organisation.manager.id, hidden, Visibility::Invited).expect("for the invited");
    let manager = one.signed_in(&on.organisation.manager.email);
    let publish = |id: ProjectId| {
        let page = manager.get(&format!("/projects/{id}/publish"));
        assert_eq!(manager.submit(&page, "#main form", &[]).status, 303);
    };
    publish(hidden);
    let heard = stream.rest();
    assert!(!heard.contains("event: list"), "{heard}");
    publish(public);
    let heard = stream.hears("event: list\ndata: \n");
    assert!(!heard.contains("project"), "not which: {heard}");
}
