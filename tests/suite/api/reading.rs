//! What machines read: the same as their person on the pages, by cursor and with tags.
use guildhall::domain::ids::ProjectId;
use serde_json::json;

use super::machine::Machine;
use crate::support::database::TestDatabase;
use crate::support::given;
use crate::support::site::TestSite;

fn ids(machine: &Machine, list: &str) -> Vec<i64> {
    let (mut path, mut found) = (list.to_owned(), Vec::new());
    loop {
        let page = machine.get(&path);
        assert_eq!(page.status, 200, "{page:?}");
        let items = page.json["items"].as_array().unwrap();
        assert!(items.len() <= 20);
        found.extend(items.iter().map(|item| item["id"].as_i64().unwrap()));
        let Some(next) = page.json["next"].as_i64() else { return found };
        let link = page.header("link").to_owned();
        path = link.trim_start_matches('<').split('>').next().unwrap().to_owned();
        assert!(path.ends_with(&format!("after={next}")), "{link}");
    }
}

#[test]
fn lists_go_on_by_their_last_row() {
    let database = TestDatabase::new();
    let mut conn = database.connect();
    let organisation = given::organisation(&mut conn);
    let open: Vec<ProjectId> = (0..25).map(|_| given::published(&mut conn, &organisation)).collect();
    let draft = given::draft(&mut conn, &organisation);
    let freelancer = given::freelancer(&mut conn, "Ada Byron");
    let site = TestSite::on(&database);
    let newest: Vec<i64> = open.iter().rev().map(|id| id.0).collect();
    let (reader, member) = (Machine::of(&database, &site, &freelancer), Machine::of(&database, &site, &organisation.viewer));
    assert_eq!(ids(&reader, "/api/v1/projects"), newest);
    assert_eq!(ids(&reader, "/api/v1/projects?q=warehouses&kind=FIXED"), newest);
    assert_eq!(ids(&reader, "/api/v1/projects?q=nothing-like-it"), [0_i64; 0]);
    let all: Vec<i64> = std::iter::once(draft.0).chain(newest).collect();
    let own = format!("/api/v1/organisations/{}/projects", organisation.id);
    assert_eq!(ids(&member, &own), all);
    assert_eq!(reader.get(&own).status, 404);
    assert_eq!(reader.get(&format!("/api/v1/projects/{draft}")).status, 404, "a draft is its members' alone");
    assert_eq!(reader.get("/api/v1/projects?after=nonsense").status, 200, "as on the page");
}

#[test]
fn a_tag_spares_what_is_known_and_changes_with_what_is_read() {
    let (database, on) = given::database_with_open_project(1);
    let site = TestSite::on(&database);
    let machine = Machine::of(&database, &site, &on.organisation.manager);
    let path = format!("/api/v1/projects/{}", on.id);
    let read = machine.get(&path);
    let same = machine.send("GET", &path, &[("if-none-match", read.header("etag"))], None);
    assert_eq!((same.status, same.header("etag")), (304, read.header("etag")));
    let another = given::freelancer(&mut database.connect(), "Mira Lindqvist");
    given::proposal(&mut database.connect(), on.id, &another, 700_000);
    let more = machine.send("GET", &path, &[("if-none-match", read.header("etag"))], None);
    assert_eq!((more.status, more.number("proposal_count")), (200, 2));
    let mut words = super::by_reference::words("Other words");
    words["description"] = json!("Scanners alone.");
    assert_eq!(machine.put(&path, &words).status, 428, "what was read?");
    let edited = machine.send("PUT", &path, &[("if-match", read.header("etag"))], Some(&words.to_string()));
    assert_eq!(
        (edited.status, edited.number("version"), edited.number("scope_version")),
        (200, 2, 2),
        "a proposal that came changes no words"
    );
    let stale = machine.send("PUT", &path, &[("if-match", read.header("etag"))], Some(&super::by_reference::words("Stale").to_string()));
    assert_eq!((stale.status, stale.number("expected"), stale.number("found")), (412, 1, 2));
}

#[test]
fn proposals_and_their_history_are_read_by_those_concerned() {
    let (database, on) = given::database_with_open_project(25);
    let mut conn = database.connect();
    let stranger = given::freelancer(&mut conn, "Nobody Here");
    let site = TestSite::on(&database);
    let (member, author, other) = (
        Machine::of(&database, &site, &on.organisation.viewer),
        Machine::of(&database, &site, &on.freelancers[3]),
        Machine::of(&database, &site, &stranger),
    );
    let list = format!("/api/v1/projects/{}/proposals", on.id);
    assert_eq!(ids(&member, &list), on.proposals.iter().map(|id| id.0).collect::<Vec<_>>());
    assert_eq!(ids(&author, &list), [on.proposals[3].0], "their own alone");
    assert_eq!(ids(&other, &list), [0_i64; 0]);
    let proposal = format!("/api/v1/proposals/{}", on.proposals[3]);
    assert_eq!((member.get(&proposal).status, author.get(&proposal).status, other.get(&proposal).status), (200, 200, 404));
    let history = format!("/api/v1/projects/{}/history", on.id);
    assert_eq!(other.get(&history).status, 404);
    let told = member.get(&history);
    let events = told.json["items"].as_array().unwrap();
    assert_eq!(events.len(), 27);
    assert_eq!(events[0]["kind"].as_str(), Some("PROJECT_DRAFTED"));
    for pair in events.windows(2) {
        assert_eq!(pair[1]["prev_hash"], pair[0]["hash"], "a chain that can be checked");
    }
    let told = author.get(&history);
    let theirs: Vec<_> = told.json["items"].as_array().unwrap().iter().filter(|event| event["says"].is_string()).collect();
    assert_eq!(theirs.len(), 2, "the publishing, and their own proposal; of the rest the hashes");
    assert_eq!(author.get(&format!("{history}?after=25")).json["items"].as_array().unwrap().len(), 2);
}

#[test]
fn a_decline_is_not_seen_by_its_author_until_the_award() {
    let (database, on) = given::database_with_open_project(2);
    let site = TestSite::on(&database);
    let (manager, author) = (Machine::of(&database, &site, &on.organisation.manager), Machine::of(&database, &site, &on.freelancers[0]));
    let path = format!("/api/v1/proposals/{}", on.proposals[0]);
    let before = author.get(&path);
    assert_eq!(manager.post(&format!("{path}/decline"), &json!({ "reason": "Too dear." })).json["status"].as_str(), Some("REJECTED"));
    assert_eq!(author.get(&path).json, before.json, "not a word is another");
    assert_eq!(author.post(&format!("{path}/decline"), &json!({ "reason": "Mine." })).status, 404);
    assert_eq!(manager.post(&format!("{path}/undecline"), &json!({})).json["status"].as_str(), Some("PENDING"));
    assert_eq!(manager.post(&format!("{path}/decline"), &json!({})).wrong(), ["reason"]);
}
