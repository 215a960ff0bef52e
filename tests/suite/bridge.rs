//! The one bridge to the database: what goes wrong on it harms nobody who comes after.
use std::cell::RefCell;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use guildhall::db::{Database, Failure, Fault, pooler, projects, transaction};
use guildhall::schema::users;

use crate::support::database::TestDatabase;
use crate::support::given;

type Done<T> = Result<T, Failure<std::convert::Infallible>>;

#[test]
fn a_panic_inside_a_transaction_leaves_neither_a_write_nor_a_broken_connection() {
    let database = TestDatabase::new();
    given::somebody(&mut database.connect(), "Ada Byron");
    let one_connection = Database::new(database.url(), 1);
    let (panicked, found) = actix_web::rt::System::new().block_on(async move {
        let panicked: Done<()> = one_connection
            .change(|conn| {
                transaction(conn, |tx| {
                    diesel::update(users::table).set(users::name.eq("Nobody")).execute(&mut **tx)?;
                    std::panic::resume_unwind(Box::new("thrown by the test"))
                })
            })
            .await;
        let found: Done<Vec<String>> = one_connection.run(|conn| Ok(users::table.select(users::name).load(conn)?)).await;
        (panicked, found)
    });
    assert!(matches!(panicked, Err(Failure::Broken(Fault::Panicked))), "{panicked:?}");
    assert_eq!(found.unwrap(), ["Ada Byron"]);
}

/// A pooler that hands one session to everybody, as by transaction, is one connection asked by two.
#[test]
fn a_pooler_that_shares_sessions_is_known() {
    let database = TestDatabase::new();
    let (mut one, mut other) = (database.connect(), database.connect());
    assert_eq!(pooler::is_shared(|text| pooler::ask(&mut one, text), |text| pooler::ask(&mut other, text)), Ok(false));
    let shared = RefCell::new(one);
    let ask = |text: &str| pooler::ask(&mut shared.borrow_mut(), text);
    assert_eq!(pooler::is_shared(ask, ask), Ok(true));
    // two sessions, whoever asks next gets the one that was free for longer
    let sessions = RefCell::new([other, database.connect()]);
    let turns = |text: &str| {
        let mut sessions = sessions.borrow_mut();
        sessions.swap(0, 1);
        pooler::ask(&mut sessions[0], text)
    };
    assert_eq!(pooler::is_shared(turns, turns), Ok(true));
}

#[test]
fn a_busy_row_is_tried_several_times_and_never_for_long() {
    let (database, project) = given::database_with_open_project(0);
    let mut holder = database.connect();
    holder.batch_execute(&format!("BEGIN; SELECT FROM projects WHERE id = {} FOR UPDATE", project.id)).unwrap();
    let tries = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&tries);
    let bridge = Database::new(database.url(), 2);
    let begun = Instant::now();
    let done: Done<()> = actix_web::rt::System::new().block_on(bridge.change(move |conn| {
        counted.fetch_add(1, Ordering::SeqCst);
        transaction(conn, |tx| Ok(projects::lock(tx, project.id).map(drop)?))
    }));
    let took = begun.elapsed();
    println!("a busy row: {} tries in {took:?}", tries.load(Ordering::SeqCst));
    assert!(matches!(done, Err(Failure::Broken(Fault::Busy(Some(_))))), "{done:?}");
    assert!(tries.load(Ordering::SeqCst) >= 3 && took < Duration::from_millis(1500), "{took:?}");
}

#[test]
fn a_deadlock_is_tried_again() {
    let database = TestDatabase::new();
    let organisation = given::organisation(&mut database.connect());
    let two = [given::published(&mut database.connect(), &organisation), given::published(&mut database.connect(), &organisation)];
    let bridge = Database::new(database.url(), 4);
    let tries = Arc::new(AtomicUsize::new(0));
    let both_hold_one = Arc::new(std::sync::Barrier::new(2));
    // each locks its own first, waits until the other has one too, and then wants the other's; the second time there is no waiting
    let work = |first: usize| {
        let (bridge, tries, meet) = (bridge.clone(), Arc::clone(&tries), Arc::clone(&both_hold_one));
        let mine = AtomicUsize::new(0);
        async move {
            let done: Done<()> = bridge
                .change(move |conn| {
                    tries.fetch_add(1, Ordering::SeqCst);
                    let is_first_try = mine.fetch_add(1, Ordering::SeqCst) == 0;
                    transaction(conn, |tx| {
                        tx.batch_execute("SET LOCAL deadlock_timeout = '10ms'")?;
                        tx.batch_execute(&format!("SELECT FROM projects WHERE id = {} FOR UPDATE", two[first]))?;
                        if is_first_try {
                            meet.wait();
                        }
                        Ok(tx.batch_execute(&format!("SELECT FROM projects WHERE id = {} FOR UPDATE", two[1 - first]))?)
                    })
                })
                .await;
            done
        }
    };
    let (one, other) = actix_web::rt::System::new().block_on(async { tokio::join!(work(0), work(1)) });
    assert!(one.is_ok() && other.is_ok(), "{one:?} {other:?}");
    assert!(tries.load(Ordering::SeqCst) > 2, "there was no deadlock");
}
