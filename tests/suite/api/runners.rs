//! An organisation's own runners: its jobs, each done once, whoever reports twice or too late.
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use guildhall::domain::token::Scope;
use guildhall::schema::jobs;
use serde_json::{Value, json};

use super::machine::{Machine, Reply};
use crate::support::database::TestDatabase;
use crate::support::given::{self, Organisation};
use crate::support::race::start_together;
use crate::support::site::TestSite;

struct Ground {
    site: TestSite,
    database: TestDatabase,
    organisation: Organisation,
    /// Of the manager's.
    machine: Machine,
    runner: Machine,
}

impl Ground {
    fn new() -> Self {
        let database = TestDatabase::new();
        let organisation = given::organisation(&mut database.connect());
        let site = TestSite::on(&database);
        let machine = Machine::of(&database, &site, &organisation.manager);
        let runner = runner(&database, &site, &organisation);
        Self { site, database, organisation, machine, runner }
    }

    #[track_caller]
    fn asked(&self, key: &str) -> i64 {
        let path = format!("/api/v1/organisations/{}/jobs", self.organisation.id);
        let reply = self.machine.post(&path, &json!({ "name": "build.images", "arguments": { "branch": key }, "key": key }));
        assert_eq!(reply.status, 201, "{reply:?}");
        reply.number("id")
    }

    #[track_caller]
    fn taken(&self) -> Reply {
        let reply = self.runner.post("/api/v1/runner/claim", &json!({ "runner": "builder-1" }));
        assert_eq!(reply.status, 200, "{reply:?}");
        reply
    }
}

fn runner(database: &TestDatabase, site: &TestSite, of: &Organisation) -> Machine {
    Machine::with(site, Some(given::token(&mut database.connect(), &of.owner, &[Scope::Runner], Some(of.id))))
}

fn report(taken: &Reply, more: &Value) -> Value {
    let mut body = json!({ "token": taken.json["token"], "version": taken.number("version") });
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    body
}

fn path(taken: &Reply, what: &str) -> String {
    format!("/api/v1/runner/jobs/{}/{what}", taken.number("job"))
}

#[test]
fn a_job_is_asked_for_taken_reported_on_and_completed() {
    let ground = Ground::new();
    let id = ground.asked("one");
    let again = ground.machine.post(
        &format!("/api/v1/organisations/{}/jobs", ground.organisation.id),
        &json!({ "name": "build.images", "arguments": {}, "key": "one" }),
    );
    assert_eq!((again.status, again.number("id")), (200, id), "asked for twice, it stands once");
    let taken = ground.taken();
    assert_eq!((taken.number("job"), taken.json["name"].as_str(), taken.number("attempt")), (id, Some("build.images"), 1));
    assert_eq!(ground.runner.post("/api/v1/runner/claim", &json!({ "runner": "builder-2" })).status, 204, "nothing else waits");
    assert_eq!(ground.runner.post(&path(&taken, "heartbeat"), &report(&taken, &json!({}))).json["status"].as_str(), Some("RUNNING"));
    let told = ground.runner.post(&path(&taken, "progress"), &report(&taken, &json!({ "progress": 40, "step": "Half way" })));
    assert_eq!((told.status, told.number("version")), (200, taken.number("version") + 1));
    let stale = ground.runner.post(&path(&taken, "progress"), &report(&taken, &json!({ "progress": 50 })));
    assert_eq!((stale.status, stale.code()), (409, "concurrent_update"));
    assert_eq!((stale.number("expected"), stale.number("found")), (taken.number("version"), told.number("version")));
    let done = ground.runner.post(&path(&taken, "complete"), &report(&taken, &json!({ "result": { "images": 3 } })));
    assert_eq!((done.status, done.json["status"].as_str()), (200, Some("COMPLETED")));
    let job = ground.machine.get(&format!("/api/v1/jobs/{id}"));
    assert_eq!((job.json["result"]["images"].as_i64(), job.number("progress")), (Some(3), 100));
    assert_eq!(ground.runner.post(&path(&taken, "heartbeat"), &report(&taken, &json!({}))).status, 409);
}

#[test]
fn of_a_hundred_who_complete_a_job_the_first_one_s_result_stays() {
    let ground = Ground::new();
    ground.asked("one");
    let taken = ground.taken();
    let replies = start_together(
        100,
        |_| ground.runner.clone(),
        |client, runner| {
            for _ in 0..60 {
                let reply = runner.post(&path(&taken, "complete"), &report(&taken, &json!({ "result": { "by": client } })));
                if reply.code() != "busy" {
                    return (client, reply);
                }
            }
            panic!("busy for ever")
        },
    );
    let won: Vec<_> = replies.iter().filter(|(_, reply)| reply.status == 200).collect();
    let [(winner, _)] = won[..] else { panic!("{} completed it", won.len()) };
    for (_, reply) in replies.iter().filter(|(_, reply)| reply.status != 200) {
        assert_eq!((reply.status, reply.code(), reply.json["job_is"].as_str()), (409, "job_is", Some("COMPLETED")), "{reply:?}");
        assert_eq!((reply.number("expected"), reply.number("found")), (2, 3), "both versions");
    }
    let kept: Option<Value> = jobs::table.select(jobs::result).first(&mut ground.database.connect()).unwrap();
    assert_eq!(kept.unwrap()["by"].as_u64(), u64::try_from(*winner).ok());
}

