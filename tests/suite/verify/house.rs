//! Each rule about whom the house keeps out finds what breaks it.
use diesel::connection::SimpleConnection;
use guildhall::db::verify::verify;

use crate::house::{holds, suspends};
use crate::support::given;
use crate::tickets::admin;

/// What is found of a freelancer who was suspended by the operations, after this.
fn found(tamper: &str) -> Vec<String> {
    let (database, on) = given::database_with_open_project(1);
    let conn = &mut database.connect();
    let keeper = admin(conn, "Priya Raman").id;
    suspends(conn, keeper, on.freelancers[0].id).expect("suspended");
    let id = on.freelancers[0].id.to_string();
    conn.batch_execute(&tamper.replace(":ada", &id)).expect("tampered with");
    let report = verify(conn).expect("the database can be read");
    report.faults.iter().map(|fault| format!("{}: {}", fault.check, fault.at.replace(&id, "ada"))).collect()
}

#[test]
fn nothing_is_wrong_where_somebody_is_kept_out() {
    assert!(found("SELECT 1").is_empty());
}

#[test]
fn let_in_without_a_word() {
    let tamper = "UPDATE users SET suspended_at = NULL, suspended_for = NULL WHERE id = :ada";
    assert_eq!(found(tamper), ["suspension_has_trace: person ada"]);
}

#[test]
fn a_sign_in_behind_the_house_s_back() {
    let tamper =
        "INSERT INTO sessions (key_hash, user_id, epoch, expires_at) SELECT 'a', id, session_epoch, now() FROM users WHERE id = :ada";
    assert_eq!(found(tamper), ["out_is_out: person ada"]);
}

#[test]
fn an_act_whose_reason_is_gone() {
    assert_eq!(found("DELETE FROM act_words WHERE stream_id = :ada"), ["act_has_words: person ada"]);
}

/// What is found of a project that was held by the operations, after this.
fn found_held(tamper: &str) -> Vec<String> {
    let (database, on) = given::database_with_open_project(1);
    let conn = &mut database.connect();
    let keeper = admin(conn, "Priya Raman").id;
    holds(conn, keeper, on.id).expect("held");
    let id = on.id.to_string();
    given::past_triggers(conn, &tamper.replace(":held", &id));
    let report = verify(conn).expect("the database can be read");
    report.faults.iter().map(|fault| format!("{}: {}", fault.check, fault.at.replace(&id, "held"))).collect()
}

#[test]
fn what_is_wrong_with_a_hold_is_found() {
    assert!(found_held("SELECT 1").is_empty());
    assert_eq!(found_held("UPDATE projects SET held_at = NULL, held_for = NULL WHERE id = :held"), ["hold_has_trace: project held"]);
    assert_eq!(found_held("DELETE FROM act_words WHERE stream_id = :held"), ["hold_has_words: project held"]);
    let offered = "UPDATE proposals SET created_at = now() + interval '1 s' WHERE project_id = :held";
    assert_eq!(found_held(offered), ["held_is_held: project held"]);
}

#[test]
fn hours_that_nobody_said_were_changed() {
    assert_eq!(found("UPDATE house_hours SET edition = edition + 1, changed_by = :ada"), ["hours_have_trace: person ada"]);
}

#[test]
fn a_ready_answer_that_nobody_kept() {
    let tamper = "INSERT INTO ready_answers (title, words, changed_by) VALUES ('a', 'b', :ada)";
    let found = found(tamper);
    assert!(found.len() == 1 && found[0].starts_with("ready_answers_have_trace: ready answer "), "{found:?}");
}
