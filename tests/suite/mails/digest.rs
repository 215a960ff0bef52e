//! Digests: what was not read, once a day, in the morning.
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use guildhall::operations::mails::write_digests;
use guildhall::schema::mails;

use super::{SITE, carrier, composed, round};
use crate::support::database::TestDatabase;
use crate::support::given::{self, OpenProject, patient};
use crate::support::race::race;
use crate::support::smtp::Smtp;

/// A project with two proposals of which its managers were told, in a zone where it is noon.
fn scene() -> (TestDatabase, OpenProject) {
    let (database, on) = given::database_with_open_project(2);
    let mut conn = database.connect();
    conn.batch_execute("UPDATE users SET email_confirmed_at = now()").expect("confirmed addresses");
    noon(&mut conn);
    (database, on)
}

/// Lets everybody live where it is about noon now.
fn noon(conn: &mut PgConnection) {
    let zone = "UPDATE users SET time_zone = CASE WHEN h < 0 THEN 'Etc/GMT' || h ELSE 'Etc/GMT+' || h END \
        FROM (SELECT extract(hour FROM now() AT TIME ZONE 'UTC')::int - 12 AS h) AS clock";
    conn.batch_execute(zone).expect("time zones");
}

fn written(conn: &mut PgConnection) -> usize {
    write_digests(&mut patient(conn)).expect("digests")
}

#[test]
fn who_has_not_read_is_written_to_once_a_day_with_what_is_new() {
    let (database, on) = scene();
    let mut conn = database.connect();
    assert_eq!((written(&mut conn), written(&mut conn)), (2, 0), "the owner's and the manager's");
    let letter = &composed(&database)[0];
    assert!(letter.subject.starts_with("[USR-") && letter.subject.ends_with("] 2 things you have not read"), "{}", letter.subject);
    assert!(letter.text.contains("Ada Byron sent a proposal for “Stock system for three warehouses”."), "{}", letter.text);
    assert!(letter.text.contains(&format!("[{}] ", on.id.reference())) && letter.text.contains(&format!("{SITE}/notices")));
    assert!(letter.stop.is_some());
    let smtp = Smtp::start();
    assert_eq!(round(&carrier(&database, &smtp)).unwrap(), 2);
    // the next day tells only what came since
    conn.batch_execute("UPDATE mails SET cause = 'DAY:2026-01-01'").unwrap();
    assert_eq!(written(&mut conn), 0);
    let third = given::freelancer(&mut conn, "Rosa Ferreira");
    noon(&mut conn);
    given::proposal(&mut conn, on.id, &third, 700_000);
    assert_eq!(written(&mut conn), 2);
    let newest = composed(&database).pop().unwrap();
    assert!(newest.subject.ends_with("] 1 thing you have not read") && newest.text.contains("Rosa Ferreira"), "{}", newest.text);
}

#[test]
fn who_read_it_wants_none_or_never_confirmed_gets_none() {
    let (database, on) = scene();
    let mut conn = database.connect();
    let (owner, manager) = (on.organisation.owner.id, on.organisation.manager.id);
    conn.batch_execute(&format!("UPDATE notices SET seen_at = now() WHERE user_id = {owner}")).unwrap();
    conn.batch_execute(&format!("INSERT INTO mail_choices (user_id, digest) VALUES ({manager}, 'NEVER')")).unwrap();
    assert_eq!(written(&mut conn), 0);
    conn.batch_execute("UPDATE notices SET seen_at = NULL; UPDATE users SET email_confirmed_at = NULL").unwrap();
    assert_eq!(written(&mut conn), 0);
    // read between the writing and the sending
    conn.batch_execute("UPDATE users SET email_confirmed_at = now()").unwrap();
    assert_eq!(written(&mut conn), 1);
    conn.batch_execute("UPDATE notices SET seen_at = now()").unwrap();
    let smtp = Smtp::start();
    round(&carrier(&database, &smtp)).unwrap();
    assert!(smtp.arrived().is_empty());
}

#[test]
fn many_workers_write_one_digest_a_person() {
    let (database, _) = scene();
    let all = race(&database, 8, |_, conn| written(conn));
    assert_eq!(all.iter().sum::<usize>(), 2);
    let made: i64 = mails::table.count().get_result(&mut database.connect()).unwrap();
    assert_eq!(made, 2);
}

#[test]
fn nobody_is_written_to_at_night() {
    let (database, _) = scene();
    let mut conn = database.connect();
    let night = "UPDATE users SET time_zone = CASE WHEN h < 0 THEN 'Etc/GMT' || h ELSE 'Etc/GMT+' || h END \
        FROM (SELECT mod(extract(hour FROM now() AT TIME ZONE 'UTC')::int - 3 + 36, 24) - 12 AS h) AS clock";
    conn.batch_execute(night).unwrap();
    assert_eq!(written(&mut conn), 0);
}
