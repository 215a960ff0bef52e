//! A freelancer's time, written down by machines: the same locks and the same refusals as on the pages.
use diesel::prelude::*;
use guildhall::schema::work_logs;
use serde_json::{Value, json};

use super::machine::{Machine, Reply};
use crate::support::database::TestDatabase;
use crate::support::given;
use crate::support::invariants;
use crate::support::race::start_together;
use crate::support::site::TestSite;
use crate::time::Ground;

fn session(ground: &Ground, from: i64, to: i64) -> Value {
    json!({ "started_at": ground.at(from, 0).to_rfc3339(), "ended_at": ground.at(to, 0).to_rfc3339(), "note": "Shelves" })
}

fn record(machine: &Machine, ground: &Ground, from: i64, to: i64) -> Reply {
    machine.post(&format!("/api/v1/contracts/{}/work-logs", ground.contract), &session(ground, from, to))
}

/// As a client that obeys `Retry-After`, without the waiting.
fn record_in_the_end(machine: &Machine, ground: &Ground, from: i64, to: i64) -> Reply {
    for _ in 0..100 {
        let reply = record(machine, ground, from, to);
        if reply.code() != "busy" {
            return reply;
        }
    }
    panic!("busy for ever")
}

/// So many programs of one freelancer write the same hour down, on two contracts.
fn one_hour_is_taken_once(clients: usize) {
    let database = TestDatabase::new();
    let ground = Ground::new(&database);
    let other = ground.other(&database);
    let site = TestSite::on(&database);
    let machine = Machine::of(&database, &site, &ground.freelancer);
    let replies = start_together(
        clients,
        |_| machine.clone(),
        |client, machine| record_in_the_end(&machine, if client % 2 == 0 { &ground } else { &other }, 9, 10),
    );
    let made: Vec<_> = replies.iter().filter(|reply| reply.status == 201).collect();
    assert_eq!(made.len(), 1, "{replies:?}");
    for late in replies.iter().filter(|reply| reply.status != 201) {
        assert_eq!((late.status, late.code()), (409, "overlaps"), "{late:?}");
        assert_eq!(late.json["in_the_way"]["work_log"], made[0].json["id"], "{late:?}");
    }
    assert_eq!(work_logs::table.count().get_result(&mut database.connect()), Ok(1_i64));
    invariants::hold(&database);
}

#[test]
fn of_three_programs_one_writes_the_hour_down() {
    one_hour_is_taken_once(3);
}

#[test]
fn of_sixteen_programs_one_writes_the_hour_down() {
    one_hour_is_taken_once(16);
}

#[test]
fn a_key_makes_one_session_however_often_it_is_sent() {
    let database = TestDatabase::new();
    let ground = Ground::new(&database);
    let site = TestSite::on(&database);
    let machine = Machine::of(&database, &site, &ground.freelancer);
    let path = format!("/api/v1/contracts/{}/work-logs", ground.contract);
    let send = |body: &Value| machine.send("POST", &path, &[("idempotency-key", "night-4711")], Some(&body.to_string()));
    let (first, second) = (send(&session(&ground, 9, 10)), send(&session(&ground, 9, 10)));
    assert_eq!((first.status, second.status, &first.json), (201, 201, &second.json));
    assert_eq!((first.header("location"), first.number("minutes")), (&*format!("/api/v1/work-logs/{}", first.number("id")), 60));
    assert_eq!(send(&session(&ground, 10, 11)).code(), "key_reused");
}

#[test]
fn a_session_is_changed_at_the_version_that_was_read() {
    let database = TestDatabase::new();
    let ground = Ground::new(&database);
    let site = TestSite::on(&database);
    let machine = Machine::of(&database, &site, &ground.freelancer);
    let made = record(&machine, &ground, 9, 10);
    let path = format!("/api/v1/work-logs/{}", made.number("id"));
    let put = |tag: &str, from, to| machine.send("PUT", &path, &[("if-match", tag)], Some(&session(&ground, from, to).to_string()));
    assert_eq!(machine.put(&path, &session(&ground, 9, 11)).status, 428, "which version was read has to be said");
    let changed = put(made.header("etag"), 9, 11);
    assert_eq!((changed.status, changed.number("version"), changed.number("minutes")), (200, 2, 120), "{changed:?}");
    let stale = put(made.header("etag"), 9, 12);
    assert_eq!((stale.status, stale.number("expected"), stale.number("found")), (412, 1, 2), "{stale:?}");
    record(&machine, &ground, 13, 14);
    let overlap = put("*", 9, 14);
    assert_eq!((overlap.status, overlap.code()), (409, "overlaps"), "{overlap:?}");
    let deleted = machine.post(&format!("{path}/delete"), &json!({}));
    assert!(deleted.json["deleted_at"].is_string(), "{deleted:?}");
    assert_eq!(machine.post(&format!("{path}/delete"), &json!({})).code(), "deleted");
    record(&machine, &ground, 9, 10);
    assert_eq!(machine.post(&format!("{path}/restore"), &json!({})).code(), "overlaps", "another lies there by now");
    let listed = machine.get(&format!("/api/v1/contracts/{}/work-logs", ground.contract));
    let minutes: Vec<_> = listed.json["items"].as_array().expect("rows").iter().map(|row| row["minutes"].clone()).collect();
    assert_eq!(minutes, [json!(60), json!(60)], "by their beginning, without what was deleted");
    invariants::hold(&database);
}

#[test]
fn only_the_freelancer_writes_and_only_both_sides_read() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let ground = Ground::new(&database);
    let site = TestSite::on(&database);
    let stranger = given::freelancer(conn, "Mira Lindqvist");
    let [author, client, stranger] =
        [&ground.freelancer, &ground.organisation.owner, &stranger].map(|person| Machine::of(&database, &site, person));
    let made = record(&author, &ground, 9, 10).number("id");
    assert_eq!((record(&client, &ground, 10, 11).status, record(&stranger, &ground, 10, 11).status), (403, 404));
    for (path, readable) in [
        (format!("/api/v1/work-logs/{made}"), 200),
        (format!("/api/v1/contracts/{}/work-logs", ground.contract), 200),
        (format!("/api/v1/contracts/{}/history", ground.contract), 200),
    ] {
        assert_eq!((client.get(&path).status, stranger.get(&path).status), (readable, 404), "{path}");
    }
    let wrong = author.post(
        &format!("/api/v1/contracts/{}/work-logs", ground.contract),
        &json!({ "started_at": "2026-11-02T09:00:30Z", "ended_at": "nine" }),
    );
    assert_eq!((wrong.status, wrong.wrong()), (400, vec!["started_at", "ended_at"]), "{wrong:?}");
}
