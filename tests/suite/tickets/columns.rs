//! Columns of JSON that many write at once: appended to, merged into, and changed by a closure under the lock.
use std::panic::{AssertUnwindSafe, catch_unwind};

use diesel::prelude::*;
use guildhall::db::json::{Json, append, change, merge};
use guildhall::db::{Failure, Fault, transaction};
use guildhall::domain::ids::TicketId;
use guildhall::schema::tickets;
use serde_json::{Value, json};

use super::ticket;
use crate::support::database::TestDatabase;
use crate::support::given::{self, patient};
use crate::support::race::race;

const THREADS: usize = 10;
const EACH: usize = 20;

fn scene() -> (TestDatabase, TicketId) {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let ada = given::somebody(conn, "Ada Byron");
    let id = ticket(conn, &ada);
    (database, id)
}

fn appends(conn: &mut PgConnection, id: TicketId, entry: &Value, most: i32) -> bool {
    transaction(&mut patient(conn), |tx| Ok::<_, Failure<Fault>>(append(tx, Json::TicketHistory, id.0, entry, most)?)).expect("an append")
}

fn merges(conn: &mut PgConnection, id: TicketId, fields: &Value) {
    let merged = transaction(&mut patient(conn), |tx| Ok::<_, Failure<Fault>>(merge(tx, Json::TicketFacts, id.0, fields)?));
    assert!(merged.expect("a merge"));
}

/// A counter that sets off an alarm once it is over ten.
fn counts(conn: &mut PgConnection, id: TicketId) {
    let more = |facts: Value| {
        let mut facts = facts.as_object().cloned().unwrap_or_default();
        let count = facts.get("deep").and_then(|deep| deep.get("count")).and_then(Value::as_i64).unwrap_or(0) + 1;
        facts.insert("deep".to_owned(), json!({ "count": count }));
        if count > 10 {
            facts.insert("alarm".to_owned(), json!(true));
        }
        Ok::<_, Failure<Fault>>(Value::Object(facts))
    };
    let changed = transaction(&mut patient(conn), |tx| change(tx, Json::TicketFacts, id.0, more));
    assert!(changed.expect("a change").is_some());
}

fn column(conn: &mut PgConnection, id: TicketId) -> (Value, Value) {
    tickets::table.find(id.0).select((tickets::history, tickets::facts)).first(conn).expect("the ticket")
}

#[test]
fn what_many_threads_append_is_all_there_each_thread_s_in_its_order() {
    let (database, id) = scene();
    race(&database, THREADS, |thread, conn| {
        for place in 0..EACH {
            assert!(appends(conn, id, &json!({ "thread": thread, "place": place }), 1000));
        }
    });
    let (history, _) = column(&mut database.connect(), id);
    let history = history.as_array().expect("a list").clone();
    assert_eq!(history.len(), 1 + THREADS * EACH, "none lost, none doubled");
    for thread in 0..THREADS {
        let own: Vec<_> = history.iter().filter(|entry| entry["thread"] == json!(thread)).map(|entry| entry["place"].clone()).collect();
        assert_eq!(own, (0..EACH).map(|place| json!(place)).collect::<Vec<_>>(), "thread {thread}");
    }
}

#[test]
fn a_list_takes_as_many_as_it_may_have_and_no_more() {
    let (database, id) = scene();
    let taken: usize = race(&database, THREADS, |thread, conn| {
        (0..EACH).filter(|place| appends(conn, id, &json!({ "thread": thread, "place": place }), 51)).count()
    })
    .into_iter()
    .sum();
    assert_eq!(taken, 50, "beside the one that was there");
    assert_eq!(column(&mut database.connect(), id).0.as_array().map(Vec::len), Some(51));
}

#[test]
fn merged_fields_and_a_counter_stand_side_by_side() {
    let (database, id) = scene();
    race(&database, THREADS, |thread, conn| {
        for place in 0..EACH {
            merges(conn, id, &json!({ (format!("{thread}.{place}")): thread }));
            counts(conn, id);
        }
    });
    let (_, facts) = column(&mut database.connect(), id);
    let facts = facts.as_object().expect("an object");
    assert_eq!(facts["deep"]["count"], json!(THREADS * EACH), "no count lost");
    assert_eq!(facts["alarm"], json!(true));
    assert_eq!(facts.keys().filter(|key| key.contains('.')).count(), THREADS * EACH, "every key is there");
}

#[test]
fn what_refuses_or_panics_in_the_closure_changes_nothing() {
    let (database, id) = scene();
    let conn = &mut database.connect();
    let before = column(conn, id);
    let refuse = |_: Value| Err::<Value, _>(Failure::<&str>::Refused("no"));
    let refused = transaction(&mut patient(conn), |tx| change(tx, Json::TicketFacts, id.0, refuse));
    assert!(matches!(refused, Err(Failure::Refused("no"))));
    let panicked = catch_unwind(AssertUnwindSafe(|| {
        let mut lost = database.connect();
        transaction(&mut patient(&mut lost), |tx| {
            merge(tx, Json::TicketFacts, id.0, &json!({ "half": true }))?;
            change::<Fault>(tx, Json::TicketFacts, id.0, |_| panic!("in the middle"))
        })
        .map(drop)
    }));
    assert!(panicked.is_err());
    assert_eq!(column(conn, id), before);
    let nowhere = transaction(&mut patient(conn), |tx| change(tx, Json::TicketFacts, 0, Ok::<_, Failure<Fault>>));
    assert_eq!(nowhere.expect("no row"), None);
}

/// Nothing but `db/json.rs` writes these columns: the program's source is read for it.
#[test]
fn no_other_file_writes_them() {
    fn walk(folder: &std::path::Path, found: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                walk(&path, found);
            } else if !path.ends_with("db/json.rs") {
                let text = std::fs::read_to_string(&path).unwrap_or_default();
                let writes = ["tickets::history.eq", "tickets::facts.eq", "SET history =", "SET facts =", ", history =", ", facts ="];
                if writes.iter().any(|write| text.contains(write)) {
                    found.push(path.display().to_string());
                }
            }
        }
    }
    let mut found = Vec::new();
    walk(std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")), &mut found);
    assert!(found.is_empty(), "{found:?}");
}
