//! Each rule about whom the house keeps out finds what breaks it.
use diesel::connection::SimpleConnection;
use guildhall::db::verify::verify;

use crate::house::suspends;
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
