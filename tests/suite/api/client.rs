//! A client made from the document: every operation is called as it says, and answers as it says.
use std::collections::BTreeMap;

use guildhall::domain::token::Scope;
use serde_json::{Value, json};

use super::document::served;
use super::machine::{Machine, Reply};
use crate::support::database::TestDatabase;
use crate::support::given;
use crate::support::invariants;
use crate::support::site::TestSite;

/// One operation, as the document tells of it.
#[derive(Debug, Clone)]
pub struct Operation {
    pub name: String,
    pub method: String,
    pub path: String,
    /// Names of what stands in the path.
    pub places: Vec<String>,
    /// Names of headers, and whether each must come.
    pub headers: Vec<(String, bool)>,
    /// An example of the body, with what is sent along from its parts.
    pub example: Option<Value>,
    responses: Value,
}

/// Everything that the document offers.
pub struct Generated {
    pub operations: Vec<Operation>,
    document: Value,
}

impl Generated {
    /// Reads the document.
    pub fn from(document: Value) -> Self {
        let mut operations = Vec::new();
        for (path, methods) in document["paths"].as_object().expect("paths") {
            for (method, told) in methods.as_object().expect("methods") {
                operations.push(operation(&document, path, method, told));
            }
        }
        Self { operations, document }
    }

    /// One of them.
    #[track_caller]
    pub fn operation(&self, name: &str) -> &Operation {
        self.operations.iter().find(|operation| operation.name == name).unwrap_or_else(|| panic!("no operation {name}"))
    }

    /// Checks an answer against what the document says of its status.
    #[track_caller]
    pub fn check(&self, operation: &Operation, reply: &Reply) {
        let told = &operation.responses[reply.status.to_string()];
        assert!(told.is_object(), "{} answers {}, of which the document does not tell: {reply:?}", operation.name, reply.status);
        let Some(content) = told["content"].as_object() else { return };
        let kind = reply.header("content-type");
        let schema = content.get(kind).unwrap_or_else(|| panic!("{} answers {kind}", operation.name));
        let mut schema = schema["schema"].clone();
        schema["components"] = self.document["components"].clone();
        let validator = jsonschema::draft202012::new(&schema).expect("a schema");
        let wrong: Vec<String> = validator.iter_errors(&reply.json).map(|error| format!("{error} at {}", error.instance_path())).collect();
        assert!(wrong.is_empty(), "{} {}: {wrong:?} in {}", operation.name, reply.status, reply.json);
    }
}

fn operation(document: &Value, path: &str, method: &str, told: &Value) -> Operation {
    let parameters = told["parameters"].as_array().cloned().unwrap_or_default();
    let named = |place: &str| parameters.iter().filter(|one| one["in"] == place).cloned().collect::<Vec<_>>();
    let name = |one: &Value| one["name"].as_str().expect("a name").to_owned();
    let body = told["requestBody"]["content"]["application/json"]["schema"].clone();
    Operation {
        name: told["operationId"].as_str().expect("a name").to_owned(),
        method: method.to_uppercase(),
        path: path.to_owned(),
        places: named("path").iter().map(name).collect(),
        headers: named("header").iter().map(|one| (name(one), one["required"] == true)).collect(),
        example: body.is_object().then(|| example(document, &body)),
        responses: told["responses"].clone(),
    }
}

/// The examples of a schema and of all that it is put together from.
fn example(document: &Value, schema: &Value) -> Value {
    if let Some(name) = schema["$ref"].as_str() {
        return example(document, &document["components"]["schemas"][name.rsplit('/').next().expect("a name")]);
    }
    let mut whole = schema["example"].clone();
    for part in schema["allOf"].as_array().into_iter().flatten() {
        if let (Value::Object(more), true) = (example(document, part), whole.is_null() || whole.is_object()) {
            let mut all = whole.as_object().cloned().unwrap_or_default();
            for (name, value) in more {
                all.entry(name).or_insert(value);
            }
            whole = Value::Object(all);
        }
    }
    if whole.is_null() { json!({}) } else { whole }
}

impl Operation {
    /// The address, with each of its places filled in.
    pub fn address(&self, places: &BTreeMap<&str, String>) -> String {
        self.places.iter().fold(self.path.clone(), |path, place| {
            path.replace(&format!("{{{place}}}"), places.get(place.as_str()).map_or("1", String::as_str))
        })
    }
}

/// A whole minute, so many before this one.
fn minutes_ago(database: &TestDatabase, minutes: i64) -> String {
    let now = guildhall::db::clock(&mut database.connect()).expect("the time");
    let at = guildhall::domain::work::whole_minute(now) - chrono::TimeDelta::minutes(minutes);
    at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
}

