//! What the tests stand on, tested itself.
use crate::support::database::TestDatabase;
use crate::support::site::TestSite;
use crate::support::{given, invariants};

#[test]
fn what_is_given_is_whole() {
    let (database, project) = given::database_with_open_project(3);
    assert_eq!(project.proposals.len(), 3);
    assert_ne!(project.id.0 / 10_000, project.proposals[0].0 / 10_000);
    invariants::hold(&database);
}

#[test]
fn the_site_shows_what_is_given() {
    let database = TestDatabase::new();
    let site = TestSite::on(&database);
    let browser = site.browser();
    let titles = "main a[href^='/projects/']";
    assert!(!browser.get("/projects").has(titles));
    let project = given::open_project(&mut database.connect(), 0);
    let page = browser.get("/projects");
    assert_eq!(page.status, 200, "{}", page.says());
    assert_eq!(page.attribute(titles, "href").unwrap(), format!("/projects/{}", project.id));
    assert_eq!(browser.get("/nothing-here").status, 404);
}
