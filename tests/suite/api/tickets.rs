//! Tickets by programs: asked, read, answered, each once however often it is sent.
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use guildhall::schema::tickets;
use serde_json::json;

use super::machine::Machine;
use crate::support::database::TestDatabase;
use crate::support::given::{self, past_triggers};
use crate::support::invariants;
use crate::support::race::start_together;
use crate::support::site::TestSite;
use crate::tickets::admin;

#[test]
fn a_ticket_is_asked_once_read_by_those_concerned_and_answered_with_a_new_clock() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let (ada, grace, other) = (given::somebody(conn, "Ada Byron"), admin(conn, "Grace Murray"), given::somebody(conn, "Tomas Weber"));
    let site = TestSite::on(&database);
    let (hers, house, his) =
        (Machine::of(&database, &site, &ada), Machine::of(&database, &site, &grace), Machine::of(&database, &site, &other));
    let question = json!({ "topic": "MONEY", "title": "A tax number is missing", "words": "Where does it go?" });
    let made = start_together(
        10,
        |_| hers.clone(),
        |_, hers| hers.send("POST", "/api/v1/tickets", &[("idempotency-key", "ask-0001")], Some(&question.to_string())),
    );
    assert!(made.iter().all(|made| matches!(made.status, 201 | 409)), "{made:?}");
    let made = hers.send("POST", "/api/v1/tickets", &[("idempotency-key", "ask-0001")], Some(&question.to_string()));
    assert_eq!(
        (made.status, made.json["status"].as_str(), made.json["history"][0]["words"].as_str()),
        (201, Some("NEW"), Some("Where does it go?"))
    );
    assert_eq!(tickets::table.count().get_result::<i64>(conn).unwrap(), 1);
    let (id, address) = (made.json["id"].as_i64().unwrap(), format!("/api/v1/tickets/{}", made.json["id"]));
    assert_eq!(hers.get("/api/v1/tickets").json["items"][0]["reference"], made.json["reference"]);
    assert_eq!(house.get("/api/v1/tickets").json["items"], json!([]), "only one's own are listed");
    assert_eq!((house.get(&address).status, his.get(&address).status), (200, 404));
    // what admins note for each other, a program of hers does not read either
    let notes = site.signed_in(&grace.email);
    notes.submit(&notes.get(&format!("/tickets/{id}")), "form[action$='/note']", &[("note", "The quorzle again.")]).location();
    assert!(house.get(&address).json.to_string().contains("quorzle") && !hers.get(&address).json.to_string().contains("quorzle"));
    past_triggers(conn, &format!("UPDATE tickets SET clock_from = now() - interval '3 days' WHERE id = {id}"));
    let answered = house.post(&format!("{address}/answers"), &json!({ "words": "Into your details.", "status": "OPEN" }));
    assert_eq!((answered.status, answered.json["status"].as_str()), (200, Some("OPEN")));
    let from: DateTime<Utc> = tickets::table.find(id).select(tickets::clock_from).first(conn).unwrap();
    assert!((Utc::now() - from).num_minutes() < 5, "its clock begins anew");
    assert_eq!(his.post(&format!("{address}/answers"), &json!({ "words": "Mine." })).status, 404);
    invariants::hold(&database);
}

#[test]
fn what_is_wrong_is_said_by_field_and_what_came_meanwhile_by_its_entry() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let (ada, grace) = (given::somebody(conn, "Ada Byron"), admin(conn, "Grace Murray"));
    let site = TestSite::on(&database);
    let (hers, house) = (Machine::of(&database, &site, &ada), Machine::of(&database, &site, &grace));
    let wrong = hers.post("/api/v1/tickets", &json!({ "topic": "LOVE", "title": "" }));
    assert_eq!(wrong.status, 400);
    for field in ["topic", "title", "words"] {
        assert!(wrong.json.to_string().contains(&format!("\"{field}\"")), "{field}: {wrong:?}");
    }
    let foreign = hers.post("/api/v1/tickets", &json!({ "topic": "CONTRACT", "title": "It", "words": "Why?", "contract": 999 }));
    assert_eq!(foreign.status, 404, "a contract of nobody's");
    let made = hers.post("/api/v1/tickets", &json!({ "topic": "OTHER", "title": "It", "words": "Why?" }));
    let address = format!("/api/v1/tickets/{}", made.json["id"]);
    let seen = house.get(&address).headers["etag"].to_str().unwrap().to_owned();
    assert_eq!(hers.post(&format!("{address}/answers"), &json!({ "words": "It is urgent." })).status, 200);
    let late = house.send("POST", &format!("{address}/answers"), &[("if-match", &seen)], Some(&json!({ "words": "No." }).to_string()));
    assert_eq!(late.status, 412, "{late:?}");
    let closed = house.post(&format!("{address}/answers"), &json!({ "words": "Done.", "status": "CLOSED" }));
    assert_eq!((closed.status, closed.json["due_at"].is_null()), (200, true));
    assert_eq!(hers.post(&format!("{address}/answers"), &json!({ "words": "Not yet." })).status, 409);
    invariants::hold(&database);
}
