//! Create or update over HTTP: one project of a name, whoever asks at once.
use diesel::prelude::*;
use guildhall::schema::{project_references, projects};
use serde_json::{Value, json};

use super::machine::Machine;
use crate::support::database::TestDatabase;
use crate::support::given;
use crate::support::invariants;
use crate::support::race::start_together;
use crate::support::site::TestSite;

/// The words of a project.
pub fn words(title: &str) -> Value {
    json!({
        "title": title, "description": "Scanners, shelves and a till.", "skills": ["Rust"], "kind": "FIXED", "budget_min": "5000.00",
        "budget_max": "9000.00", "currency": "EUR", "deadline": "2199-12-01T17:00:00Z", "sealed": false, "questions": ["When?"]
    })
}

#[test]
fn a_name_that_is_new_makes_a_project_and_the_same_once_more_changes_it() {
    let database = TestDatabase::new();
    let organisation = given::organisation(&mut database.connect());
    let site = TestSite::on(&database);
    let machine = Machine::of(&database, &site, &organisation.manager);
    let made = machine.put("/api/v1/projects/by-ref/erp/4711", &words("Stock"));
    assert_eq!(made.status, 201, "{made:?}");
    assert_eq!(made.header("location"), format!("/api/v1/projects/{}", made.number("id")));
    assert_eq!(
        (made.json["title"].as_str(), made.json["external_ref"].as_str(), made.json["status"].as_str()),
        (Some("Stock"), Some("4711"), Some("DRAFT"))
    );
    let changed = machine.put("/api/v1/projects/by-ref/ERP/%204711", &words("Stock and tills"));
    assert_eq!((changed.status, changed.number("id"), changed.number("version")), (200, made.number("id"), 2));
    assert_eq!(machine.get(made.header("location")).json, changed.json, "the answer is the object");
    let same = machine.put("/api/v1/projects/by-ref/erp/4711", &words("Stock and tills"));
    assert_eq!((same.status, same.header("etag")), (200, changed.header("etag")));

    let slashed = machine.put("/api/v1/projects/by-ref/erp/2026%2F11+a%25", &words("Slashed"));
    assert_eq!((slashed.status, slashed.json["external_ref"].as_str()), (201, Some("2026/11+a%")), "{slashed:?}");
    invariants::hold(&database);
}

#[test]
fn sixteen_programs_put_forty_names_and_each_is_new_once() {
    let database = TestDatabase::new();
    let organisation = given::organisation(&mut database.connect());
    let site = TestSite::on(&database);
    let machine = Machine::of(&database, &site, &organisation.manager);
    let statuses = start_together(
        16,
        |_| machine.clone(),
        |client, machine| {
            (0..40_usize)
                .map(|step| {
                    let number = (step * 7 + client) % 40;
                    let name = if client % 2 == 0 { format!("Work%20{number}") } else { format!("%C2%A0WORK%20%20{number}") };
                    for _ in 0..50 {
                        let reply = machine.put(&format!("/api/v1/projects/by-ref/erp/{name}"), &words("Put"));
                        if reply.status == 409 {
                            assert!(!reply.header("retry-after").is_empty(), "{reply:?}");
                            continue;
                        }
                        return (number, reply.status, reply.number("id"));
                    }
                    panic!("busy for ever")
                })
                .collect::<Vec<_>>()
        },
    );
    let all: Vec<_> = statuses.into_iter().flatten().collect();
    for number in 0..40 {
        let of_one: Vec<_> = all.iter().filter(|(which, ..)| *which == number).collect();
        assert_eq!(of_one.iter().filter(|(_, status, _)| *status == 201).count(), 1, "exactly one 201 for {number}");
        assert!(of_one.iter().all(|(_, status, id)| matches!(status, 200 | 201) && *id == of_one[0].2), "{of_one:?}");
    }
    let mut conn = database.connect();
    assert_eq!(projects::table.count().get_result(&mut conn), Ok(40_i64));
    assert_eq!(project_references::table.count().get_result(&mut conn), Ok(40_i64));
    invariants::hold(&database);
}

