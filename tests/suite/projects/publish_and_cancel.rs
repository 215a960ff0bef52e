//! Publishing, cancelling, and coming too late for either.
use diesel::prelude::*;
use guildhall::schema::projects;

use super::field;
use crate::support::database::TestDatabase;
use crate::support::site::TestSite;
use crate::support::{given, invariants};

#[test]
fn a_draft_is_published_through_a_page_that_asks() {
    let database = TestDatabase::new();
    let (organisation, id) = {
        let conn = &mut database.connect();
        let organisation = given::organisation(conn);
        let id = given::draft(conn, &organisation);
        (organisation, id)
    };
    let site = TestSite::on(&database);
    let browser = site.signed_in(&organisation.manager.email);
    let ask = browser.get(&format!("/projects/{id}/publish"));
    let sent = browser.submit(&ask, "main form", &[]);
    assert_eq!(sent.location(), format!("/projects/{id}"));
    let twice = browser.submit(&ask, "main form", &[]);
    assert_eq!(twice.location(), format!("/projects/{id}"), "the second click of two leads to the project");
    assert_eq!(browser.follow(sent).text(".tag"), "Open");

    let late = site.signed_in(&organisation.owner.email).post(&format!("/projects/{id}/publish"), &[("version", "1")]);
    assert_eq!(late.status, 409);
    assert_eq!(late.text("h1"), "Tomas Weber published this project before that");
    invariants::hold(&database);
}

#[test]
fn what_is_published_is_what_was_read() {
    let database = TestDatabase::new();
    let (organisation, id) = {
        let conn = &mut database.connect();
        let organisation = given::organisation(conn);
        let id = given::draft(conn, &organisation);
        (organisation, id)
    };
    let site = TestSite::on(&database);
    let (nadia, tomas) = (site.signed_in(&organisation.owner.email), site.signed_in(&organisation.manager.email));
    let ask = nadia.get(&format!("/projects/{id}/publish"));
    tomas.submit(&tomas.get(&format!("/projects/{id}/edit")), "main form", &[("title", "Other words")]);
    let page = nadia.submit(&ask, "main form", &[]);
    assert_eq!((page.status, page.text("h1")), (409, "Tomas Weber changed this project before that".to_owned()));
    let again = nadia.get(&page.attribute("main dd a", "href").unwrap());
    assert_eq!(nadia.submit(&again, "main form", &[]).status, 303);
}

#[test]
fn a_draft_whose_day_has_passed_is_not_published() {
    let database = TestDatabase::new();
    let (organisation, id) = {
        let conn = &mut database.connect();
        let organisation = given::organisation(conn);
        let id = given::draft(conn, &organisation);
        diesel::update(projects::table.find(id.0)).set(projects::deadline.eq(given::in_days(-1))).execute(conn).unwrap();
        (organisation, id)
    };
    let site = TestSite::on(&database);
    let page = site.signed_in(&organisation.manager.email).post(&format!("/projects/{id}/publish"), &[("version", "1")]);
    assert_eq!(page.status, 422);
    assert!(page.text("[data-error-summary]").contains("deadline that lies ahead"));
}

#[test]
fn cancelling_asks_why_and_ends_every_proposal() {
    let database = TestDatabase::new();
    let project = given::open_project(&mut database.connect(), 2);
    let site = TestSite::on(&database);
    let browser = site.signed_in(&project.organisation.manager.email);
    let ask = browser.get(&format!("/projects/{}/cancel", project.id));
    let without = browser.submit(&ask, "main form", &[("reason", "  ")]);
    assert_eq!(without.status, 422);
    assert!(without.has("#reason-error"));
    let done = browser.submit(&without, "main form", &[("reason", "The money went elsewhere.")]);
    assert_eq!(browser.follow(done).text(".docket .tag"), "Cancelled");
    assert_eq!(browser.submit(&ask, "main form", &[("reason", "Again")]).status, 303, "the second click of two");

    let ada = site.signed_in(&project.freelancers[0].email).get(&format!("/projects/{}", project.id));
    assert!(ada.says().contains("The money went elsewhere.") && ada.says().contains("not selected"), "{}", ada.says());
    let stranger = site.browser().get(&format!("/projects/{}", project.id));
    assert!(!stranger.says().contains("money"), "{}", stranger.says());

    let owner = site.signed_in(&project.organisation.owner.email);
    let late = owner.post(&format!("/projects/{}/cancel", project.id), &[("reason", "Mine"), ("version", "1")]);
    assert_eq!((late.status, late.text("h1")), (409, "Tomas Weber cancelled this project before that".to_owned()));
    invariants::hold(&database);
}

#[test]
fn an_edit_that_comes_after_the_end_keeps_what_was_typed() {
    let database = TestDatabase::new();
    let project = given::open_project(&mut database.connect(), 1);
    let site = TestSite::on(&database);
    let (nadia, tomas) = (site.signed_in(&project.organisation.owner.email), site.signed_in(&project.organisation.manager.email));
    let form = nadia.get(&format!("/projects/{}/edit", project.id));
    tomas.post(&format!("/projects/{}/cancel", project.id), &[("reason", "Too late"), ("version", "1")]);
    let page = nadia.submit(&form, "main form", &[("title", "A better title")]);
    assert_eq!((page.status, page.text("h1")), (409, "Tomas Weber cancelled this project before that".to_owned()));
    assert!(page.says().contains("A better title"), "{}", page.says());
    assert_eq!(field(&form, "version"), "1");
}
