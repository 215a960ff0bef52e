//! What a banner says of what came since a page was read.
use diesel::prelude::*;
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
    let of = |name| page.attribute("[data-news]", name).unwrap_or_default();
    let (project, seen, proposal) = (of("data-news"), of("data-seen"), of("data-proposal"));
    browser.get(&format!("/projects/{project}/news?seen={seen}&proposal={proposal}"))
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
