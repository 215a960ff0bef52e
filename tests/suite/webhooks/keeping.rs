//! Keeping webhooks: an owner's pages, with a log of calls and a way to send again.
use diesel::prelude::*;
use guildhall::operations::proposals::accept_proposal;
use guildhall::schema::webhook_deliveries;

use super::receiver::Receiver;
use super::{made, work_until};
use crate::support::given::{self, FIRST_SEEN, patient};
use crate::support::invariants;
use crate::support::site::TestSite;

#[test]
fn an_owner_makes_a_webhook_reads_its_log_sends_again_and_removes_it() {
    let (database, on) = given::database_with_open_project(1);
    let site = TestSite::on(&database);
    let browser = site.signed_in(&on.organisation.owner.email);
    let list = format!("/organisations/{}/webhooks", on.organisation.id);
    let form = browser.get(&list);
    assert!(form.says().contains("There is no webhook"));
    let wrong = browser.submit(&form, "main form", &[("address", "ftp://a")]);
    assert_eq!(wrong.status, 422);
    let receiver = Receiver::answering(&[]);
    let made = browser.submit(&form, "main form", &[("address", &receiver.url())]);
    let page = browser.follow(made);
    assert!(page.says().contains("Copy this secret now:") && page.says().contains("Nothing was told yet"), "{}", page.says());
    let path = page.path;
    assert!(!browser.get(&path).says().contains("Copy this secret"), "it is shown once");
    accept_proposal(&mut patient(&mut database.connect()), on.organisation.owner.id, on.proposals[0], FIRST_SEEN).expect("an award");
    let delivered = |conn: &mut PgConnection, times: i32| {
        webhook_deliveries::table.select(webhook_deliveries::tries).first(conn).optional().unwrap() == Some(times)
    };
    work_until(&database, true, |conn| delivered(conn, 1));
    let log = browser.get(&path);
    assert!(
        log.says().contains("A proposal was accepted") && log.says().contains("Delivered") && log.says().contains("answered 204"),
        "{}",
        log.says()
    );
    assert_eq!(browser.submit(&log, "main li form", &[]).status, 303);
    assert_eq!(browser.submit(&log, "main li form", &[]).status, 303, "two clicks are one");
    work_until(&database, true, |conn| delivered(conn, 2));
    assert_eq!(receiver.came().len(), 2);
    let ask = browser.get(&format!("{path}/remove"));
    assert_eq!(browser.submit(&ask, "main form", &[]).location(), list);
    assert_eq!(browser.get(&path).status, 404);
    invariants::hold(&database);
}

#[test]
fn a_webhook_is_its_owners_alone() {
    let (database, on) = given::database_with_open_project(1);
    let mut conn = database.connect();
    let id = made(&mut conn, &on.organisation, "https://work.example.org/hooks");
    accept_proposal(&mut patient(&mut conn), on.organisation.owner.id, on.proposals[0], FIRST_SEEN).expect("an award");
    guildhall::operations::webhooks::gather_calls(&mut patient(&mut conn)).unwrap();
    let delivery: i64 = webhook_deliveries::table.select(webhook_deliveries::id).first(&mut conn).unwrap();
    let stranger = given::organisation(&mut conn).owner;
    let site = TestSite::on(&database);
    let list = format!("/organisations/{}/webhooks", on.organisation.id);
    for (person, status) in [
        (&on.organisation.manager, 403),
        (&on.organisation.finance, 403),
        (&on.organisation.viewer, 403),
        (&stranger, 404),
        (&on.freelancers[0], 404),
    ] {
        let browser = site.signed_in(&person.email);
        for path in [list.clone(), format!("/webhooks/{id}"), format!("/webhooks/{id}/remove")] {
            assert_eq!(browser.get(&path).status, status, "{} {path}", person.name);
        }
        for path in [list.clone(), format!("/webhooks/{id}/remove"), format!("/webhooks/deliveries/{delivery}/again")] {
            assert_eq!(
                browser.post(&path, &[("address", "https://a/"), ("kind", "PROJECT_EDITED")]).status,
                status,
                "{} {path}",
                person.name
            );
        }
    }
    assert_eq!(site.signed_in(&on.organisation.owner.email).get(&format!("/webhooks/{id}")).status, 200);
}