#[test]
fn what_makes_no_sense_is_told_by_field_all_at_once() {
    let database = TestDatabase::new();
    let organisation = given::organisation(&mut database.connect());
    let site = TestSite::on(&database);
    let machine = Machine::of(&database, &site, &organisation.manager);
    let mut wrong = words("");
    wrong["kind"] = json!("BARTER");
    wrong["budget_min"] = json!("1,234");
    wrong["deadline"] = json!("tomorrow");
    let reply = machine.put(&format!("/api/v1/projects/by-ref/erp/{}", "x".repeat(201)), &wrong);
    assert_eq!((reply.status, reply.code()), (400, "invalid"));
    assert_eq!(reply.wrong(), ["external_ref", "title", "kind", "budget_min", "deadline"]);
    let typed = machine.put("/api/v1/projects/by-ref/erp/1", &json!({ "title": 5 }));
    assert_eq!((typed.status, typed.wrong()), (400, vec!["body"]), "{typed:?}");
    for body in ["{", "[]", "\"a\"", "\u{0}"] {
        assert_eq!(machine.send("PUT", "/api/v1/projects/by-ref/erp/1", &[], Some(body)).status, 400, "{body}");
    }
    let form = machine.send("PUT", "/api/v1/projects/by-ref/erp/1", &[("content-type", "application/x-www-form-urlencoded")], Some("a=1"));
    assert_eq!(form.status, 415);
    let large = machine.put("/api/v1/projects/by-ref/erp/1", &words(&"x".repeat(300 * 1024)));
    assert_eq!(large.status, 413);
    assert_eq!(projects::table.count().get_result(&mut database.connect()), Ok(0_i64));
}

#[test]
fn a_stale_version_is_refused_with_both_versions() {
    let database = TestDatabase::new();
    let organisation = given::organisation(&mut database.connect());
    let site = TestSite::on(&database);
    let machine = Machine::of(&database, &site, &organisation.manager);
    let path = "/api/v1/projects/by-ref/erp/1";
    let put = |tag: &str, title: &str| machine.send("PUT", path, &[("if-match", tag)], Some(&words(title).to_string()));
    assert_eq!(put("\"1\"", "First").status, 412, "a version of what is not there");
    let first = machine.put(path, &words("First"));
    let second = put(first.header("etag"), "Second");
    assert_eq!((second.status, second.number("version")), (200, 2));
    let stale = put(first.header("etag"), "Third");
    assert_eq!((stale.status, stale.code(), stale.number("expected"), stale.number("found")), (412, "changed", 1, 2));
    let mut said = words("Third");
    said["version"] = json!(1);
    let stale = machine.put(path, &said);
    assert_eq!((stale.status, stale.code(), stale.number("expected"), stale.number("found")), (409, "changed", 1, 2));
    assert_eq!(put("*", "Third").status, 200);
    assert_eq!(put("nonsense", "Fourth").status, 412);
    invariants::hold(&database);
}

#[test]
fn an_organisation_is_named_where_there_are_several_and_others_are_not_there() {
    let database = TestDatabase::new();
    let mut conn = database.connect();
    let (ours, theirs) = (given::organisation(&mut conn), given::organisation(&mut conn));
    let site = TestSite::on(&database);
    let mut said = words("Ours");
    said["organisation"] = json!(theirs.id);
    let path = "/api/v1/projects/by-ref/erp/1";
    assert_eq!(Machine::of(&database, &site, &ours.owner).put(path, &said).status, 404);
    said["organisation"] = json!(ours.id);
    for (person, status) in [(&ours.viewer, 403), (&ours.finance, 403), (&ours.manager, 201), (&ours.owner, 200)] {
        assert_eq!(Machine::of(&database, &site, person).put(path, &said).status, status, "{}", person.name);
    }
    let unsaid = Machine::of(&database, &site, &ours.viewer).put(path, &words("Ours"));
    assert_eq!((unsaid.status, unsaid.wrong()), (400, vec!["organisation"]), "nothing that a viewer writes for");
}
