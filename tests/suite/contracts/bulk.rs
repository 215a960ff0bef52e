//! Many milestones in one step: all or nothing, and never a deadlock, whichever order people name them in.
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use guildhall::db::{Failure, milestones};
use guildhall::domain::contract::ContractRefused;
use guildhall::operations::milestones::{approve_milestones, reorder_milestones};

use super::act::{Act, deal, deal_between, seen};
use crate::support::database::TestDatabase;
use crate::support::given::{self, patient};
use crate::support::invariants;
use crate::support::race::start_together;

const ROUNDS: usize = 1000;

#[test]
fn one_that_cannot_be_approved_keeps_all_from_it() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let on = deal(conn);
    Act::Submit(0).run(conn, &on).expect("a delivery");
    let both = [seen(&on, 0), seen(&on, 1)];
    let refused = approve_milestones(&mut patient(conn), on.manager(), on.id, &both);
    assert!(matches!(refused, Err(Failure::Refused(ContractRefused::MilestoneIs(id, _))) if id == on.milestones[1]), "{refused:?}");
    let other = deal(conn);
    Act::Submit(0).run(conn, &other).expect("a delivery");
    let foreign = approve_milestones(&mut patient(conn), on.manager(), on.id, &[seen(&on, 0), seen(&other, 0)]);
    assert!(matches!(foreign, Err(Failure::Refused(ContractRefused::Missing))), "{foreign:?}");
    let found = milestones::of_contract(conn, on.id).expect("milestones");
    assert!(found.iter().all(|one| one.status.as_str() != "APPROVED"), "{found:?}");
    Act::Submit(1).run(conn, &on).expect("a delivery");
    Act::ApproveAll.run(conn, &on).expect("both");
    invariants::hold(&database);
}

#[test]
fn an_order_names_every_milestone_once() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let on = deal(conn);
    let [a, b, c] = on.milestones[..] else { panic!("three") };
    for wrong in [vec![a, b], vec![a, b, b], vec![a, b, c, c], vec![]] {
        let refused = reorder_milestones(&mut patient(conn), on.manager(), on.id, &wrong);
        assert!(matches!(refused, Err(Failure::Refused(ContractRefused::OtherMilestones))), "{refused:?}");
    }
    reorder_milestones(&mut patient(conn), on.manager(), on.id, &[c, a, b]).expect("an order");
    let found: Vec<_> = milestones::of_contract(conn, on.id).expect("milestones").iter().map(|one| one.id).collect();
    assert_eq!(found, [c, a, b]);
    invariants::hold(&database);
}

#[test]
fn two_bulk_changes_in_opposite_order_never_deadlock() {
    let database = TestDatabase::new();
    let on = deal(&mut database.connect());
    let turns = start_together(
        2,
        |_| database.connect(),
        |side, mut conn| {
            let mut order = on.milestones.clone();
            if side == 1 {
                order.reverse();
            }
            let by = if side == 0 { on.manager() } else { on.freelancer() };
            for round in 0..ROUNDS {
                reorder_milestones(&mut patient(&mut conn), by, on.id, &order).unwrap_or_else(|why| panic!("round {round}: {why:?}"));
            }
            ROUNDS
        },
    );
    assert_eq!(turns, [ROUNDS, ROUNDS]);
    assert_eq!(deadlocks(&database), 0);
    println!("{ROUNDS} rounds, 0 deadlocks");
    invariants::hold(&database);
}

#[test]
fn approving_all_in_opposite_order_approves_once() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let organisation = given::organisation(conn);
    let freelancers = ["Ada Byron", "Ivo Tanaka"].map(|name| given::freelancer(conn, name));
    for _ in 0..20 {
        let on = deal_between(conn, &organisation, &freelancers);
        (0..3).for_each(|place| Act::Submit(place).run(conn, &on).expect("a delivery"));
        let done = start_together(
            4,
            |_| database.connect(),
            |side, mut conn| {
                let mut all: Vec<_> = (0..3).map(|place| seen(&on, place)).collect();
                if side % 2 == 1 {
                    all.reverse();
                }
                approve_milestones(&mut patient(&mut conn), on.manager(), on.id, &all)
            },
        );
        assert_eq!(done.iter().filter(|one| one.is_ok()).count(), 1, "{done:?}");
        for why in done.into_iter().filter_map(Result::err) {
            assert!(matches!(why, Failure::Refused(ContractRefused::MilestoneIs(..))), "{why:?}");
        }
    }
    assert_eq!(deadlocks(&database), 0);
    invariants::hold(&database);
}

fn deadlocks(database: &TestDatabase) -> i64 {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        deadlocks: i64,
    }
    let row: Row = diesel::sql_query("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        .get_result(&mut database.connect())
        .expect("the database's own count");
    row.deadlocks
}
