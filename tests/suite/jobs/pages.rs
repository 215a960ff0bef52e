//! A job's page: to whom it is there, and what can be done on it.
use diesel::connection::SimpleConnection;
use diesel::pg::PgConnection;
use guildhall::domain::ids::JobId;
use guildhall::domain::job::{Ending, NewJob};
use guildhall::operations::jobs::{end_job, enqueue_job, report_progress};

use super::{claimed, drill, state};
use crate::support::database::TestDatabase;
use crate::support::given::{self, Organisation, Somebody, patient};
use crate::support::invariants;
use crate::support::site::TestSite;

fn of(conn: &mut PgConnection, organisation: &Organisation, by: &Somebody, key: &str) -> JobId {
    let new = NewJob { organisation: Some(organisation.id), asked_by: Some(by.id), ..drill(key, 0, 0) };
    enqueue_job(&mut patient(conn), &new).expect("a job").id()
}

fn admin(conn: &mut PgConnection) -> Somebody {
    let admin = given::somebody(conn, "Grace Murray");
    conn.batch_execute(&format!("UPDATE users SET is_admin = true WHERE id = {}", admin.id)).expect("an admin");
    admin
}

/// J8
#[test]
fn another_organisation_s_job_is_not_there() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let (own, other) = (given::organisation(conn), given::organisation(conn));
    let (admin, stranger) = (admin(conn), given::freelancer(conn, "Ada Byron"));
    let job = of(conn, &own, &own.manager, "theirs");
    let alone = enqueue_job(&mut patient(conn), &NewJob { asked_by: Some(stranger.id), ..drill("own", 0, 0) }).unwrap().id();
    let house = enqueue_job(&mut patient(conn), &drill("house", 0, 0)).unwrap().id();
    let site = TestSite::on(&database);
    let seen = [
        (&own.owner, [200, 404, 404]),
        (&own.viewer, [200, 404, 404]),
        (&other.owner, [404, 404, 404]),
        (&stranger, [404, 200, 404]),
        (&admin, [200, 200, 200]),
    ];
    for (who, statuses) in seen {
        let browser = site.signed_in(&who.email);
        for (id, status) in [job, alone, house].into_iter().zip(statuses) {
            assert_eq!(browser.get(&format!("/jobs/{id}")).status, status, "{} looks at {id}", who.name);
            assert_eq!(browser.get(&format!("/jobs/{id}/news")).status, status, "{} hears of {id}", who.name);
            if status == 404 {
                assert_eq!(browser.get(&format!("/jobs/{id}/cancel")).status, 404);
                assert_eq!(browser.post(&format!("/jobs/{id}/cancel"), &[]).status, 404);
                assert_eq!(browser.post(&format!("/jobs/{id}/again"), &[]).status, 404);
            }
        }
        assert_eq!(browser.get("/admin/jobs").status, if who.id == admin.id { 200 } else { 404 });
    }
    let viewer = site.signed_in(&own.viewer.email);
    assert_eq!(viewer.get(&format!("/jobs/{job}/cancel")).status, 403, "seen, but not theirs to stop");
    assert_eq!(viewer.post(&format!("/jobs/{job}/cancel"), &[]).status, 403);
    assert_eq!(state(conn, job), "QUEUED");
}

#[test]
fn a_job_is_followed_cancelled_and_run_again_on_its_page() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let own = given::organisation(conn);
    let id = of(conn, &own, &own.manager, "followed");
    let site = TestSite::on(&database);
    let browser = site.signed_in(&own.manager.email);
    let page = browser.get(&format!("/jobs/{id}"));
    assert!(page.says().contains("as soon as a worker is free"), "{}", page.says());
    assert!(page.texts("main a").contains(&"Look again".to_owned()), "it works without scripts");
    let job = claimed(conn);
    report_progress(&mut patient(conn), &job.claim, job.version, 40, "Rows 400 of 1,000").unwrap();
    let page = browser.get(&format!("/jobs/{id}"));
    assert!(page.says().contains("Rows 400 of 1,000") && page.says().contains("40 %"), "{}", page.says());
    assert!(browser.get(&format!("/jobs/{id}/news")).html.contains("\"progress\":40"));
    let asks = browser.get(&format!("/jobs/{id}/cancel"));
    assert!(asks.says().contains("Its worker is asked to stop"));
    let page = browser.follow(browser.submit(&asks, "main form", &[]));
    assert!(page.says().contains("It was asked to stop"), "{}", page.says());
    end_job(&mut patient(conn), &job.claim, 4, &Ending::Stopped).unwrap();
    let page = browser.get(&format!("/jobs/{id}"));
    assert!(page.says().contains("Cancelled") && !page.says().contains("Look again"), "{}", page.says());
    assert_eq!(browser.get(&format!("/jobs/{id}/cancel")).status, 409);
    let again = browser.submit(&page, "main form", &[]);
    assert_eq!(again.status, 303);
    assert_ne!(again.location(), format!("/jobs/{id}"));
    assert_eq!(browser.post(&format!("/jobs/{id}/again"), &[]).location(), again.location(), "a double click makes one");
    assert!(browser.follow(again).says().contains("Does once more"));
    invariants::hold(&database);
}

#[test]
fn a_result_leads_on_within_this_site_alone() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let own = given::organisation(conn);
    let site = TestSite::on(&database);
    let browser = site.signed_in(&own.manager.email);
    for (href, leads) in [("/projects", true), ("https://elsewhere.example", false), ("//elsewhere.example", false)] {
        let id = of(conn, &own, &own.manager, href);
        let job = claimed(conn);
        let result = serde_json::json!({ "href": href, "label": "Take it" });
        end_job(&mut patient(conn), &job.claim, job.version, &Ending::Completed(result)).unwrap();
        assert_eq!(browser.get(&format!("/jobs/{id}")).says().contains("Take it"), leads, "{href}");
    }
}

#[test]
fn admins_see_how_the_work_stands() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let admin = admin(conn);
    super::in_three_states(conn);
    let site = TestSite::on(&database);
    let browser = site.signed_in(&admin.email);
    let page = browser.get("/admin/jobs");
    assert_eq!(page.status, 200);
    assert_eq!(page.texts(".chart svg").len(), 2);
    assert_eq!(page.texts("ul.list > li").len(), 3);
    assert_eq!(browser.get("/admin/jobs?status=COMPLETED").texts("ul.list > li").len(), 1);
    assert_eq!(browser.get("/admin/jobs?status=nothing&after=x").texts("ul.list > li").len(), 3);
    assert!(browser.get("/admin/jobs?status=FAILED").says().contains("No job is listed here"));
}
