//! Writing a new project.
use super::{WORDS, field, words_but};
use crate::support::database::TestDatabase;
use crate::support::site::TestSite;
use crate::support::{given, invariants};

#[test]
fn a_new_project_is_a_draft_that_its_members_read() {
    let database = TestDatabase::new();
    let organisation = given::organisation(&mut database.connect());
    let site = TestSite::on(&database);
    let browser = site.signed_in(&organisation.manager.email);
    let form = browser.get("/projects/new");
    assert!(!form.has("[name=organisation]"), "one organisation need not be chosen");
    let page = browser.follow(browser.submit(&form, "main form", &WORDS));
    assert_eq!(page.text("h1"), "Warehouse stock screens");
    assert_eq!(page.text(".tag"), "Draft");
    assert_eq!(page.text(".prose strong"), "goods in");
    assert!(page.says().contains("€6,000.00 to €9,000.50") && page.says().contains("When can you start?"), "{}", page.says());
    assert!(page.says().contains("Thu 1 Dec 2199") || page.says().contains("Dec 2199, 17:00 UTC"), "{}", page.says());
    invariants::hold(&database);
}

#[test]
fn the_same_form_sent_twice_makes_one_project() {
    let database = TestDatabase::new();
    let organisation = given::organisation(&mut database.connect());
    let site = TestSite::on(&database);
    let browser = site.signed_in(&organisation.owner.email);
    let form = browser.get("/projects/new");
    let first = browser.submit(&form, "main form", &WORDS);
    let second = browser.submit(&form, "main form", &WORDS);
    assert_eq!(first.location(), second.location());

    let other = browser.submit(&form, "main form", &words_but(&[("title", "Labels alone")]));
    assert_eq!(other.status, 422);
    assert_eq!(field(&other, "title"), "Labels alone");
    let third = browser.submit(&other, "main form", &[]);
    assert_ne!(third.location(), first.location());
}

#[test]
fn all_that_is_wrong_is_said_at_once_and_what_was_typed_is_kept() {
    let database = TestDatabase::new();
    let organisation = given::organisation(&mut database.connect());
    let site = TestSite::on(&database);
    let browser = site.signed_in(&organisation.manager.email);
    let wrong = words_but(&[("title", ""), ("kind", ""), ("budget_min", "9.5e3"), ("budget_max", "1,234"), ("deadline", "tomorrow")]);
    let page = browser.post("/projects/new", &wrong);
    assert_eq!(page.status, 422);
    assert!(page.text("title").starts_with("Error: "));
    let pointed = page.each("[data-error-summary] a", |link| link.attr("href").unwrap_or_default().to_owned());
    assert_eq!(pointed, ["#title", "#kind", "#budget_min", "#budget_max", "#deadline"]);
    for place in pointed {
        assert!(page.has(&place), "{place} is there to go to");
    }
    for (name, typed) in [("budget_max", "1,234"), ("deadline", "tomorrow"), ("skills", "Rust, web"), ("currency", "EUR")] {
        assert_eq!(field(&page, name), typed);
    }
    assert_eq!(field(&page, "description"), "Screens for **goods in** and labels.");
}

#[test]
fn odd_bytes_are_refused_by_name_and_not_by_a_fault() {
    let database = TestDatabase::new();
    let organisation = given::organisation(&mut database.connect());
    let site = TestSite::on(&database);
    let browser = site.signed_in(&organisation.manager.email);
    for odd in ["a\0b", "\u{FFFD}", "\u{202E}gpj", &"x".repeat(201)] {
        let page = browser.post("/projects/new", &words_but(&[("title", odd)]));
        assert_eq!(page.status, 422, "{odd:?}");
        assert!(page.has("#title-error"), "{odd:?}");
    }
    assert_eq!(browser.post("/projects/new", &[]).status, 422);
}

#[test]
fn only_owners_and_managers_write_projects() {
    let database = TestDatabase::new();
    let (organisation, freelancer) = {
        let conn = &mut database.connect();
        (given::organisation(conn), given::freelancer(conn, "Ada Byron"))
    };
    let site = TestSite::on(&database);
    for person in [&organisation.finance, &organisation.viewer, &freelancer] {
        let browser = site.signed_in(&person.email);
        assert_eq!(browser.get("/projects/new").status, 403, "{}", person.name);
        assert_eq!(browser.post("/projects/new", &WORDS).status, 403, "{}", person.name);
    }
    let stranger = site.browser();
    assert!(stranger.get("/projects/new").location().starts_with("/sign-in"));
    assert_eq!(stranger.post("/projects/new", &WORDS).status, 403);
}

#[test]
fn a_project_is_written_for_an_organisation_that_one_manages() {
    let database = TestDatabase::new();
    let (first, second) = {
        let conn = &mut database.connect();
        (given::organisation(conn), given::organisation(conn))
    };
    let site = TestSite::on(&database);
    let browser = site.signed_in(&first.manager.email);
    let foreign = second.id.to_string();
    let fields: Vec<_> = WORDS.into_iter().chain([("organisation", foreign.as_str())]).collect();
    assert_eq!(browser.post("/projects/new", &fields).status, 404);
}

#[test]
fn a_copy_begins_with_the_words_of_the_older_one() {
    let database = TestDatabase::new();
    let project = given::open_project(&mut database.connect(), 0);
    let site = TestSite::on(&database);
    let browser = site.signed_in(&project.organisation.manager.email);
    let form = browser.get(&format!("/projects/new?from={}", project.id));
    assert_eq!(field(&form, "title"), "Stock system for three warehouses");
    assert_eq!(field(&form, "deadline"), "");
    let made = browser.submit(&form, "main form", &[("deadline", "2199-12-01T17:00")]);
    assert_ne!(made.location(), format!("/projects/{}", project.id));

    let stranger = given::organisation(&mut database.connect());
    let browser = site.signed_in(&stranger.manager.email);
    assert_eq!(browser.get(&format!("/projects/new?from={}", project.id)).status, 404);
}
