//! A lock by name as it is often written: looked at and then taken, and believed in for as long as one likes.
use guildhall::db::named_locks;
use guildhall::domain::named_lock::NamedLock;

use super::lab::run;
use crate::named_locks::sleep_through;
use crate::support::database::TestDatabase;

const LOCK: NamedLock = NamedLock::Many("twin");
const FREE: &str = "SELECT count(*) AS n FROM named_locks WHERE key = 'many:twin' AND holder IS NULL AND token >= $1";
const TAKE: &str = "UPDATE named_locks SET token = token + 1, holder = 'naive', taken_at = now(), leased_until = now() + interval '9 s' \
    WHERE key = 'many:twin' AND token >= $1";

fn scene() -> TestDatabase {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let held = named_locks::take(conn, LOCK, "somebody").expect("a lock").expect("it was free");
    assert!(named_locks::give_back(conn, &held).expect("an answer"));
    database
}

#[test]
fn looking_whether_it_is_free_and_then_taking_it_is_caught() {
    let database = scene();
    let (conn, other) = (&mut database.connect(), &mut database.connect());
    // both look, then both take
    let mut holders = 0;
    for conn in [&mut *conn, &mut *other] {
        holders += super::lab::read(conn, FREE, 0);
    }
    for conn in [&mut *conn, &mut *other] {
        run(conn, TAKE, &[0]).expect("taken");
    }
    assert_eq!(holders, 2, "both believe that they have it");
    // the same by the lock itself: one has it
    let database = scene();
    let taken = [database.connect(), database.connect()].map(|mut conn| named_locks::take(&mut conn, LOCK, "one").expect("a lock"));
    assert_eq!(taken.iter().flatten().count(), 1);
}

#[test]
fn believing_in_a_lease_without_its_token_is_caught() {
    let database = scene();
    let conn = &mut database.connect();
    let first = named_locks::take(conn, LOCK, "the first").expect("a lock").expect("it was free");
    sleep_through(conn);
    named_locks::take(conn, LOCK, "the second").expect("a lock").expect("the lease had lapsed");
    // what a holder believes who asks only whether the lock is held
    let believed =
        super::lab::read(conn, "SELECT count(*) AS n FROM named_locks WHERE key = 'many:twin' AND holder IS NOT NULL AND token >= $1", 0);
    assert_eq!(believed, 1, "the first would write");
    assert!(!named_locks::stands(conn, &first).expect("an answer"), "by its token it is refused");
}
