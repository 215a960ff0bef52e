//! What each scope opens, and nothing else.
use guildhall::domain::token::Scope;
use serde_json::{Value, json};

use super::by_reference::words;
use super::machine::{ALL, Machine};
use crate::support::database::TestDatabase;
use crate::support::given;
use crate::support::routes::asked_by_machines;
use crate::support::site::TestSite;

/// Every request that is not a read, with the scope that it needs.
const WRITES: &[(&str, &str, Scope)] = &[
    ("POST", "/api/v1/projects", Scope::Projects),
    ("PUT", "/api/v1/projects/{id}", Scope::Projects),
    ("PUT", "/api/v1/projects/by-ref/{source}/{external_ref}", Scope::Projects),
    ("POST", "/api/v1/projects/{id}/publish", Scope::Projects),
    ("POST", "/api/v1/projects/{id}/cancel", Scope::Projects),
    ("POST", "/api/v1/projects/{id}/open-bids", Scope::Decide),
    ("POST", "/api/v1/projects/{id}/proposals", Scope::Proposals),
    ("POST", "/api/v1/proposals/{id}/withdraw", Scope::Proposals),
    ("POST", "/api/v1/proposals/{id}/decline", Scope::Decide),
    ("POST", "/api/v1/proposals/{id}/undecline", Scope::Decide),
    ("POST", "/api/v1/proposals/{id}/accept", Scope::Decide),
    ("POST", "/api/v1/contracts/{id}/work-logs", Scope::Time),
    ("POST", "/api/v1/contracts/{id}/timer/start", Scope::Time),
    ("POST", "/api/v1/contracts/{id}/timer/stop", Scope::Time),
    ("PUT", "/api/v1/work-logs/{id}", Scope::Time),
    ("POST", "/api/v1/work-logs/{id}/delete", Scope::Time),
    ("POST", "/api/v1/work-logs/{id}/restore", Scope::Time),
    ("POST", "/api/v1/tickets", Scope::Tickets),
    ("POST", "/api/v1/tickets/{id}/answers", Scope::Tickets),
    ("POST", "/api/v1/organisations/{id}/jobs", Scope::Jobs),
    ("POST", "/api/v1/jobs/{id}/cancel", Scope::Jobs),
    ("POST", "/api/v1/jobs/{id}/again", Scope::Jobs),
    ("POST", "/api/v1/runner/claim", Scope::Runner),
    ("POST", "/api/v1/runner/jobs/{id}/heartbeat", Scope::Runner),
    ("POST", "/api/v1/runner/jobs/{id}/progress", Scope::Runner),
    ("POST", "/api/v1/runner/jobs/{id}/complete", Scope::Runner),
    ("POST", "/api/v1/runner/jobs/{id}/fail", Scope::Runner),
    ("POST", "/api/v1/runner/jobs/{id}/cancel", Scope::Runner),
];

/// Something that each of them understands.
fn body() -> Value {
    let mut body = words("Scoped");
    for (name, value) in [("reason", json!("Why not.")), ("version", json!(1)), ("amount", json!("1")), ("cover_letter", json!("I can."))] {
        body[name] = value;
    }
    body
}

#[test]
fn a_token_without_the_scope_is_refused_before_anything_is_looked_at() {
    let database = TestDatabase::new();
    let organisation = given::organisation(&mut database.connect());
    let site = TestSite::on(&database);
    let of = |scope: Scope| (scope == Scope::Runner).then_some(organisation.id);
    let only = |scope: Scope| Machine::with(&site, Some(given::token(&mut database.connect(), &organisation.owner, &[scope], of(scope))));
    let machines: Vec<_> = ALL.into_iter().chain([Scope::Runner]).map(|scope| (scope, only(scope))).collect();
    let mut requests: Vec<(&str, String, Scope)> =
        WRITES.iter().map(|(method, path, scope)| (*method, (*path).to_owned(), *scope)).collect();
    for known in asked_by_machines() {
        let wrote = requests.iter().filter(|(_, path, _)| *path == known.pattern).count();
        assert_eq!(wrote, usize::from(known.is_written) + usize::from(known.is_put), "{} is not in the table", known.pattern);
        if known.is_read && !known.pattern.ends_with("openapi.json") {
            requests.push(("GET", known.pattern, Scope::Read));
        }
    }
    for (method, path, needs) in requests {
        let path = path.replace("{id}", "1").replace("{source}", "erp").replace("{external_ref}", "1");
        for (scope, machine) in &machines {
            let body = (method != "GET").then(|| body().to_string());
            let reply = machine.send(method, &path, &[("if-match", "*")], body.as_deref());
            if *scope == needs {
                assert_ne!(reply.status, 403, "{method} {path} with {scope}: {reply:?}");
            } else {
                assert_eq!((reply.status, reply.code()), (403, "not_allowed"), "{method} {path} with {scope}");
                assert!(reply.json["detail"].as_str().is_some_and(|words| words.contains(needs.word())), "{reply:?}");
            }
        }
    }
}
