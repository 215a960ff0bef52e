//! Calling: signed, once for each event, again where it was not taken, and never into the house's own network.
use std::collections::BTreeSet;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use guildhall::domain::webhook::signature;
use guildhall::operations::proposals::accept_proposal;
use guildhall::operations::webhooks::gather_calls;
use guildhall::schema::webhook_deliveries;

use super::receiver::Receiver;
use super::{SECRET, made, work_until};
use crate::support::database::TestDatabase;
use crate::support::given::{self, FIRST_SEEN, patient};
use crate::support::invariants;
use crate::support::race::race;

fn delivered(conn: &mut PgConnection) -> i64 {
    webhook_deliveries::table.filter(webhook_deliveries::delivered_at.is_not_null()).count().get_result(conn).expect("a count")
}

#[test]
fn what_happens_after_a_webhook_was_made_is_told_once_and_signed() {
    let (database, on) = given::database_with_open_project(2);
    let mut conn = database.connect();
    let receiver = Receiver::answering(&[]);
    made(&mut conn, &on.organisation, &receiver.url());
    let stranger = given::open_project(&mut conn, 1);
    accept_proposal(&mut patient(&mut conn), on.organisation.owner.id, on.proposals[0], FIRST_SEEN).expect("an award");
    let next = given::published(&mut conn, &on.organisation);
    work_until(&database, true, |conn| delivered(conn) == 2);
    let came = receiver.came();
    let events: BTreeSet<_> = came.iter().map(|came| came.event.clone()).collect();
    let awarded = came.iter().find(|came| came.body.contains("PROPOSAL_ACCEPTED")).expect("the award");
    assert_eq!((came.len(), events.len()), (2, 2), "the award and the publishing; nothing from before: {came:?}");
    assert!(events.contains(&format!("{next}:2")), "{events:?}");
    assert!(came.iter().all(|came| !came.body.contains(&format!("\"project\":{}", stranger.id))), "nothing of another's");
    let body: serde_json::Value = serde_json::from_str(&awarded.body).expect("JSON");
    assert_eq!(
        (body["project"].as_i64(), body["proposal"].as_i64(), body["to"].as_str()),
        (Some(on.id.0), Some(on.proposals[0].0), Some("ASSIGNED"))
    );
    for call in &came {
        let (time, sum) = call.signature.trim_start_matches("t=").split_once(",v1=").expect("both parts");
        assert_eq!(sum, signature(SECRET, time.parse().expect("a time"), &call.body));
    }
    invariants::hold(&database);
}

#[test]
fn however_many_look_at_once_each_event_is_noted_once_for_each_webhook() {
    let (database, on) = given::database_with_open_project(1);
    let mut conn = database.connect();
    for number in 0..3 {
        made(&mut conn, &on.organisation, &format!("http://127.0.0.1:9/{number}"));
    }
    for _ in 0..10 {
        given::published(&mut conn, &on.organisation);
    }
    let noted: usize = race(&database, 8, |_, conn| gather_calls(&mut patient(conn)).expect("no fault")).into_iter().sum();
    assert_eq!(noted, 30);
    let rows: i64 = webhook_deliveries::table.count().get_result(&mut conn).unwrap();
    let jobs: i64 = guildhall::schema::jobs::table.count().get_result(&mut conn).unwrap();
    assert_eq!((rows, jobs), (30, 30), "one call, one job");
    assert_eq!(gather_calls(&mut patient(&mut conn)).unwrap(), 0);
}

#[test]
fn what_is_not_taken_is_told_again_with_the_same_number() {
    let (database, on) = given::database_with_open_project(1);
    let mut conn = database.connect();
    let receiver = Receiver::answering(&["500 Broken\r\n", "302 Found\r\nlocation: http://127.0.0.1:1/\r\n"]);
    made(&mut conn, &on.organisation, &receiver.url());
    accept_proposal(&mut patient(&mut conn), on.organisation.owner.id, on.proposals[0], FIRST_SEEN).expect("an award");
    for tries in 1..=3 {
        work_until(&database, true, |conn| {
            webhook_deliveries::table.select(webhook_deliveries::tries).first(conn).optional().unwrap() == Some(tries)
        });
        let error: Option<String> = webhook_deliveries::table.select(webhook_deliveries::error).first(&mut conn).unwrap();
        let expected = [Some("It answered 500."), Some("It answered 302."), None][usize::try_from(tries - 1).unwrap()];
        assert_eq!(error.as_deref(), expected, "a redirection is not followed");
        conn.batch_execute("UPDATE jobs SET run_at = now(), version = version + 1 WHERE status = 'QUEUED'").unwrap();
    }
    let came = receiver.came();
    assert_eq!(came.len(), 3);
    assert!(came.iter().all(|call| call.event == came[0].event && call.body == came[0].body));
    assert_eq!(delivered(&mut conn), 1);
}

#[test]
fn nothing_inside_the_house_is_called_unless_that_is_allowed() {
    let (database, on) = given::database_with_open_project(1);
    let mut conn = database.connect();
    let receiver = Receiver::answering(&[]);
    let port = receiver.url().rsplit(':').next().unwrap().to_owned();
    for host in ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "[::1]", "0.0.0.0", "169.254.169.254", "10.0.0.1"] {
        made(&mut conn, &on.organisation, &format!("http://{host}:{port}"));
    }
    accept_proposal(&mut patient(&mut conn), on.organisation.owner.id, on.proposals[0], FIRST_SEEN).expect("an award");
    work_until(&database, false, |conn| {
        let tried: i64 = webhook_deliveries::table.filter(webhook_deliveries::tries.gt(0)).count().get_result(conn).unwrap();
        tried == 7
    });
    let errors: Vec<Option<String>> = webhook_deliveries::table.select(webhook_deliveries::error).load(&mut conn).unwrap();
    assert!(errors.iter().flatten().all(|error| error.contains("inside this house") || error.contains("no answer")), "{errors:?}");
    assert!(errors.iter().flatten().filter(|error| error.contains("inside this house")).count() >= 5, "{errors:?}");
    assert!(receiver.came().is_empty(), "nobody was called");
    assert_eq!(delivered(&mut conn), 0);
}

#[test]
fn while_bids_are_sealed_no_proposal_is_named() {
    let database = TestDatabase::new();
    let mut conn = database.connect();
    let organisation = given::organisation(&mut conn);
    let receiver = Receiver::answering(&[]);
    made(&mut conn, &organisation, &receiver.url());
    let freelancer = given::freelancer(&mut conn, "Ada Byron");
    let on = given::sealed_project_with(&mut conn, organisation, vec![freelancer]);
    work_until(&database, true, |conn| delivered(conn) == 2);
    for call in receiver.came() {
        let body: serde_json::Value = serde_json::from_str(&call.body).expect("JSON");
        assert!(body["proposal"].is_null() && !call.body.contains(&on.freelancers[0].id.to_string()), "{}", call.body);
    }
}
