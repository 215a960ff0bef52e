//! `guildhall verify` finds what was tampered with, and nothing where nothing was.
mod chains;
mod contracts;
mod guards;
mod house;
mod jobs;
mod market;
mod money;
mod program;
mod reviews;
mod rules;
mod talk;

use guildhall::db::verify::{Report, verify};
use market::Market;

/// What is wrong, as `check: at`.
#[track_caller]
fn found(market: &Market) -> Vec<String> {
    let report = look(market);
    report.faults.iter().map(|fault| format!("{}: {}", fault.check, fault.at)).collect()
}

#[track_caller]
fn look(market: &Market) -> Report {
    verify(&mut market.database.connect()).expect("the database can be read")
}

/// Tampers with a market of its own and asks that just these faults are found.
#[track_caller]
fn finds(tamper: impl FnOnce(&Market) -> String, faults: impl FnOnce(&Market) -> Vec<String>) {
    let market = Market::new();
    market.tamper(&tamper(&market));
    assert_eq!(found(&market), faults(&market), "{}", look(&market));
}

#[test]
fn nothing_is_wrong_where_nothing_was_tampered_with() {
    let market = Market::new();
    let report = look(&market);
    assert!(report.faults.is_empty(), "{report}");
    // 3 people, 1 organisation, 2 projects: each with its stream
    assert_eq!(report.checked.streams, 6, "{report}");
    assert!(report.checked.events >= 13 && report.checked.rules >= 54 && report.checked.guards >= 40, "{report}");
    assert!(report.to_string().ends_with("nothing wrong"), "{report}");
}

#[test]
fn verifying_changes_nothing_and_waits_for_nobody() {
    use diesel::connection::SimpleConnection;
    let market = Market::new();
    let mut writer = market.database.connect();
    writer.batch_execute("BEGIN; SELECT * FROM projects FOR UPDATE; LOCK TABLE events IN ROW EXCLUSIVE MODE").unwrap();
    assert!(found(&market).is_empty());
    writer.batch_execute("ROLLBACK").unwrap();
}
