//! The list, the count in the bar, and the choice, through the pages.
use diesel::prelude::*;
use guildhall::domain::proposal::Decline;
use guildhall::domain::words::Reason;
use guildhall::operations::proposals::{accept_proposal, decline_proposal};
use guildhall::schema::memberships;

use crate::support::database::TestDatabase;
use crate::support::given::{self, FIRST_SEEN, OpenProject, patient};
use crate::support::page::Page;
use crate::support::site::TestSite;

fn scene(proposals: usize) -> (TestDatabase, OpenProject, TestSite) {
    let (database, on) = given::database_with_open_project(proposals);
    let site = TestSite::on(&database);
    (database, on, site)
}

fn bar(page: &Page) -> String {
    page.texts("nav a[href='/notices'] .count").concat()
}

const TITLE: &str = "“Stock system for three warehouses”";

#[test]
fn the_bar_counts_what_is_unread_and_opening_marks_it() {
    let (_database, on, site) = scene(2);
    let browser = site.signed_in(&on.organisation.owner.email);
    let page = browser.get("/notices");
    assert_eq!(page.status, 200);
    assert_eq!(bar(&page), "2 unread");
    assert_eq!(page.texts(".notices li p"), ["Ivo Tanaka", "Ada Byron"].map(|who| format!("{who} sent a proposal for {TITLE}.")));
    assert_eq!(page.texts(".notices .tag"), ["Unread", "Unread"]);
    let opened = browser.submit(&page, ".notices li:first-child button[name=then]", &[]);
    assert_eq!((opened.status, opened.location()), (303, format!("/proposals/{}", on.proposals[1]).as_str()));
    let page = browser.follow(opened);
    assert_eq!(bar(&page), "1 unread");
    let page = browser.get("/notices");
    let aside = browser.submit(&page, ".notices li:last-child button:not([name])", &[]);
    assert_eq!(aside.location(), "/notices");
    let page = browser.follow(aside);
    assert_eq!((bar(&page).as_str(), page.has(".notices .unread")), ("", false));
    assert!(!page.has("form[action='/notices/read']"), "nothing is left to mark");
    let back = browser.submit(&page, ".notices li:first-child button", &[]);
    assert_eq!(bar(&browser.follow(back)), "1 unread");
}

#[test]
fn looking_changes_nothing() {
    let (_database, on, site) = scene(1);
    let browser = site.signed_in(&on.organisation.owner.email);
    for path in ["/notices", "/notices/settings", &format!("/proposals/{}", on.proposals[0]), "/notices"] {
        assert_eq!(bar(&browser.get(path)), "1 unread", "{path}");
    }
    assert_eq!(browser.get("/notices/1/read").status, 405);
}

#[test]
fn all_that_was_shown_is_marked_and_what_comes_meanwhile_is_not() {
    let (database, on, site) = scene(2);
    let browser = site.signed_in(&on.organisation.owner.email);
    let page = browser.get("/notices");
    let mut conn = database.connect();
    let late = given::freelancer(&mut conn, "Mira Lindqvist");
    given::proposal(&mut conn, on.id, &late, 500_000);
    let page = browser.follow(browser.submit(&page, "form[action='/notices/read']", &[]));
    assert!(page.says().contains("2 notices were marked read."), "{}", page.says());
    assert_eq!(page.texts(".notices .unread p"), [format!("Mira Lindqvist sent a proposal for {TITLE}.")]);
    for odd in ["", "1", "5:4:", "1:2:3", "99999999999999999999:1:"] {
        assert_eq!(browser.post("/notices/read", &[("shown", odd)]).status, 409, "{odd}");
    }
    assert_eq!(bar(&browser.get("/notices")), "1 unread");
}

#[test]
fn a_long_list_has_pages_by_key_and_days_in_the_reader_s_zone() {
    let (database, on, site) = scene(3);
    let mut conn = database.connect();
    let owner = &on.organisation.owner;
    let zone = "UPDATE users SET time_zone = 'Pacific/Auckland' WHERE id = $1";
    diesel::sql_query(zone).bind::<diesel::sql_types::BigInt, _>(owner.id.0).execute(&mut conn).unwrap();
    for place in 0..25_i64 {
        let other = given::freelancer(&mut conn, "Mira Lindqvist");
        given::proposal(&mut conn, on.id, &other, 500_000 + place);
    }
    let browser = site.signed_in(&owner.email);
    let first = browser.get("/notices");
    assert_eq!(first.texts(".notices li").len(), 20);
    assert!(first.texts(".notices time").iter().all(|time| time.ends_with("NZDT") || time.ends_with("NZST")), "{:?}", first.texts("time"));
    let next = first.attribute("a[rel=next]", "href").expect("a next page");
    let second = browser.get(&next);
    assert_eq!(second.texts(".notices li").len(), 8);
    assert!(second.has("a[href='/notices']") && !second.has("a[rel=next]"));
    let marked = browser.submit(&second, ".notices li:first-child button:not([name])", &[]);
    assert_eq!(marked.location(), next, "back to the same page");
    let end = browser.get("/notices?after=1");
    assert!(end.says().contains("No older notices"), "{}", end.says());
    for odd in ["after=x", "after=-1", "after=99999999999999999999999", "after=%00", "after=1&after=2"] {
        assert_eq!(browser.get(&format!("/notices?{odd}")).status, 200, "{odd}");
    }
}

