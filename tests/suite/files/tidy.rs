//! What nobody sent goes, and what died between the store and the commit.
use actix_web::rt::System;
use diesel::prelude::*;
use guildhall::db::{self, Database, files};
use guildhall::domain::draft::Form;
use guildhall::domain::ids::FileId;
use guildhall::domain::message::About;
use guildhall::operations::house::let_go_files;
use guildhall::schema::{file_leftovers, files as rows};
use guildhall::storage::Storage;
use guildhall::worker::{Crew, Rules};

use super::{PDF, counted, waiting};
use crate::support::database::TestDatabase;
use crate::support::given::{self, past_triggers, patient};
use crate::support::race::race;
use crate::support::site::TestSite;

fn aged(conn: &mut PgConnection, id: FileId, hours: i32) {
    past_triggers(conn, &format!("UPDATE files SET added_at = added_at - interval '{hours} hours' WHERE id = {id}"));
}

#[test]
fn what_waits_longer_than_a_day_goes_unless_a_draft_names_it() {
    let (database, on) = given::database_with_open_project(1);
    let conn = &mut database.connect();
    let owner = on.organisation.owner.id;
    let [young, old, drafted] = ["a.txt", "b.txt", "c.txt"].map(|name| waiting(conn, owner, name));
    for id in [old, drafted] {
        aged(conn, id, 25);
    }
    aged(conn, young, 23);
    let site = TestSite::on(&database);
    let browser = site.signed_in(&on.organisation.owner.email);
    let form = Form::Messages(About::Proposal(on.proposals[0])).address();
    let saved =
        browser.post(&format!("/drafts?form={form}"), &[("message", "Later."), ("file", &drafted.to_string()), ("draft", "0189-abcd")]);
    assert_eq!(saved.status, 303, "{}", saved.says());
    assert_eq!(let_go_files(conn).expect("the round"), 1);
    let left: Vec<i64> = rows::table.order(rows::id).select(rows::id).load(conn).unwrap();
    assert_eq!(left, [young.0, drafted.0]);
    assert_eq!(file_leftovers::table.count().get_result(conn), Ok(1_i64));
}

#[test]
fn the_house_takes_out_what_nobody_names_and_nothing_else() {
    let folder = std::env::temp_dir().join(format!("guildhall-{}", Storage::new_place()));
    let storage = Storage::folder(&folder).expect("a folder");
    let (database, on) = given::database_with_open_project(1);
    let conn = &mut database.connect();
    let id = waiting(conn, on.organisation.owner.id, "a.txt");
    let kept: String = rows::table.find(id.0).select(rows::place).first(conn).unwrap();
    let [left, stray, fresh] = [(); 3].map(|()| Storage::new_place());
    let put = System::new();
    for place in [&kept, &left, &stray, &fresh] {
        put.block_on(storage.put(place, PDF.to_vec())).expect("bytes");
    }
    let day = std::time::SystemTime::now() - std::time::Duration::from_secs(25 * 3600);
    for place in [&kept, &stray] {
        let file = folder.join(&place[..2]).join(place);
        std::fs::File::options().write(true).open(file).unwrap().set_modified(day).unwrap();
    }
    diesel::insert_into(file_leftovers::table).values(file_leftovers::place.eq(&left)).execute(conn).unwrap();
    let bridge = Database::new(database.url(), 4);
    let crew = Crew::start(&bridge, &storage, 1, Rules::default()).expect("a crew");
    let there = |place: &str| put.block_on(storage.has(place)).expect("the store");
    let end = std::time::Instant::now() + std::time::Duration::from_secs(30);
    while there(&stray) || there(&left) {
        assert!(std::time::Instant::now() < end, "the house does not come");
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    put.block_on(crew.stop());
    assert_eq!((there(&kept), there(&fresh)), (true, true), "named, or still on its way");
    assert_eq!(file_leftovers::table.count().get_result(conn), Ok(0_i64));
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn sending_against_letting_go_ends_with_the_file_sent_or_the_sender_told() {
    let (database, on) = given::database_with_open_project(1);
    let conn = &mut database.connect();
    let (owner, mut in_time) = (on.organisation.owner.id, 0);
    for _ in 0..20 {
        let id = waiting(conn, owner, "a.txt");
        aged(conn, id, 25);
        let done = race(&database, 2, |place, conn| {
            if place == 0 {
                return let_go_files(conn).is_ok();
            }
            let what = guildhall::operations::messages::NewMessage {
                words: guildhall::domain::words::MessageWords::parse("Here.").unwrap(),
                files: vec![id],
            };
            guildhall::operations::messages::write_message(&mut patient(conn), owner, About::Proposal(on.proposals[0]), &what, None).is_ok()
        });
        let there: i64 = rows::table.find(id.0).count().get_result(conn).unwrap();
        assert_eq!(i64::from(done[1]), there, "what was sent is there, and what is gone was not sent");
        in_time += there;
    }
    println!("20 rounds: {in_time} sent in time");
}

#[test]
fn two_at_once_are_not_both_the_last_that_one_may_keep() {
    let database = TestDatabase::new();
    let ada = given::freelancer(&mut database.connect(), "Ada Byron");
    let conn = &mut database.connect();
    let fill = format!(
        "INSERT INTO files (owner_id, place, name, kind, size) SELECT {}, md5(n::text), 'a.txt', 'text/plain', 1 FROM generate_series(1, 499) n",
        ada.id
    );
    diesel::sql_query(fill).execute(conn).unwrap();
    let done = race(&database, 8, |_, conn| {
        let file = guildhall::domain::file::judge("a.txt", b"words").unwrap();
        let held = guildhall::operations::files::Held { place: Storage::new_place(), file, size: 5 };
        guildhall::operations::files::hold_file(&mut patient(conn), ada.id, &held).is_ok()
    });
    assert_eq!(done.iter().filter(|done| **done).count(), 1);
    assert_eq!(counted(conn), (500, 0));
}

#[test]
fn a_closed_account_s_files_are_erased_with_their_bytes() {
    let (database, on) = given::database_with_open_project(1);
    let conn = &mut database.connect();
    let ada = on.freelancers[0].id;
    waiting(conn, ada, "secret-name.txt");
    let at = db::clock(conn).unwrap();
    assert_eq!(files::purge(conn, at).unwrap(), 0);
    let site = TestSite::on(&database);
    let browser = site.signed_in(&on.freelancers[0].email);
    let form = browser.get("/account/close");
    assert_eq!(browser.submit(&form, "form[action='/account/close']", &[("password", given::PASSWORD)]).location(), "/");
    assert_eq!(counted(conn), (0, 0));
    assert_eq!(file_leftovers::table.count().get_result(conn), Ok(1_i64));
}
