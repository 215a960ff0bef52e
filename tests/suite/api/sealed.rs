//! Sealed bids stay sealed, whoever asks by whatever token.
use serde_json::json;

use super::machine::Machine;
use crate::support::database::TestDatabase;
use crate::support::given;
use crate::support::routes::asked_by_machines;
use crate::support::site::TestSite;

/// What only the bid says.
const TELLING: [&str; 3] = ["7654.32", "Nobody else would say this", "765432"];

#[test]
fn no_answer_to_a_machine_tells_of_a_sealed_bid_before_the_opening() {
    let database = TestDatabase::new();
    let mut conn = database.connect();
    let on = given::sealed_project(&mut conn, 1);
    let site = TestSite::on(&database);
    let author = Machine::of(&database, &site, &on.freelancers[0]);
    let bid = json!({ "amount": "7654.32", "days": 17, "cover_letter": "Nobody else would say this." });
    assert_eq!(author.post(&format!("/api/v1/projects/{}/proposals", on.id), &bid).status, 200);
    let admin = given::somebody(&mut conn, "Grace Murray");
    given::past_triggers(&mut conn, &format!("UPDATE users SET is_admin = true WHERE id = {}", admin.id));
    let rival = given::freelancer(&mut conn, "Rosa Ferreira");
    let org = &on.organisation;
    let lookers: Vec<_> = [&org.owner, &org.manager, &org.finance, &org.viewer, &admin, &rival]
        .into_iter()
        .map(|person| (person.name.clone(), Machine::of(&database, &site, person)))
        .collect();
    let look = |machine: &Machine| -> (Vec<String>, usize) {
        let (mut told, mut opened) = (Vec::new(), 0);
        for known in asked_by_machines() {
            for id in [on.id.0, on.proposals[0].0, org.id.0] {
                let path = known.pattern.replace("{id}", &id.to_string()).replace("{source}", "a").replace("{external_ref}", "a");
                let mut replies = vec![machine.get(&path)];
                if known.is_written && !path.ends_with("open-bids") && !path.ends_with("cancel") {
                    replies.push(machine.post(&path, &json!({ "version": 1, "reason": "Unread." })));
                }
                for reply in replies {
                    assert!(reply.status < 500, "{path}: {reply:?}");
                    opened += usize::from(reply.status == 200);
                    let text = reply.json.to_string();
                    if TELLING.iter().any(|words| text.contains(words)) {
                        told.push(path.clone());
                    }
                }
            }
        }
        (told, opened)
    };
    for (name, machine) in &lookers {
        let (told, opened) = look(machine);
        assert!(told.is_empty(), "{name} is told by {told:?}");
        assert!(opened > 3, "{name} looked at closed doors");
    }
    let theirs = author.get(&format!("/api/v1/proposals/{}", on.proposals[0]));
    assert_eq!(theirs.json["amount"].as_str(), Some("7654.32"), "its author reads it");
    let owner = &lookers[0].1;
    let open = format!("/api/v1/projects/{}/open-bids", on.id);
    let early = owner.post(&open, &json!({}));
    assert_eq!((early.status, early.code()), (409, "too_early"));
    given::close(&mut conn, on.id);
    assert_eq!(owner.post(&open, &json!({})).status, 200);
    let list = owner.get(&format!("/api/v1/projects/{}/proposals", on.id));
    assert_eq!(list.json["items"][0]["amount"].as_str(), Some("7654.32"));
}