#[test]
fn whoever_lost_a_job_changes_nothing_and_another_does_it() {
    let ground = Ground::new();
    ground.asked("one");
    let first = ground.taken();
    let mut conn = ground.database.connect();
    conn.batch_execute("UPDATE jobs SET leased_until = now() - interval '1 second'").unwrap();
    for id in guildhall::db::jobs::lost(&mut conn).unwrap() {
        assert!(guildhall::operations::jobs::reap_job(&mut given::patient(&mut conn), id).unwrap());
    }
    conn.batch_execute("UPDATE jobs SET run_at = now(), version = version + 1 WHERE status = 'QUEUED'").unwrap();
    let second = ground.taken();
    assert_eq!(second.number("attempt"), 2);
    for what in ["heartbeat", "progress", "complete", "fail", "cancel"] {
        let late = ground.runner.post(&path(&first, what), &report(&first, &json!({ "result": {} })));
        assert_eq!((late.status, late.code()), (409, "claim_lost"), "{what}: {late:?}");
        assert_eq!(late.number("found"), second.number("version"), "{what}");
    }
    assert_eq!(ground.runner.post(&path(&second, "complete"), &report(&second, &json!({ "result": {} }))).status, 200);
}

#[test]
fn another_organisation_s_job_is_not_there_whoever_has_its_token() {
    let ground = Ground::new();
    let id = ground.asked("one");
    let other = given::organisation(&mut ground.database.connect());
    let theirs = runner(&ground.database, &ground.site, &other);
    assert_eq!(theirs.post("/api/v1/runner/claim", &json!({ "runner": "thief" })).status, 204);
    let taken = ground.taken();
    for what in ["heartbeat", "progress", "complete", "fail", "cancel"] {
        assert_eq!(theirs.post(&path(&taken, what), &report(&taken, &json!({}))).status, 404, "{what}");
    }
    let stranger = Machine::of(&ground.database, &ground.site, &other.owner);
    assert_eq!(stranger.get(&format!("/api/v1/jobs/{id}")).status, 404);
    assert_eq!(stranger.post(&format!("/api/v1/jobs/{id}/cancel"), &json!({})).status, 404);
    let ask = json!({ "name": "a", "key": "a" });
    assert_eq!(stranger.post(&format!("/api/v1/organisations/{}/jobs", ground.organisation.id), &ask).status, 404);
    let viewer = Machine::of(&ground.database, &ground.site, &ground.organisation.viewer);
    assert_eq!(viewer.get(&format!("/api/v1/jobs/{id}")).status, 200);
    assert_eq!(viewer.post(&format!("/api/v1/jobs/{id}/cancel"), &json!({})).status, 403);
    assert_eq!(viewer.post(&format!("/api/v1/organisations/{}/jobs", ground.organisation.id), &ask).status, 403);
}

#[test]
fn a_job_that_is_called_off_is_left_by_its_runner_and_run_again_as_another() {
    let ground = Ground::new();
    let id = ground.asked("one");
    let taken = ground.taken();
    assert_eq!(ground.machine.post(&format!("/api/v1/jobs/{id}/cancel"), &json!({})).json["status"].as_str(), Some("RUNNING"));
    let told = ground.runner.post(&path(&taken, "heartbeat"), &report(&taken, &json!({})));
    assert_eq!(told.json["stop"].as_bool(), Some(true));
    assert_eq!(ground.runner.post(&path(&taken, "cancel"), &report(&taken, &json!({}))).json["status"].as_str(), Some("CANCELLED"));
    let again = ground.machine.post(&format!("/api/v1/jobs/{id}/again"), &json!({}));
    assert_eq!((again.status, again.number("retry_of")), (200, id));
    assert_eq!(ground.machine.post(&format!("/api/v1/jobs/{id}/again"), &json!({})).number("id"), again.number("id"));
    let taken = ground.taken();
    let failed = ground.runner.post(&path(&taken, "fail"), &report(&taken, &json!({ "error": "The disk is full." })));
    assert_eq!(failed.json["status"].as_str(), Some("QUEUED"), "it will be tried again");
    let job = ground.machine.get(&format!("/api/v1/jobs/{}", again.number("id")));
    assert_eq!(job.json["error"].as_str(), Some("The disk is full."));
}
