//! Whatever is sent to whatever the document offers, the answer is what the document tells of; never a fault.
use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};

use super::client::{Generated, Operation};
use super::document::served;
use super::machine::Machine;
use crate::support::given;
use crate::support::invariants;
use crate::support::site::TestSite;

/// Requests for each operation.
const TRIES: u32 = 24;

/// Nonsense of every kind that JSON has.
fn nonsense() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(|number| json!(number)),
        ".{0,40}".prop_map(Value::from),
        prop::sample::select(vec!["", "\0", "1e9", "-1", "9999999999.99", "2199-12-01T17:00:00Z", "FIXED", "\u{202e}x"])
            .prop_map(Value::from),
        Just(Value::from("x".repeat(20_001))),
    ];
    leaf.prop_recursive(3, 24, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::btree_map(".{0,8}", inner, 0..6).prop_map(|map| json!(map)),
        ]
    })
}

/// A body as the document has it with some of it turned into nonsense, or nonsense altogether, or no JSON at all.
fn body(operation: &Operation) -> BoxedStrategy<Option<String>> {
    let Some(example) = operation.example.clone() else { return Just(None).boxed() };
    let names: Vec<String> = example.as_object().map(|all| all.keys().cloned().collect()).unwrap_or_default();
    let names = if names.is_empty() { vec!["version".to_owned()] } else { names };
    let turned = prop::collection::vec((prop::sample::select(names), nonsense()), 0..3).prop_map(move |changes| {
        let mut body = example.clone();
        for (name, value) in changes {
            body[name] = value;
        }
        Some(body.to_string())
    });
    prop_oneof![5 => turned, 2 => nonsense().prop_map(|value| Some(value.to_string())), 1 => ".{0,60}".prop_map(Some), 1 => Just(None)]
        .boxed()
}

/// A header's text, fit to be sent.
fn header() -> impl Strategy<Value = String> {
    prop_oneof![
        "[ -~]{0,70}",
        prop::sample::select(vec!["*", "\"1\"", "\"1-abc\"", "W/\"1\"", "a-good-key", "application/json"]).prop_map(str::to_owned)
    ]
}

#[test]
fn nothing_that_is_sent_breaks_anything() {
    let (database, on) = given::database_with_open_project(2);
    let site = TestSite::on(&database);
    let client = Generated::from(served(&site));
    let machines: Vec<_> = [&on.organisation.owner, &on.freelancers[0]].map(|person| Machine::of(&database, &site, person)).to_vec();
    let ids =
        vec![on.id.0.to_string(), on.proposals[0].to_string(), on.organisation.id.to_string(), "0".into(), "99999999999999999999".into()];
    let place = prop_oneof![4 => prop::sample::select(ids), 1 => "[a-zA-Z0-9%_.~-]{1,12}"];
    let mut statuses: BTreeMap<u16, u32> = BTreeMap::new();
    for operation in &client.operations {
        let named = prop::collection::vec(
            (prop::sample::select(vec!["if-match", "if-none-match", "idempotency-key", "content-type"]), header()),
            0..3,
        );
        let requests = (0..machines.len(), prop::collection::vec(place.clone(), 2), named, body(operation));
        let mut runner = TestRunner::new(Config { cases: TRIES, failure_persistence: None, max_shrink_iters: 50, ..Config::default() });
        let seen = std::cell::RefCell::new(Vec::new());
        let tried = runner.run(&requests, |(who, parts, headers, body)| {
            let places: BTreeMap<&str, String> = operation.places.iter().map(String::as_str).zip(parts).collect();
            let headers: Vec<(&str, &str)> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
            let address = operation.address(&places).replace('%', "%25");
            let reply = machines[who].send(&operation.method, &address, &headers, body.as_deref());
            prop_assert!(reply.status < 500, "{} {address}: {reply:?}", operation.method);
            if !matches!(reply.status, 304 | 405 | 413 | 415 | 422 | 428) {
                client.check(operation, &reply);
            }
            seen.borrow_mut().push(reply.status);
            Ok(())
        });
        if let Err(found) = tried {
            panic!("{}: {found}", operation.name);
        }
        for status in seen.into_inner() {
            *statuses.entry(status).or_default() += 1;
        }
    }
    println!("{statuses:?}");
    assert!(statuses.get(&200).copied().unwrap_or_default() > 20, "some got through: {statuses:?}");
    invariants::hold(&database);
}
