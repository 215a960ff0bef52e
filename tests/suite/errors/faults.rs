//! What breaks inside is told in fixed words with a reference, and logged once, with all that is known.
use diesel::connection::SimpleConnection;

use super::is_a_page;
use crate::support::database::TestDatabase;
use crate::support::given;
use crate::support::site::TestSite;
use crate::support::{log, page::Page};

/// The one line that was logged about a page.
#[track_caller]
fn logged(page: &Page) -> String {
    let reference = page.text("main .ref");
    let lines = log::lines_with(&reference);
    assert_eq!(lines.len(), 1, "{lines:#?}");
    lines[0].clone()
}

#[test]
fn a_fault_of_the_database_is_a_page_and_a_line_in_the_log() {
    log::listen();
    let database = TestDatabase::new();
    let site = TestSite::on(&database);
    let browser = site.browser();
    assert_eq!(browser.get("/projects").status, 200);
    database.connect().batch_execute("ALTER TABLE projects RENAME COLUMN title TO heading").unwrap();
    let page = browser.get("/projects");
    is_a_page(&page, 500);
    assert!(!page.html.contains("title\"") && !page.says().contains("column"), "{}", page.says());
    let line = logged(&page);
    assert!(line.contains("GET /projects") && line.contains("title"), "{line}");
    // What does not need the table works.
    assert_eq!(browser.get("/sign-in").status, 200);
}

#[test]
fn a_fault_of_the_database_inside_a_change_is_a_page_and_changes_nothing() {
    log::listen();
    let (database, project) = given::database_with_open_project(0);
    let site = TestSite::on(&database);
    let browser = site.signed_in(&project.organisation.owner.email);
    database
        .connect()
        .batch_execute(
            "CREATE FUNCTION sabotage() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'the disk\nis \"full\"'; END $$; \
             CREATE TRIGGER sabotage BEFORE INSERT ON events FOR EACH ROW EXECUTE FUNCTION sabotage()",
        )
        .unwrap();
    let page = browser.submit(&browser.get("/account"), "main form[action='/account']", &[("name", "Somebody Else")]);
    is_a_page(&page, 500);
    assert!(logged(&page).contains("the disk is"), "{}", logged(&page));
    assert!(!browser.get("/account").html.contains("Somebody Else"));
}

#[test]
fn a_page_that_is_away_is_logged_with_its_reference_too() {
    log::listen();
    let database = TestDatabase::new();
    let site = TestSite::on(&database);
    let browser = site.browser();
    database.go_away();
    let page = browser.get("/projects");
    is_a_page(&page, 503);
    assert!(logged(&page).contains("GET /projects"));
    database.come_back();
}

#[test]
fn what_people_send_is_no_fault_and_is_not_logged() {
    log::listen();
    let database = TestDatabase::new();
    let site = TestSite::on(&database);
    is_a_page(&site.browser().get("/never-logged-page"), 404);
    assert!(log::lines_with("never-logged-page").is_empty());
}
