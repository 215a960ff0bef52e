//! The award, asked for by machines.
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use guildhall::domain::membership::Role;
use guildhall::schema::contracts;
use serde_json::json;
use std::time::{Duration, Instant};

use super::machine::{Machine, Reply};
use crate::support::database::TestDatabase;
use crate::support::given::{self, OpenProject};
use crate::support::invariants;
use crate::support::race::start_together;
use crate::support::site::TestSite;

fn accept(machine: &Machine, on: &OpenProject, place: usize) -> Reply {
    machine.post(&format!("/api/v1/proposals/{}/accept", on.proposals[place]), &json!({ "version": 1, "scope_version": 1 }))
}

/// Asks until nobody holds the row any more.
fn accept_in_the_end(machine: &Machine, on: &OpenProject, place: usize) -> Reply {
    for _ in 0..60 {
        let reply = accept(machine, on, place);
        if reply.code() != "busy" {
            return reply;
        }
        assert_eq!(reply.header("retry-after"), "1", "{reply:?}");
    }
    panic!("busy for ever")
}

fn one_wins(clients: usize, proposals: usize) {
    let (database, on) = given::database_with_open_project(proposals);
    let site = TestSite::on(&database);
    let machines: Vec<_> = (0..proposals.max(2))
        .map(|place| {
            let manager = given::member(&mut database.connect(), on.organisation.id, &format!("Manager {place}"), Role::Manager);
            Machine::of(&database, &site, &manager)
        })
        .collect();
    let replies = start_together(
        clients,
        |client| machines[client % machines.len()].clone(),
        |client, machine| (client % proposals, accept_in_the_end(&machine, &on, client % proposals)),
    );
    let made: Vec<_> = replies.iter().filter(|(_, reply)| reply.status == 201).collect();
    let [(winner, contract)] = made[..] else { panic!("{} new contracts", made.len()) };
    for (place, reply) in &replies {
        match reply.status {
            201 => {}
            200 => assert_eq!((place, reply.number("id")), (winner, contract.number("id")), "the same contract"),
            409 => {
                assert_ne!(place, winner, "the winner's acceptance is never refused");
                assert_eq!(reply.code(), "project_is", "{reply:?}");
                let first = &reply.json["decided"];
                assert_eq!(first["contract"].as_i64(), Some(contract.number("id")), "who was first: {reply:?}");
                assert!(first["by_name"].is_string() && first["at"].is_string() && first["milliseconds_ago"].is_i64());
            }
            other => panic!("{other}: {reply:?}"),
        }
    }
    assert_eq!(contracts::table.count().get_result(&mut database.connect()), Ok(1_i64));
    invariants::hold(&database);
}

#[test]
fn of_two_machines_one_wins_and_the_other_is_told_who() {
    one_wins(2, 2);
}

#[test]
fn of_sixteen_machines_one_wins() {
    one_wins(16, 8);
}

#[test]
fn a_hundred_requests_make_one_contract() {
    one_wins(100, 10);
}

#[test]
fn the_same_proposal_accepted_by_sixteen_machines_is_one_contract_for_all() {
    one_wins(16, 1);
}

#[test]
fn a_row_that_is_held_is_busy_soon_and_the_rest_goes_on() {
    let (database, on) = given::database_with_open_project(1);
    let site = TestSite::on(&database);
    let machine = Machine::of(&database, &site, &on.organisation.manager);
    assert_eq!(machine.get("/api/v1/me").status, 200);
    let mut holder = database.connect();
    holder.batch_execute(&format!("BEGIN; SELECT FROM projects WHERE id = {} FOR UPDATE", on.id)).unwrap();
    let asked = Instant::now();
    let busy = accept(&machine, &on, 0);
    assert!(asked.elapsed() < Duration::from_millis(2500), "{:?}", asked.elapsed());
    assert_eq!((busy.status, busy.code(), busy.header("retry-after")), (409, "busy", "1"));
    assert!(busy.json["detail"].as_str().is_some_and(|words| words.contains("Nothing was done")), "{busy:?}");
    assert_eq!(machine.get(&format!("/api/v1/projects/{}", on.id)).status, 200, "reading waits for nobody");
    holder.batch_execute("ROLLBACK").unwrap();
    assert_eq!(accept(&machine, &on, 0).status, 201);
    invariants::hold(&database);
}

#[test]
fn whoever_waits_for_the_row_and_loses_sees_the_decision() {
    let (database, on) = given::database_with_open_project(2);
    let site = TestSite::on(&database);
    let [first, second] = [&on.organisation.owner, &on.organisation.manager].map(|person| Machine::of(&database, &site, person));
    assert_eq!(accept(&first, &on, 0).status, 201);
    let late = accept(&second, &on, 1);
    assert_eq!((late.status, late.code()), (409, "project_is"));
    assert_eq!(late.json["decided"]["by_name"].as_str(), Some(on.organisation.owner.name.as_str()));
    let project = second.get(&format!("/api/v1/projects/{}", on.id));
    assert_eq!((project.json["status"].as_str(), project.number("accepted_proposal")), (Some("ASSIGNED"), on.proposals[0].0));
}

#[test]
fn what_was_not_read_is_not_accepted() {
    let (database, on) = given::database_with_open_project(1);
    let site = TestSite::on(&database);
    let (manager, author) = (Machine::of(&database, &site, &on.organisation.manager), Machine::of(&database, &site, &on.freelancers[0]));
    let path = format!("/api/v1/proposals/{}", on.proposals[0]);
    let read = manager.get(&path);
    let dearer = json!({ "amount": "7000.00", "days": 20, "cover_letter": "Dearer." });
    assert_eq!(author.post(&format!("/api/v1/projects/{}/proposals", on.id), &dearer).status, 200, "revised");
    let accept = format!("{path}/accept");
    assert_eq!(manager.post(&accept, &json!({})).status, 428, "which version?");
    let stale = manager.post(&accept, &json!({ "version": 1 }));
    assert_eq!((stale.status, stale.code(), stale.number("expected"), stale.number("found")), (409, "changed", 1, 2));
    let stale = manager.send("POST", &accept, &[("if-match", read.header("etag"))], Some("{}"));
    assert_eq!((stale.status, stale.number("found")), (412, 2));
    let again = manager.get(&path);
    assert_eq!(again.json["amount"].as_str(), Some("7000.00"));
    let done = manager.send("POST", &accept, &[("if-match", again.header("etag"))], Some("{}"));
    assert_eq!((done.status, done.json["amount"].as_str()), (201, Some("7000.00")));
    assert_eq!(manager.get(done.header("location")).json, done.json);
    invariants::hold(&database);
}

#[test]
fn who_may_not_decide_is_told_as_on_the_pages() {
    let database = TestDatabase::new();
    let mut conn = database.connect();
    let on = given::open_project(&mut conn, 1);
    let stranger = given::organisation(&mut conn).owner;
    let site = TestSite::on(&database);
    for (person, status) in [
        (&on.organisation.viewer, 403),
        (&on.organisation.finance, 403),
        (&stranger, 404),
        (&on.freelancers[0], 404),
        (&on.organisation.owner, 201),
    ] {
        assert_eq!(accept(&Machine::of(&database, &site, person), &on, 0).status, status, "{}", person.name);
    }
}
