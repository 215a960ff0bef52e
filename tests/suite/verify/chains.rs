//! Each way of changing history shows.
use diesel::prelude::*;
use guildhall::db::verify::{Noted, verify_with};
use guildhall::domain::chain::hex;
use guildhall::schema::events;

use super::market::Market;
use super::{finds, found};

/// One event of the assigned project, as a condition.
fn event(market: &Market, seq: i64) -> String {
    format!("stream_kind = 'PROJECT' AND stream_id = {} AND seq = {seq}", market.assigned)
}

#[track_caller]
fn finds_on_the_project(tamper: impl FnOnce(&Market) -> String, check: &str) {
    finds(tamper, |market| vec![format!("{check}: {}", market.assigned.reference())]);
}

#[test]
fn a_changed_field_shows_whichever_it_is() {
    for change in [
        "at = at + interval '1 microsecond'",
        "at = 'infinity'",
        "actor_id = actor_id + 1",
        "actor_id = NULL",
        "kind = 'PROJECT_EDITED'",
        "proposal_id = proposal_id + 1",
        "subject_id = 1",
        "from_state = 'DRAFT'",
        "to_state = 'WITHDRAWN'",
        "facts = facts || '{\"version\": 2}'",
        "facts = facts || '{\"n\": 1e999}'",
        "hash = sha256('another')",
    ] {
        let check = if change.starts_with("hash") { vec!["chain_hash", "chain_link"] } else { vec!["chain_hash"] };
        finds(
            |market| format!("UPDATE events SET {change} WHERE {}", event(market, 3)),
            |market| check.iter().map(|check| format!("{check}: {}", market.assigned.reference())).collect(),
        );
    }
}

#[test]
fn an_event_removed_from_the_middle_shows() {
    // With what people were told of it; a notice that is left behind shows by itself.
    let without_trace = |market: &Market| format!("DELETE FROM notices WHERE {0}; DELETE FROM events WHERE {0}", event(market, 3));
    finds_on_the_project(without_trace, "chain_gap");
}

#[test]
fn a_removed_event_shows_though_the_numbers_were_closed_up() {
    // The link of the one that moved up is wrong, and the hash of the next, which covers its number.
    finds(
        |market| {
            let gone = event(market, 3);
            let (from, to) = (event(market, 4), event(market, 5));
            format!(
                "DELETE FROM notices; DELETE FROM events WHERE {gone}; UPDATE events SET seq = 3 WHERE {from}; UPDATE events SET seq = 4 WHERE {to}; \
                 UPDATE projects SET event_count = 4 WHERE id = {}",
                market.assigned
            )
        },
        |market| ["chain_link", "chain_hash"].map(|check| format!("{check}: {}", market.assigned.reference())).to_vec(),
    );
}

#[test]
fn the_first_event_gone_shows() {
    finds_on_the_project(|market| format!("DELETE FROM events WHERE {}", event(market, 1)), "chain_gap");
}

#[test]
fn a_cut_tail_shows() {
    let market = Market::new();
    market.tamper(&format!("DELETE FROM events WHERE {}", event(&market, 5)));
    let found = found(&market);
    assert!(found.contains(&format!("chain_tail: {}", market.assigned.reference())), "{found:?}");
    // the award itself was cut, which the state and the contract tell as well
    assert!(found.iter().any(|fault| fault.starts_with("state_has_trace")), "{found:?}");
    assert!(found.iter().any(|fault| fault.starts_with("award_has_trace")), "{found:?}");
}

#[test]
fn a_cut_tail_shows_though_the_count_was_lowered() {
    let market = Market::new();
    let cut = "DELETE FROM events WHERE stream_kind = 'ORGANISATION'; UPDATE organisations SET event_count = 0";
    market.tamper(cut);
    assert_eq!(found(&market), [format!("chain_tail: {}", market.organisation.reference())]);
    let market = Market::new();
    market.tamper(&format!(
        "DELETE FROM events WHERE {}; UPDATE projects SET event_count = 4 WHERE id = {}",
        event(&market, 5),
        market.assigned
    ));
    assert!(found(&market).contains(&format!("chain_head: {}", market.assigned.reference())));
}

#[test]
fn two_events_swapped_show() {
    let market = Market::new();
    let (third, fourth, ninth) = (event(&market, 3), event(&market, 4), event(&market, 9));
    market.tamper(&format!(
        "UPDATE events SET seq = 9 WHERE {third}; UPDATE events SET seq = 3 WHERE {fourth}; UPDATE events SET seq = 4 WHERE {ninth}"
    ));
    assert!(found(&market).contains(&format!("chain_link: {}", market.assigned.reference())));
}

#[test]
fn events_of_nothing_show() {
    finds(
        |market| {
            format!(
                "UPDATE events SET stream_id = 77 WHERE {}",
                event(market, 1).replace("PROJECT", "ORGANISATION").replace(&market.assigned.to_string(), &market.organisation.to_string())
            )
        },
        |market| {
            vec!["chain_hash: ORG-0077".into(), "chain_root: ORG-0077".into(), format!("chain_tail: {}", market.organisation.reference())]
        },
    );
}

#[test]
fn a_chain_written_anew_shows_to_whoever_noted_its_head() {
    let market = Market::new();
    let mut conn = market.database.connect();
    let hash: Vec<u8> = events::table.find(("PROJECT", market.assigned.0, 4_i64)).select(events::hash).first(&mut conn).unwrap();
    let noted: Noted = format!("{}:4:{}", market.assigned.reference(), &hex(&hash)[..12]).parse().unwrap();
    let report = verify_with(&mut conn, std::slice::from_ref(&noted)).unwrap();
    assert!(report.faults.is_empty() && report.checked.noted == 1, "{report}");
    let other = Noted { hash: "0123456789ab".to_owned(), ..noted.clone() };
    let longer = Noted { count: 40, ..noted };
    let report = verify_with(&mut conn, &[other, longer]).unwrap();
    let checks: Vec<_> = report.faults.iter().map(|fault| fault.check).collect();
    assert_eq!(checks, ["noted_head", "noted_head"], "{report}");
}
