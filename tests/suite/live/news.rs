//! What a banner says of what came since a page was read.
use diesel::prelude::*;
use guildhall::domain::message::About;
use guildhall::domain::words::Reason;
use guildhall::operations::proposals::{accept_proposal, decline_proposal, withdraw_proposal};

use crate::support::browser::Browser;
use crate::support::database::TestDatabase;
use crate::support::given::{self, FIRST_SEEN, OpenProject, patient};
use crate::support::page::Page;
use crate::support::site::TestSite;

fn scene(proposals: usize) -> (TestDatabase, PgConnection, OpenProject, TestSite) {
    let (database, on) = given::database_with_open_project(proposals);
    let (conn, site) = (database.connect(), TestSite::on(&database));
    (database, conn, on, site)
}

/// What the page's banner would ask for.
fn ask(browser: &Browser, page: &Page) -> Page {
    browser.get(&page.attribute("[data-news]", "data-news").expect("a room for news"))
}

#[test]
fn somebody_else_s_award_is_told_on_the_page_that_asks_for_another() {
    let (_database, mut conn, on, site) = scene(2);
    let browser = site.signed_in(&on.organisation.manager.email);
    let page = browser.get(&format!("/proposals/{}/accept", on.proposals[1]));
    assert_eq!(ask(&browser, &page).status, 204, "nothing is new");
    accept_proposal(&mut patient(&mut conn), on.organisation.owner.id, on.proposals[0], FIRST_SEEN).expect("an award");
    let told = ask(&browser, &page);
    assert_eq!(told.status, 200);
    assert!(
        told.html.contains("Nadia Osei accepted Ada Byron at ") && told.html.contains("Accepting is no longer possible."),
        "{}",
        told.html
    );
    assert!(told.html.contains("/contracts/"), "{}", told.html);
}

#[test]
fn new_changed_and_withdrawn_proposals_are_counted_but_not_what_one_did_oneself() {
    let (_database, mut conn, on, site) = scene(2);
    let browser = site.signed_in(&on.organisation.manager.email);
    let page = browser.get(&format!("/projects/{}/proposals", on.id));
    let own = browser.get(&format!("/proposals/{}/accept", on.proposals[0]));
    for _ in 0..2 {
        let late = given::freelancer(&mut conn, "Mira Lindqvist");
        given::proposal(&mut conn, on.id, &late, 500_000);
    }
    assert!(ask(&browser, &page).html.contains("2 new proposals."), "{}", ask(&browser, &page).html);
    withdraw_proposal(&mut patient(&mut conn), on.freelancers[0].id, on.proposals[0]).expect("withdrawn");
    assert!(ask(&browser, &page).html.contains("2 new proposals, 1 withdrawn proposal."));
    assert!(ask(&browser, &own).html.contains("This proposal was withdrawn."));
    let page = browser.get(&format!("/projects/{}/proposals", on.id));
    let reason = Reason::parse("Too dear.").unwrap();
    decline_proposal(&mut patient(&mut conn), on.organisation.manager.id, on.proposals[1], Some(1), &reason).expect("declined");
    assert_eq!(ask(&browser, &page).status, 204);
}

#[test]
fn a_bidder_is_told_of_the_end_and_never_of_rivals_or_declines() {
    let (_database, mut conn, on, site) = scene(2);
    let browser = site.signed_in(&on.freelancers[0].email);
    let path = format!("/projects/{}/news?seen=0", on.id);
    let before = browser.get(&path);
    let reason = Reason::parse("Too dear.").unwrap();
    decline_proposal(&mut patient(&mut conn), on.organisation.owner.id, on.proposals[0], Some(1), &reason).expect("declined");
    assert_eq!((before.status, browser.get(&path).status), (204, 204));
    accept_proposal(&mut patient(&mut conn), on.organisation.owner.id, on.proposals[1], FIRST_SEEN).expect("an award");
    let told = browser.get(&path);
    assert!(told.html.contains("The client has decided.") && !told.html.contains("Ivo"), "{}", told.html);
    let stranger = given::freelancer(&mut conn, "Mira Lindqvist");
    assert_eq!(site.signed_in(&stranger.email).get(&path).status, 404);
}

