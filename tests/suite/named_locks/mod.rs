//! Locks by name: one holder at a time, whoever slept through a lease changes nothing, and who waited in vain is told.
mod pages;

use std::convert::Infallible;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use guildhall::db::named_locks::{self, Turn, give_back, go_on, stands, take};
use guildhall::db::{Connection, Database, Failure, Fault, Patience, transaction};
use guildhall::domain::ids::UserId;
use guildhall::domain::named_lock::{HeldLock, NamedLock};
use guildhall::schema::named_locks as rows;

use crate::support::database::TestDatabase;
use crate::support::given;

const LOCK: NamedLock = NamedLock::Many("test");

/// As if its holder had slept for so long.
pub fn sleep_through(conn: &mut PgConnection) {
    given::past_triggers(
        conn,
        "UPDATE named_locks SET taken_at = taken_at - interval '1 hour', leased_until = leased_until - interval '1 hour' WHERE holder IS NOT NULL",
    );
}

fn on_its_own<T>(work: impl Future<Output = T>) -> T {
    actix_web::rt::System::new().block_on(work)
}

/// Writes a row in a transaction under a lock; what that comes to.
fn write_under(conn: &mut PgConnection, held: HeldLock, name: &str) -> Result<(), Failure<Infallible>> {
    let mut conn = Connection::new(conn, Patience::None);
    conn.under(held);
    transaction(&mut conn, |tx| {
        tx.batch_execute(&format!("INSERT INTO organisations (name) VALUES ('{name}')"))?;
        Ok(())
    })
}

#[test]
fn of_sixteen_on_four_pools_one_at_a_time_has_it() {
    let database = TestDatabase::new();
    let (inside, most, done) = (AtomicUsize::new(0), AtomicUsize::new(0), AtomicUsize::new(0));
    std::thread::scope(|threads| {
        for place in 0..16 {
            let (url, inside, most, done) = (database.url().to_owned(), &inside, &most, &done);
            threads.spawn(move || {
                let pool = Database::new(&url, 1);
                on_its_own(async {
                    let turn = Turn::take(&pool, LOCK, &format!("process {}", place % 4)).await.expect("a turn");
                    most.fetch_max(inside.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                    tokio::time::sleep(Duration::from_millis(20)).await;
                    inside.fetch_sub(1, Ordering::SeqCst);
                    done.fetch_add(1, Ordering::SeqCst);
                    turn.end().await;
                });
            });
        }
    });
    assert_eq!((most.load(Ordering::SeqCst), done.load(Ordering::SeqCst)), (1, 16));
    let conn = &mut database.connect();
    let known = &named_locks::list(conn).expect("the locks")[0];
    assert_eq!((known.key.as_str(), known.taken, known.timed_out, known.lapsed), ("many:test", 16, 0, 0));
    assert!(known.average.is_some_and(|millis| (15..2000).contains(&millis)), "{known:?}");
    assert!(named_locks::waiters(conn).expect("waiters").is_empty());
    let token: i64 = rows::table.select(rows::token).first(conn).expect("the row");
    assert_eq!(token, 16, "each had a token of its own");
}

#[test]
fn who_waits_in_vain_is_told_for_what_how_long_and_who_has_it() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let lock = NamedLock::WorkLogs(UserId(123));
    take(conn, lock, "the first").expect("a lock").expect("it was free");
    let pool = Database::new(database.url(), 1);
    let began = Instant::now();
    let late = std::thread::scope(|threads| {
        let waiting = threads.spawn(|| on_its_own(async { Turn::take(&pool, lock, "the second").await.map(|_| ()) }));
        let seen = (0..100).find_map(|_| {
            std::thread::sleep(Duration::from_millis(20));
            named_locks::waiters(conn).expect("waiters").pop()
        });
        let seen = seen.expect("a waiter is seen");
        assert_eq!((seen.key.as_str(), seen.who.as_str()), ("work_log:123", "the second"));
        waiting.join().expect("a thread")
    });
    let Err(Failure::Refused(late)) = late else { panic!("{late:?}") };
    assert_eq!(late.to_string(), "could not take the lock work_log:123 within 5 s: the first has it");
    assert!((5..9).contains(&began.elapsed().as_secs()), "{:?}", began.elapsed());
    assert_eq!(named_locks::list(conn).expect("the locks")[0].timed_out, 1);
}

#[test]
fn a_holder_who_slept_through_the_lease_writes_nothing_once_another_has_it() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let first = take(conn, LOCK, "the first").expect("a lock").expect("it was free");
    assert!(take(conn, LOCK, "the second").expect("a lock").is_none(), "it is held");
    write_under(conn, first, "While it holds").expect("written");
    sleep_through(conn);
    write_under(conn, first, "Lapsed, but nobody else has it").expect("written");
    let second = take(conn, LOCK, "the second").expect("a lock").expect("the lease has lapsed");
    assert_eq!(second.token, first.token + 1);
    let refused = write_under(conn, first, "Too late");
    assert!(matches!(refused, Err(Failure::Broken(Fault::LockLost(LOCK)))), "{refused:?}");
    assert!(
        !go_on(conn, &first).expect("an answer")
            && !give_back(conn, &first).expect("an answer")
            && !stands(conn, &first).expect("an answer")
    );
    write_under(conn, second, "In its turn").expect("written");
    assert!(give_back(conn, &second).expect("an answer"));
    let refused = write_under(conn, second, "After it was given back");
    assert!(matches!(refused, Err(Failure::Broken(Fault::LockLost(LOCK)))), "{refused:?}");
    use guildhall::schema::organisations;
    let written: Vec<String> = organisations::table.select(organisations::name).order(organisations::id).load(conn).expect("names");
    assert_eq!(written, ["While it holds", "Lapsed, but nobody else has it", "In its turn"]);
    let known = &named_locks::list(conn).expect("the locks")[0];
    assert_eq!((known.taken, known.lapsed, known.holder.as_deref()), (2, 1, None));
}

#[test]
fn nobody_takes_it_while_a_transaction_that_proved_it_is_open() {
    let database = TestDatabase::new();
    let (conn, other) = (&mut database.connect(), &mut database.connect());
    let held = take(conn, LOCK, "the first").expect("a lock").expect("it was free");
    sleep_through(conn);
    let mut conn = Connection::new(conn, Patience::None);
    conn.under(held);
    let waited = std::thread::scope(|threads| {
        let mut taking = None;
        transaction(&mut conn, |_| {
            taking = Some(threads.spawn(|| {
                let began = Instant::now();
                let taken = take(other, LOCK, "the second").expect("a lock");
                (taken, began.elapsed())
            }));
            std::thread::sleep(Duration::from_millis(300));
            Ok::<(), Failure<Infallible>>(())
        })
        .expect("committed");
        taking.expect("it was begun").join().expect("a thread")
    });
    assert!(waited.0.is_some() && waited.1 > Duration::from_millis(200), "{waited:?}");
}

#[test]
fn a_lease_that_is_gone_on_with_does_not_lapse() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let held = take(conn, LOCK, "the first").expect("a lock").expect("it was free");
    given::past_triggers(conn, "UPDATE named_locks SET leased_until = clock_timestamp() + interval '300 ms'");
    assert!(go_on(conn, &held).expect("an answer"));
    std::thread::sleep(Duration::from_millis(400));
    assert!(take(conn, LOCK, "the second").expect("a lock").is_none());
}
