//! The database goes away, and comes back.
use std::time::{Duration, Instant};

use super::is_a_page;
use crate::support::given;
use crate::support::page::Page;
use crate::support::site::TestSite;
use crate::support::wait;

/// As long as anybody may wait for the page that says so.
const AT_ONCE: Duration = Duration::from_secs(1);

#[track_caller]
fn at_once(ask: impl FnOnce() -> Page) -> Page {
    let began = Instant::now();
    let page = ask();
    assert!(began.elapsed() < AT_ONCE, "{} took {:?}", page.path, began.elapsed());
    page
}

#[test]
fn a_database_that_is_gone_is_told_at_once_and_the_site_works_again_by_itself() {
    let (database, project) = given::database_with_open_project(1);
    let site = TestSite::on(&database);
    let signed_in = site.signed_in(&project.organisation.owner.email);
    let visitor = site.browser();
    assert_eq!(visitor.get("/projects").status, 200);
    database.go_away();
    for _ in 0..20 {
        for browser in [&visitor, &signed_in] {
            let page = at_once(|| browser.get("/projects"));
            is_a_page(&page, 503);
            assert!(!page.header("retry-after").is_empty());
            assert!(page.says().contains("Reference"), "{}", page.says());
        }
    }
    let page = at_once(|| signed_in.post("/account", &[("name", "Nadia"), ("time_zone", "UTC"), ("theme", "AUTO")]));
    is_a_page(&page, 503);
    // What needs no database still works.
    assert_eq!(visitor.get("/sign-in").status, 200);
    database.come_back();
    let back = Instant::now();
    wait::until("the site works again", || visitor.get("/projects").status == 200);
    assert!(back.elapsed() < Duration::from_secs(4), "{:?}", back.elapsed());
    for _ in 0..20 {
        assert_eq!(visitor.get("/projects").status, 200);
        assert_eq!(signed_in.get("/account").status, 200, "the sign-in outlasts it");
    }
}

#[test]
fn a_database_that_starts_anew_costs_few_pages() {
    let (database, project) = given::database_with_open_project(1);
    let site = TestSite::with(&database, 8);
    let browsers: Vec<_> = (0..8).map(|_| site.signed_in(&project.organisation.owner.email)).collect();
    std::thread::scope(|scope| {
        for browser in &browsers {
            scope.spawn(|| (0..10).for_each(|_| assert_eq!(browser.get("/account").status, 200)));
        }
    });
    database.cut_connections();
    // The first to meet a dead connection may be told so; that one makes the others suspect.
    let failed = (0..20).filter(|_| at_once(|| browsers[0].get("/account")).status != 200).count();
    assert!(failed <= 1, "{failed} pages of 20 failed");
}