#[test]
fn every_operation_is_called_as_the_document_says_and_answers_so() {
    let (database, on) = given::database_with_open_project(3);
    let site = TestSite::on(&database);
    let client = Generated::from(served(&site));
    let (manager, author) = (Machine::of(&database, &site, &on.organisation.manager), Machine::of(&database, &site, &on.freelancers[0]));
    let mut called = Vec::new();
    let mut call = |machine: &Machine, name: &str, id: i64, more: Value, status: u16| -> Reply {
        let operation = client.operation(name);
        let places = BTreeMap::from([("id", id.to_string()), ("source", "erp".to_owned()), ("external_ref", "4711".to_owned())]);
        let mut body = operation.example.clone();
        if let (Some(Value::Object(body)), Value::Object(more)) = (&mut body, more) {
            body.extend(more);
        }
        let headers: Vec<(&str, &str)> = operation.headers.iter().filter(|(_, must)| *must).map(|(name, _)| (name.as_str(), "*")).collect();
        let reply = machine.send(&operation.method, &operation.address(&places), &headers, body.map(|body| body.to_string()).as_deref());
        assert_eq!(reply.status, status, "{name}: {reply:?}");
        client.check(operation, &reply);
        called.push(name.to_owned());
        reply
    };
    let organisation = on.organisation.id.0;
    let mut token = Value::Null;
    let for_us = json!({ "organisation": organisation });
    call(&manager, "openapi", 0, json!({}), 200);
    call(&manager, "show_me", 0, json!({}), 200);
    let made = call(&manager, "draft_project", 0, for_us.clone(), 201).number("id");
    call(&manager, "edit_project", made, json!({ "title": "Edited" }), 200);
    call(&manager, "put_project", 0, for_us.clone(), 201);
    call(&manager, "put_project", 0, for_us, 200);
    call(&manager, "publish_project", made, json!({}), 200);
    call(&author, "list_projects", 0, json!({}), 200);
    call(&manager, "list_own_projects", organisation, json!({}), 200);
    call(&author, "show_project", made, json!({}), 200);
    let proposal = call(&author, "submit_proposal", made, json!({ "answers": ["Monday"] }), 201).number("id");
    call(&author, "submit_proposal", made, json!({ "answers": ["Tuesday"] }), 200);
    call(&manager, "list_proposals", made, json!({}), 200);
    call(&manager, "show_proposal", proposal, json!({}), 200);
    call(&manager, "decline_proposal", proposal, json!({}), 200);
    call(&manager, "undecline_proposal", proposal, json!({}), 200);
    call(&author, "withdraw_proposal", proposal, json!({}), 200);
    call(&author, "submit_proposal", made, json!({ "answers": ["Monday"] }), 200);
    call(&manager, "accept_proposal", proposal, json!({ "version": 1 }), 409);
    let contract = call(&manager, "accept_proposal", proposal, json!({ "version": 3 }), 201).number("id");
    call(&manager, "accept_proposal", proposal, json!({ "version": 3 }), 200);
    call(&author, "show_contract", contract, json!({}), 200);
    let session = json!({ "started_at": minutes_ago(&database, 0), "ended_at": minutes_ago(&database, -1) });
    call(&author, "record_work", contract, session, 400);
    call(&author, "start_timer", contract, json!({}), 201);
    call(&author, "start_timer", contract, json!({}), 409);
    call(&author, "stop_timer", contract, json!({}), 200);
    given::past_triggers(
        &mut database.connect(),
        &format!("UPDATE contracts SET accepted_at = accepted_at - interval '1 day' WHERE id = {contract}"),
    );
    let session = json!({ "started_at": minutes_ago(&database, 90), "ended_at": minutes_ago(&database, 60) });
    let log = call(&author, "record_work", contract, session.clone(), 201).number("id");
    call(&author, "record_work", contract, session.clone(), 409);
    call(&manager, "show_work", log, json!({}), 200);
    call(&manager, "list_work", contract, json!({}), 200);
    call(&author, "edit_work", log, session, 200);
    call(&author, "delete_work", log, json!({}), 200);
    call(&author, "restore_work", log, json!({}), 200);
    call(&manager, "contract_history", contract, json!({}), 200);
    call(&manager, "project_history", made, json!({}), 200);
    call(&manager, "open_bids", on.id.0, json!({}), 409);
    call(&manager, "cancel_project", on.id.0, json!({}), 200);
    call(&manager, "cancel_project", on.id.0, json!({}), 409);
    call(&author, "cancel_project", made, json!({}), 404);
    let ticket = call(&author, "open_ticket", 0, json!({}), 201).number("id");
    call(&author, "list_tickets", 0, json!({}), 200);
    call(&author, "show_ticket", ticket, json!({}), 200);
    call(&author, "answer_ticket", ticket, json!({}), 200);
    call(&manager, "answer_ticket", ticket, json!({}), 404);
    let runner = given::token(&mut database.connect(), &on.organisation.owner, &[Scope::Runner], Some(on.organisation.id));
    let runner = Machine::with(&site, Some(runner));
    call(&runner, "runner_claim", 0, json!({}), 204);
    let job = call(&manager, "start_job", organisation, json!({}), 201).number("id");
    call(&manager, "start_job", organisation, json!({}), 200);
    for (name, more) in
        [("runner_heartbeat", json!({})), ("runner_progress", json!({ "progress": 10 })), ("runner_complete", json!({ "version": 3 }))]
    {
        if name == "runner_heartbeat" {
            let taken = call(&runner, "runner_claim", 0, json!({}), 200);
            token = taken.json["token"].clone();
        }
        let mut more = more;
        more["token"] = token.clone();
        call(&runner, name, job, more, 200);
    }
    call(&runner, "runner_fail", job, json!({ "token": token }), 409);
    call(&runner, "runner_cancel", job, json!({ "token": token }), 409);
    call(&manager, "show_job", job, json!({}), 200);
    call(&manager, "list_jobs", organisation, json!({}), 200);
    let again = call(&manager, "run_job_again", job, json!({}), 200).number("id");
    call(&manager, "cancel_job", again, json!({}), 200);
    called.sort();
    called.dedup();
    let all: Vec<_> = client.operations.iter().map(|one| one.name.clone()).collect();
    let missing: Vec<_> = all.iter().filter(|name| !called.contains(name)).collect();
    assert!(missing.is_empty(), "never called: {missing:?}");
    invariants::hold(&database);
}
