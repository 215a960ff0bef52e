//! The twin of the award in a crowd: all read, then all write.
use std::sync::Barrier;

use super::lab::{DROPPED, guard};
use super::twins;
use crate::support::database::TestDatabase;
use crate::support::race::race;
use crate::support::{given, invariants};

#[test]
fn a_crowd_that_decides_before_it_locks_has_as_many_winners_as_members() {
    for clients in [2, 16, 100] {
        let database = TestDatabase::weakened(DROPPED);
        let refused = all_accept(&database, clients);
        let found = invariants::broken(&mut database.connect());
        assert!(refused.is_empty() && found.iter().any(|what| what.starts_with("two winners")), "{found:?}");
        println!("{clients} naive clients without the guards: caught, {} findings", found.len());
    }
}

#[test]
fn the_schema_alone_lets_one_of_a_naive_crowd_through() {
    for clients in [2, 16, 100] {
        let database = TestDatabase::new();
        let refused = all_accept(&database, clients);
        assert_eq!(refused, vec!["proposals_legal_moves"; clients - 1]);
        invariants::hold(&database);
    }
}

/// The guards that refused those who were refused.
fn all_accept(database: &TestDatabase, clients: usize) -> Vec<String> {
    let project = given::open_project(&mut database.connect(), clients);
    let all_have_read = Barrier::new(clients);
    let done = race(database, clients, |place, conn| {
        twins::naive_award(conn, &project, place, || {
            all_have_read.wait();
        })
    });
    done.into_iter().filter_map(guard).collect()
}
