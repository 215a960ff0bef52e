//! The OpenAPI document says what there is: no more, and no less.
use std::collections::BTreeSet;

use serde_json::Value;

use super::machine::Machine;
use crate::support::database::TestDatabase;
use crate::support::routes::asked_by_machines;
use crate::support::site::TestSite;

/// As the site serves it, to anybody.
pub fn served(site: &TestSite) -> Value {
    let reply = Machine::with(site, None).get("/api/v1/openapi.json");
    assert_eq!(reply.status, 200);
    reply.json
}

#[test]
fn every_route_stands_in_the_document_and_the_other_way_round() {
    let database = TestDatabase::new();
    let document = served(&TestSite::on(&database));
    let mut routes = BTreeSet::new();
    for known in asked_by_machines() {
        for (is, method) in [(known.is_read, "get"), (known.is_written, "post"), (known.is_put, "put")] {
            if is {
                routes.insert(format!("{method} {}", known.pattern));
            }
        }
    }
    let mut told = BTreeSet::new();
    for (path, methods) in document["paths"].as_object().expect("paths") {
        told.extend(methods.as_object().expect("methods").keys().map(|method| format!("{method} {path}")));
    }
    assert!(routes.len() > 15, "{routes:?}");
    assert_eq!(told, routes);
}

#[test]
fn every_operation_says_what_it_is_for_and_what_it_needs() {
    let database = TestDatabase::new();
    let document = served(&TestSite::on(&database));
    let mut names = BTreeSet::new();
    for (path, methods) in document["paths"].as_object().expect("paths") {
        for (method, operation) in methods.as_object().expect("methods") {
            let what = format!("{method} {path}");
            assert!(names.insert(operation["operationId"].as_str().expect("a name").to_owned()), "{what}");
            assert!(operation["summary"].as_str().is_some_and(|words| words.ends_with('.')), "{what}: {operation}");
            if path.ends_with("openapi.json") {
                continue;
            }
            assert!(operation["security"][0]["token"][0].is_string(), "{what} names its scope");
            for status in ["400", "401", "403", "404", "409", "429"] {
                let content = &operation["responses"][status]["content"];
                assert!(content["application/problem+json"]["schema"].is_object(), "{what} {status}: {content}");
            }
        }
    }
}
