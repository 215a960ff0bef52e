//! Does it live, can it serve.
use diesel::connection::SimpleConnection;
use serde_json::json;

use crate::support::database::TestDatabase;
use crate::support::page::Page;
use crate::support::site::TestSite;
use crate::support::wait;

fn said(page: &Page) -> (u16, serde_json::Value) {
    (page.status, serde_json::from_str(&page.html).expect("a document"))
}

#[test]
fn a_database_that_is_away_makes_it_unready_and_alive_until_it_is_back() {
    let database = TestDatabase::new();
    let site = TestSite::on(&database);
    let anybody = site.browser();
    assert_eq!(said(&anybody.get("/readyz")), (200, json!({ "status": "ready" })));
    database.go_away();
    let away = said(&anybody.get("/readyz"));
    assert_eq!(away, (503, json!({ "status": "not ready", "why": "the database does not answer" })));
    assert_eq!(said(&anybody.get("/healthz")), (200, json!({ "status": "alive" })));
    database.come_back();
    wait::until("it is ready again", || anybody.get("/readyz").status == 200);
}

#[test]
fn a_schema_that_lacks_something_is_not_served() {
    let database = TestDatabase::new();
    let site = TestSite::on(&database);
    let last = "DELETE FROM __diesel_schema_migrations WHERE version = (SELECT max(version) FROM __diesel_schema_migrations)";
    database.connect().batch_execute(last).unwrap();
    let (status, words) = said(&site.browser().get("/readyz"));
    assert_eq!(status, 503);
    assert!(words["why"].as_str().unwrap().contains("guildhall migrate"), "{words}");
    // one that has more than this program knows is another program's, which is being put in its place
    let more = "INSERT INTO __diesel_schema_migrations (version) SELECT '99999999' || n FROM generate_series(1, 2) n";
    let database = TestDatabase::new();
    let site = TestSite::on(&database);
    database.connect().batch_execute(more).unwrap();
    assert_eq!(site.browser().get("/readyz").status, 200);
}

#[test]
fn who_asks_leaves_no_session_and_nothing_in_a_cache() {
    let database = TestDatabase::new();
    let site = TestSite::on(&database);
    for path in ["/healthz", "/readyz"] {
        let page = site.browser().get(path);
        assert_eq!((page.header("set-cookie"), page.header("cache-control")), ("", "no-store"), "{path}");
    }
}
