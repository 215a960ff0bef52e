//! The same request with the same key is done once, and answered with what it came to.
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use guildhall::schema::{contracts, projects, request_keys};
use serde_json::{Value, json};

use super::by_reference::words;
use super::machine::{Machine, Reply};
use crate::support::database::TestDatabase;
use crate::support::given::{self, Organisation};
use crate::support::invariants;
use crate::support::race::start_together;
use crate::support::site::TestSite;

fn keyed(machine: &Machine, path: &str, key: &str, body: &Value) -> Reply {
    machine.send("POST", path, &[("idempotency-key", key)], Some(&body.to_string()))
}

fn new_project(organisation: &Organisation, title: &str) -> Value {
    let mut body = words(title);
    body["organisation"] = json!(organisation.id);
    body
}

#[test]
fn a_hundred_times_the_same_key_make_one_project() {
    let database = TestDatabase::new();
    let organisation = given::organisation(&mut database.connect());
    let site = TestSite::on(&database);
    let machine = Machine::of(&database, &site, &organisation.manager);
    let body = new_project(&organisation, "Once");
    let replies = start_together(100, |_| machine.clone(), |_, machine| keyed(&machine, "/api/v1/projects", "the-same-key", &body));
    let done: Vec<_> = replies.iter().filter(|reply| reply.status == 201).collect();
    assert!(!done.is_empty());
    for reply in &replies {
        match reply.status {
            201 => assert_eq!(reply.json, done[0].json),
            409 => assert!(!reply.header("retry-after").is_empty(), "{reply:?}"),
            other => panic!("{other}: {reply:?}"),
        }
    }
    let again = keyed(&machine, "/api/v1/projects", "the-same-key", &body);
    assert_eq!((again.status, again.json), (201, done[0].json.clone()), "a repetition gives the outcome");
    assert_eq!(projects::table.count().get_result(&mut database.connect()), Ok(1_i64));
    println!("100 at once: {} answered with the project, {} busy", done.len(), replies.len() - done.len());
    invariants::hold(&database);
}

#[test]
fn another_body_under_the_same_key_is_refused() {
    let database = TestDatabase::new();
    let organisation = given::organisation(&mut database.connect());
    let site = TestSite::on(&database);
    let machine = Machine::of(&database, &site, &organisation.manager);
    let first = keyed(&machine, "/api/v1/projects", "a-key-of-mine", &new_project(&organisation, "First"));
    assert_eq!(first.status, 201);
    let other = keyed(&machine, "/api/v1/projects", "a-key-of-mine", &new_project(&organisation, "Second"));
    assert_eq!((other.status, other.code()), (422, "key_reused"));
    let elsewhere = keyed(&machine, &format!("/api/v1/projects/{}/publish", first.number("id")), "a-key-of-mine", &json!({}));
    assert_eq!((elsewhere.status, elsewhere.code()), (422, "key_reused"), "nor for another act");
    let nonsense = keyed(&machine, "/api/v1/projects", "short", &new_project(&organisation, "First"));
    assert_eq!((nonsense.status, nonsense.wrong()), (400, vec!["Idempotency-Key"]));
    let colleague = Machine::of(&database, &site, &organisation.owner);
    assert_eq!(
        keyed(&colleague, "/api/v1/projects", "a-key-of-mine", &new_project(&organisation, "Theirs")).status,
        201,
        "keys are one's own"
    );
}

#[test]
fn a_life_that_is_asked_for_twice_at_every_step_is_lived_once() {
    let (database, on) = given::database_with_open_project(1);
    let site = TestSite::on(&database);
    let (manager, author) = (Machine::of(&database, &site, &on.organisation.manager), Machine::of(&database, &site, &on.freelancers[0]));
    let made = keyed(&manager, "/api/v1/projects", "step-draft", &new_project(&on.organisation, "Twice"));
    let id = made.number("id");
    let twice = |machine: &Machine, path: &str, body: &Value, status: u16| -> Reply {
        let key = format!("key-{}", path.replace('/', "."));
        let first = keyed(machine, path, &key, body);
        assert_eq!(first.status, status, "{path}: {first:?}");
        let second = keyed(machine, path, &key, body);
        assert_eq!((second.status, second.header("etag")), (first.status, first.header("etag")), "{path}: {second:?}");
        first
    };
    twice(&manager, &format!("/api/v1/projects/{id}/publish"), &json!({}), 200);
    let offer = json!({ "amount": "6400.00", "days": 20, "cover_letter": "I can.", "answers": ["Monday"] });
    let sent = twice(&author, &format!("/api/v1/projects/{id}/proposals"), &offer, 201);
    let proposal = sent.number("id");
    twice(&manager, &format!("/api/v1/proposals/{proposal}/decline"), &json!({ "reason": "Too dear." }), 200);
    twice(&manager, &format!("/api/v1/proposals/{proposal}/undecline"), &json!({}), 200);
    twice(&author, &format!("/api/v1/proposals/{proposal}/withdraw"), &json!({}), 200);
    let again = json!({ "amount": "6500.00", "days": 20, "cover_letter": "I can.", "answers": ["Monday"] });
    assert_eq!(keyed(&author, &format!("/api/v1/projects/{id}/proposals"), "sent-again", &again).status, 200);
    let contract = twice(&manager, &format!("/api/v1/proposals/{proposal}/accept"), &json!({ "version": 2 }), 201);
    assert_eq!(contract.json["amount"].as_str(), Some("6500.00"));
    assert_eq!(contracts::table.count().get_result(&mut database.connect()), Ok(1_i64));
    invariants::hold(&database);
}

#[test]
fn refusals_are_not_kept_and_outcomes_are_for_three_days() {
    let (database, on) = given::database_with_open_project(1);
    let site = TestSite::on(&database);
    let machine = Machine::of(&database, &site, &on.organisation.manager);
    let accept = format!("/api/v1/proposals/{}/accept", on.proposals[0]);
    assert_eq!(keyed(&machine, &accept, "accept-once", &json!({ "version": 9 })).status, 409);
    let mut conn = database.connect();
    assert_eq!(request_keys::table.count().get_result(&mut conn), Ok(0_i64));
    assert_eq!(keyed(&machine, &accept, "accept-once", &json!({ "version": 1 })).status, 201);
    conn.batch_execute("UPDATE request_keys SET created_at = now() - interval '73 hours'").unwrap();
    guildhall::operations::house::clear_out(&mut conn).unwrap();
    assert_eq!(request_keys::table.count().get_result(&mut conn), Ok(0_i64));
    assert_eq!(keyed(&machine, &accept, "accept-once", &json!({ "version": 1 })).status, 200, "as whoever accepts what is accepted");
    invariants::hold(&database);
}

#[test]
fn sixteen_that_accept_with_one_key_are_all_told_of_the_one_new_contract() {
    let (database, on) = given::database_with_open_project(2);
    let site = TestSite::on(&database);
    let machine = Machine::of(&database, &site, &on.organisation.manager);
    let accept = format!("/api/v1/proposals/{}/accept", on.proposals[0]);
    let replies = start_together(16, |_| machine.clone(), |_, machine| keyed(&machine, &accept, "accept-once", &json!({ "version": 1 })));
    for reply in &replies {
        assert!(reply.status == 201 || reply.status == 409 && reply.code() == "busy", "{reply:?}");
    }
    assert_eq!(keyed(&machine, &accept, "accept-once", &json!({ "version": 1 })).status, 201);
    assert_eq!(contracts::table.count().get_result(&mut database.connect()), Ok(1_i64));
    invariants::hold(&database);
}
