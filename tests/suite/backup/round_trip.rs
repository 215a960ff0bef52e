//! Out and in again: the same house.
use std::os::unix::fs::PermissionsExt;
use std::sync::atomic::{AtomicBool, Ordering};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Text;
use guildhall::db::verify::verify;

use super::{BYTES, House, PLACE, guildhall, said};
use crate::support::database::TestDatabase;
use crate::support::invariants;
use crate::support::sandbox::Sandbox;
use crate::support::site::TestSite;

/// All rows of all tables, in words.
fn everything(database: &TestDatabase) -> Vec<String> {
    #[derive(QueryableByName)]
    struct Line {
        #[diesel(sql_type = Text)]
        line: String,
    }
    let conn = &mut database.connect();
    let tables: Vec<Line> =
        diesel::sql_query("SELECT tablename::text AS line FROM pg_tables WHERE schemaname = 'public' ORDER BY 1").load(conn).unwrap();
    let rows = tables.into_iter().flat_map(|table| {
        let query = format!("SELECT '{0}: ' || t::text AS line FROM {0} t ORDER BY 1", table.line);
        diesel::sql_query(query).load::<Line>(conn).unwrap()
    });
    rows.map(|row| row.line).collect()
}

#[test]
fn what_comes_back_is_what_went_out_and_it_can_be_lived_in() {
    let house = House::lived_in();
    let file = house.backup();
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600, "nobody else may read it");
    let (database, data) = (TestDatabase::bare(), Sandbox::new());
    let done = guildhall("restore", &database, data.path(), &[file.to_str().unwrap()]);
    assert!(done.status.success(), "{}", said(&done));
    assert_eq!(everything(&database), everything(&house.database));
    assert_eq!(std::fs::read(data.path().join("files").join(&PLACE[..2]).join(PLACE)).unwrap(), BYTES);
    assert_eq!(verify(&mut database.connect()).unwrap().faults.len(), 0);
    invariants::hold(&database);
    // numbers go on behind the last, and people sign in
    let site = TestSite::on(&database);
    let owner = site.signed_in(&house.project.organisation.owner.email);
    assert_eq!(owner.get("/dashboard").status, 200);
    let again = guildhall("restore", &database, data.path(), &[file.to_str().unwrap()]);
    assert!(!again.status.success() && said(&again).contains("not empty"), "{}", said(&again));
}

#[test]
fn what_is_written_meanwhile_tears_nothing() {
    let house = House::lived_in();
    let over = AtomicBool::new(false);
    let (database, data) = (TestDatabase::bare(), Sandbox::new());
    let file = std::thread::scope(|scope| {
        for writer in 0..2 {
            let (mut conn, over) = (house.database.connect(), &over);
            scope.spawn(move || {
                while !over.load(Ordering::Relaxed) {
                    // two tables in one transaction: a backup has both rows or neither
                    let both = format!(
                        "BEGIN; INSERT INTO organisations (name) VALUES ('W{writer}'); \
                         INSERT INTO sign_in_attempts (account, address) VALUES ('W{writer}', 'W{writer}'); COMMIT"
                    );
                    conn.batch_execute(&both).unwrap();
                }
            });
        }
        let file = house.backup();
        over.store(true, Ordering::Relaxed);
        file
    });
    let done = guildhall("restore", &database, data.path(), &[file.to_str().unwrap()]);
    assert!(done.status.success(), "{}", said(&done));
    let count = |what: &str| -> i64 {
        diesel::select(diesel::dsl::sql::<diesel::sql_types::BigInt>(what)).get_result(&mut database.connect()).unwrap()
    };
    // organisations without owners, which the backup says it has found
    let organisations = count("(SELECT count(*) FROM organisations WHERE name LIKE 'W_')");
    assert_eq!(organisations, count("(SELECT count(*) FROM sign_in_attempts WHERE address LIKE 'W_')"));
}

#[test]
fn the_private_house_is_taken_out_and_put_elsewhere() {
    let (from, to) = (Sandbox::new(), Sandbox::new());
    let run = |command: &str, data: &Sandbox, more: &[&str]| {
        let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_guildhall"));
        program.arg(command).arg("--data").arg(data.path()).args(more).env_remove("DATABASE_URL").output().expect("a Guildhall")
    };
    let file = from.path().join("house.backup");
    let file = file.to_str().unwrap();
    assert!(run("migrate", &from, &[]).status.success());
    let done = run("backup", &from, &[file]);
    assert!(done.status.success(), "{}", said(&done));
    let digest = said(&done).split("digest ").nth(1).unwrap().trim().to_owned();
    let other = run("restore", &to, &["--digest", "0000", file]);
    assert!(!other.status.success() && said(&other).contains("another backup"), "{}", said(&other));
    let done = run("restore", &to, &["--digest", &digest, file]);
    assert!(done.status.success(), "{}", said(&done));
    let again = run("restore", &to, &[file]);
    assert!(!again.status.success() && said(&again).contains("there is a house"), "{}", said(&again));
    assert!(run("verify", &to, &[]).status.success());
    // a file that is there is never written over
    let twice = run("backup", &from, &[file]);
    assert!(!twice.status.success() && said(&twice).contains("is there already"), "{}", said(&twice));
}