#[test]
fn the_empty_page_says_what_will_come() {
    let (_database, on, site) = scene(1);
    let page = site.signed_in(&on.freelancers[0].email).get("/notices");
    assert!(page.says().contains("Nothing to tell you yet"), "{}", page.says());
    assert_eq!(bar(&page), "");
    assert_eq!(site.browser().get("/notices").location(), "/sign-in?next=%2Fnotices");
}

#[test]
fn an_award_is_worded_for_each_and_a_reason_reaches_whom_it_is_for() {
    let (database, on, site) = scene(3);
    let mut conn = database.connect();
    let owner = on.organisation.owner.id;
    let decline = Decline { reason: Reason::parse("Too far away.").unwrap(), shared: true };
    decline_proposal(&mut patient(&mut conn), owner, on.proposals[2], Some(1), decline).expect("declined");
    accept_proposal(&mut patient(&mut conn), owner, on.proposals[0], FIRST_SEEN).expect("an award");
    let says = |email: &str| site.signed_in(email).get("/notices").texts(".notices li:first-child p").concat();
    assert_eq!(says(&on.freelancers[0].email), format!("Harbour Foods accepted your proposal for {TITLE}."));
    assert_eq!(says(&on.freelancers[1].email), format!("Harbour Foods chose another proposal for {TITLE}."));
    assert_eq!(says(&on.freelancers[2].email), format!("Harbour Foods chose another proposal for {TITLE}. Reason: Too far away."));
    assert_eq!(says(&on.organisation.viewer.email), format!("Nadia Osei accepted Ada Byron for {TITLE}."));
    let browser = site.signed_in(&on.freelancers[0].email);
    let opened = browser.submit(&browser.get("/notices"), "button[name=then]", &[]);
    assert!(opened.location().starts_with("/contracts/"), "{}", opened.location());
    assert_eq!(browser.follow(opened).status, 200);
}

#[test]
fn whoever_left_reads_no_more_of_what_they_were_told_as_a_member() {
    let (database, on, site) = scene(1);
    let mut conn = database.connect();
    let manager = &on.organisation.manager;
    diesel::delete(memberships::table.filter(memberships::user_id.eq(manager.id.0))).execute(&mut conn).unwrap();
    let page = site.signed_in(&manager.email).get("/notices");
    assert_eq!(
        page.texts(".notices li p"),
        ["Something happened that you can no longer read about: you left, or an invitation was taken back."]
    );
    assert!(!page.html.contains("Ada Byron") && !page.html.contains("Stock system"));
}

#[test]
fn sealed_bids_are_told_of_without_a_name() {
    let (database, on, site) = scene(1);
    let mut conn = database.connect();
    given::past_triggers(&mut conn, &format!("UPDATE projects SET sealed = true WHERE id = {}", on.id));
    let page = site.signed_in(&on.organisation.owner.email).get("/notices");
    assert_eq!(page.texts(".notices li p"), [format!("A sealed proposal was sent for {TITLE}.")]);
    assert!(!page.html.contains("Ada Byron") && !page.html.contains(&format!("/proposals/{}\"", on.proposals[0])));
}

#[test]
fn what_is_not_ticked_comes_no_more_and_outcomes_cannot_be_unticked() {
    let (database, on, site) = scene(1);
    let browser = site.signed_in(&on.organisation.owner.email);
    let page = browser.get("/notices/settings");
    assert_eq!(page.texts("input[name=kind][checked]").len(), page.texts("input[name=kind]").len(), "everything comes at first");
    assert!(!page.has("input[name=kind][value=AWARDED]") && !page.has("input[name=kind][value=NOT_SELECTED]"));
    let saved = browser.submit(&page, "form[action='/notices/settings']", &[("kind", "DECIDED")]);
    let page = browser.follow(saved);
    assert_eq!(page.texts("input[name=kind][checked]").len(), 1);
    assert!(page.has("input[value=DECIDED][checked]"));
    let mut conn = database.connect();
    let late = given::freelancer(&mut conn, "Mira Lindqvist");
    given::proposal(&mut conn, on.id, &late, 500_000);
    assert_eq!(bar(&browser.get("/notices")), "1 unread", "the one from before");
    let history = browser.get("/account/history");
    assert!(history.says().contains("You chose which notices you get."), "{}", history.says());
}
