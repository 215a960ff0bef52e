//! The tests' own databases.
use std::time::Instant;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;

use crate::support::database::TestDatabase;

#[test]
fn each_test_has_a_database_of_its_own() {
    let (one, other) = (TestDatabase::new(), TestDatabase::new());
    one.connect().batch_execute("CREATE TABLE mine (id bigint)").unwrap();
    assert!(other.connect().batch_execute("SELECT * FROM mine").is_err());
    assert_ne!(one.url(), other.url());
}

#[test]
fn a_weakened_database_is_weakened_alone() {
    let weakened = TestDatabase::weakened("CREATE TABLE guard_is_down (id bigint)");
    weakened.connect().batch_execute("SELECT * FROM guard_is_down").unwrap();
    assert!(TestDatabase::new().connect().batch_execute("SELECT * FROM guard_is_down").is_err());
}

#[test]
fn a_passed_tests_database_is_dropped() {
    let database = TestDatabase::new();
    let url = database.url().to_owned();
    let _still_connected = database.connect();
    drop(database);
    assert!(PgConnection::establish(&url).is_err());
}

#[test]
fn a_failed_tests_database_is_left() {
    let (tell, told) = std::sync::mpsc::channel();
    let failed = std::thread::spawn(move || {
        let database = TestDatabase::new();
        tell.send(database.url().to_owned()).unwrap();
        panic!("as a failed test would");
    });
    assert!(failed.join().is_err());
    let url = told.recv().unwrap();
    let name = url.split(['/', '?']).nth(3).unwrap();
    PgConnection::establish(&url).unwrap();
    let mut admin = PgConnection::establish(&url.replace(name, "postgres")).unwrap();
    admin.batch_execute(&format!("DROP DATABASE {name} WITH (FORCE)")).unwrap();
}

#[test]
fn a_hundred_databases_come_and_go_in_parallel() {
    TestDatabase::new();
    let begun = Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..10 {
            scope.spawn(|| {
                for _ in 0..10 {
                    TestDatabase::new().connect().batch_execute("CREATE TABLE mine (id bigint)").unwrap();
                }
            });
        }
    });
    println!("one database took {:?}", begun.elapsed() / 100);
}