#[test]
fn of_sealed_bids_only_their_number_is_told() {
    let (_database, mut conn, on, site) = scene(2);
    given::past_triggers(&mut conn, &format!("UPDATE projects SET sealed = true WHERE id = {}", on.id));
    let browser = site.signed_in(&on.organisation.owner.email);
    let told = browser.get(&format!("/projects/{}/news?seen=0&proposal={}", on.id, on.proposals[0]));
    assert!(told.html.contains("2 new proposals."), "{}", told.html);
    assert!(!told.html.contains("This proposal") && !told.html.contains("Ada"), "{}", told.html);
}

#[test]
fn a_dashboard_is_told_what_came_since_it_was_read() {
    let (_database, mut conn, on, site) = scene(1);
    let manager = site.signed_in(&on.organisation.manager.email);
    let (dashboard, notices) = (manager.get("/dashboard"), manager.get("/notices"));
    assert_eq!((ask(&manager, &dashboard).status, ask(&manager, &notices).status), (204, 204), "what was told is on the page");
    for name in ["Mira Lindqvist", "Sami Haddad"] {
        let late = given::freelancer(&mut conn, name);
        given::proposal(&mut conn, on.id, &late, 500_000);
    }
    given::enquiry(&mut conn, &on, &on.freelancers[0], "When?", None);
    for page in [&dashboard, &notices] {
        let told = ask(&manager, page);
        assert!(told.html.contains("2 new proposals, 1 new question.") && told.html.contains("\"label\":\"Show\""), "{}", told.html);
    }
    assert_eq!(ask(&manager, &manager.get("/dashboard")).status, 204);
    // the list of messages tells of messages only
    let messages = manager.get("/messages");
    given::enquiry(&mut conn, &on, &on.freelancers[0], "Where?", None);
    assert_eq!(ask(&manager, &messages).status, 204);
    let to = About::Proposal(on.proposals[0]);
    given::message(&mut conn, &on.organisation.owner, to, "Hello.");
    given::message(&mut conn, &on.freelancers[0], to, "Hello to you.");
    let told = ask(&manager, &messages);
    assert!(told.html.contains("1 new message.") && !told.html.contains("question"), "{}", told.html);
    let freelancer = site.signed_in(&on.freelancers[0].email);
    let page = freelancer.get("/dashboard");
    accept_proposal(&mut patient(&mut conn), on.organisation.owner.id, on.proposals[0], FIRST_SEEN).expect("an award");
    assert!(ask(&freelancer, &page).html.contains("1 decision."));
    for odd in ["", "?shown=", "?shown=1:2", "?shown=x';--"] {
        assert_eq!(freelancer.get(&format!("/notices/news{odd}")).status, 204, "{odd}");
    }
}

#[test]
fn the_list_is_told_what_was_published_among_what_it_shows() {
    let (_database, mut conn, on, site) = scene(1);
    given::past_triggers(&mut conn, "UPDATE projects SET published_at = now() - interval '1 day'");
    let freelancer = site.signed_in(&on.freelancers[0].email);
    let (all, found, none) = (freelancer.get("/projects"), freelancer.get("/projects?skill=rust"), freelancer.get("/projects?skill=cobol"));
    assert_eq!(ask(&freelancer, &all).status, 204);
    given::published(&mut conn, &on.organisation);
    given::draft(&mut conn, &on.organisation);
    assert!(ask(&freelancer, &all).html.contains("1 new project."), "{}", ask(&freelancer, &all).html);
    let told = ask(&freelancer, &found).html;
    assert!(told.contains("1 new project.") && told.contains("/projects?skill=rust"), "{told}");
    assert_eq!(ask(&freelancer, &none).status, 204);
    assert!(!site.browser().get("/projects").has("[data-news]"), "whoever is not signed in has no stream");
    assert!(!freelancer.get(&format!("/projects?after={}", on.id)).has("[data-news]"), "new ones stand on the first page");
    given::past_triggers(&mut conn, "UPDATE projects SET published_at = now() - interval '10 seconds' WHERE status = 'OPEN'");
    assert_eq!(freelancer.get("/projects/news?age=1").status, 204, "it was there already");
    assert!(freelancer.get("/projects/news?age=20").html.contains("2 new projects."));
    for odd in ["?age=x", "?age=-9", "?age=99999999999999999999", "?after=7&age=0"] {
        assert!([200, 204].contains(&freelancer.get(&format!("/projects/news{odd}")).status), "{odd}");
    }
}
