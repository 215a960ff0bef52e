//! The figures of the house.
use crate::support::database::TestDatabase;
use crate::support::given;
use crate::support::site::{METRICS_TOKEN, TestSite};

/// Reads them with this token.
fn figures(site: &TestSite, token: Option<&str>) -> (u16, String) {
    let client = crate::support::browser::builder().build().unwrap();
    let mut request = client.get(format!("{}/metrics", site.url()));
    if let Some(token) = token {
        request = request.bearer_auth(token);
    }
    let answer = request.send().unwrap();
    (answer.status().as_u16(), answer.text().unwrap())
}

/// The value of one of them.
#[track_caller]
fn value(figures: &str, begins: &str) -> f64 {
    let line = figures.lines().find(|line| line.starts_with(begins)).unwrap_or_else(|| panic!("no {begins} in\n{figures}"));
    line.rsplit(' ').next().unwrap().parse().unwrap()
}

#[test]
fn only_who_has_the_token_reads_them() {
    let database = TestDatabase::new();
    let site = TestSite::on(&database);
    for token in [None, Some("another"), Some("")] {
        assert_eq!(figures(&site, token).0, 404, "{token:?}");
    }
    assert_eq!(figures(&site, Some(METRICS_TOKEN)).0, 200);
}

#[test]
fn requests_are_told_by_route_and_status_and_no_address_is() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let somebody = given::somebody(conn, "Ada Byron");
    let site = TestSite::on(&database);
    let browser = site.signed_in(&somebody.email);
    browser.get("/account");
    browser.get("/projects/123456789-the-words-of-an-address");
    let (_, told) = figures(&site, Some(METRICS_TOKEN));
    assert!(value(&told, r#"guildhall_requests_total{method="GET",route="/account",status="200"}"#) >= 1.0);
    assert!(value(&told, r#"guildhall_requests_total{method="GET",route="/projects/{"#) >= 1.0);
    assert!(value(&told, r#"guildhall_request_seconds_count{route="/account"}"#) >= 1.0);
    assert!(!told.contains("words-of-an-address") && !told.contains(&somebody.email));
}

#[test]
fn each_figure_is_explained_and_the_queues_are_counted() {
    let database = TestDatabase::new();
    let site = TestSite::on(&database);
    site.browser().get("/healthz");
    let (_, told) = figures(&site, Some(METRICS_TOKEN));
    for line in told.lines().filter_map(|line| line.strip_prefix("# TYPE ")) {
        let name = line.split(' ').next().unwrap();
        assert!(told.contains(&format!("# HELP {name} ")), "{name} is not explained");
    }
    // other tests of this process set the same figures, so here it is enough that they are there
    for figure in ["guildhall_pool_connections", "guildhall_jobs_due", "guildhall_mails_due", "guildhall_lock_waits", "guildhall_deadlocks"]
    {
        assert!(value(&told, &format!("{figure} ")) >= 0.0, "{figure}");
    }
}

#[test]
fn while_the_database_is_away_the_process_still_tells_its_own() {
    let database = TestDatabase::new();
    let site = TestSite::on(&database);
    site.browser().get("/healthz");
    database.go_away();
    let (status, told) = figures(&site, Some(METRICS_TOKEN));
    assert_eq!(status, 200);
    assert!(value(&told, "guildhall_pool_limit ") > 0.0);
    database.come_back();
}
