//! Invoices while others write, pay or take them back.
use diesel::prelude::*;
use guildhall::db::Failure;
use guildhall::domain::ids::InvoiceId;
use guildhall::domain::invoice::{InvoiceRefused, InvoiceStatus};
use guildhall::schema::{credit_notes, invoice_counters, invoices};

use super::ground::{Ground, ground, ground_on, hold};
use crate::support::database::TestDatabase;
use crate::support::given;
use crate::support::invariants;
use crate::support::race::race;

const ROUNDS: usize = 10;

fn status(conn: &mut PgConnection, id: InvoiceId) -> InvoiceStatus {
    invoices::table.find(id.0).select(invoices::status).first(conn).expect("the invoice")
}

#[test]
fn a_hundred_contracts_of_one_freelancer_draw_a_hundred_numbers_without_a_gap() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let freelancer = given::freelancer(conn, "Ada Byron");
    let organisation = given::organisation(conn);
    let all: Vec<(Ground, InvoiceId)> = (0..100)
        .map(|_| {
            let on = given::open_project_with(conn, organisation.clone(), vec![freelancer.clone()]);
            let ground = ground_on(conn, &on, 1);
            let draft = ground.drafts(conn, 0).expect("a draft");
            (ground, draft)
        })
        .collect();
    let mut numbers = race(&database, 100, |place, conn| all[place].0.issues(conn, all[place].1).expect("an invoice").seq);
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=100).collect::<Vec<_>>());
    let last: Vec<i32> = invoice_counters::table.select(invoice_counters::last).load(conn).expect("the counter");
    assert_eq!(last, [100]);
    hold(conn);
    invariants::hold(&database);
}

#[test]
fn a_hundred_who_draft_the_same_week_make_one_invoice() {
    let database = TestDatabase::new();
    let ground = ground(&mut database.connect(), 1);
    let done = race(&database, 100, |_, conn| ground.drafts(conn, 0));
    let made: Vec<InvoiceId> = done.iter().filter_map(|done| done.as_ref().ok()).copied().collect();
    assert_eq!(made.len(), 1);
    for lost in done.iter().filter(|done| done.is_err()) {
        assert!(matches!(lost, Err(Failure::Refused(InvoiceRefused::OnAnother(id))) if *id == made[0]), "{lost:?}");
    }
    hold(&mut database.connect());
    invariants::hold(&database);
}

type Act = fn(&Ground, &mut PgConnection, InvoiceId) -> Result<(), Failure<InvoiceRefused>>;

/// Two moves of one issued invoice, of which one wins and the other is told what it is now.
fn one_wins(acts: [Act; 2]) -> [usize; 2] {
    let database = TestDatabase::new();
    let mut won = [0, 0];
    for _ in 0..ROUNDS {
        let conn = &mut database.connect();
        let ground = ground(conn, 2);
        let id = ground.issued(conn);
        let done = race(&database, 2, |place, conn| acts[place](&ground, conn, id));
        let winners: Vec<usize> = (0..2).filter(|place| done[*place].is_ok()).collect();
        assert_eq!(winners.len(), 1, "{done:?}");
        won[winners[0]] += 1;
        let now = status(conn, id);
        assert!(matches!(&done[1 - winners[0]], Err(Failure::Refused(InvoiceRefused::InvoiceIs(is))) if *is == now), "{done:?}");
    }
    hold(&mut database.connect());
    invariants::hold(&database);
    won
}

fn pay(ground: &Ground, conn: &mut PgConnection, id: InvoiceId) -> Result<(), Failure<InvoiceRefused>> {
    ground.pays(conn, id, &format!("SEPA {id}"))
}

fn void(ground: &Ground, conn: &mut PgConnection, id: InvoiceId) -> Result<(), Failure<InvoiceRefused>> {
    ground.voids(conn, id).map(drop)
}

#[test]
fn paid_or_void_but_not_both() {
    println!("paid and void won {:?}", one_wins([pay, void]));
    one_wins([pay, pay]);
    one_wins([void, void]);
}

#[test]
fn an_invoice_is_issued_once_and_a_void_one_stays_void() {
    let database = TestDatabase::new();
    for _ in 0..ROUNDS {
        let conn = &mut database.connect();
        let ground = ground(conn, 1);
        let id = ground.whole_draft(conn);
        let done = race(&database, 8, |_, conn| ground.issues(conn, id));
        assert_eq!(done.iter().filter(|done| done.is_ok()).count(), 1);
        let too_late = |done: &&Result<_, Failure<InvoiceRefused>>| {
            matches!(done, Err(Failure::Refused(InvoiceRefused::InvoiceIs(InvoiceStatus::Issued))))
        };
        assert_eq!(done.iter().filter(too_late).count(), 7, "{done:?}");
        // the same draft issued and what stood on another one that is void: again invoiced, on one alone
        ground.voids(conn, id).expect("a credit note");
        let done = race(&database, 4, |_, conn| ground.drafts(conn, 0));
        assert_eq!(done.iter().filter(|done| done.is_ok()).count(), 1);
    }
    let conn = &mut database.connect();
    assert_eq!(credit_notes::table.count().get_result(conn), Ok(i64::try_from(ROUNDS).unwrap()));
    hold(conn);
    invariants::hold(&database);
}

#[test]
fn one_transfer_pays_one_invoice_of_a_client() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let organisation = given::organisation(conn);
    let all: Vec<(Ground, InvoiceId)> = (0..8)
        .map(|_| {
            let freelancer = given::freelancer(conn, "Ada Byron");
            let on = given::open_project_with(conn, organisation.clone(), vec![freelancer]);
            let ground = ground_on(conn, &on, 1);
            let id = ground.issued(conn);
            (ground, id)
        })
        .collect();
    let done = race(&database, 8, |place, conn| all[place].0.pays(conn, all[place].1, if place % 2 == 0 { "SEPA 7" } else { " sepa  7" }));
    assert_eq!(done.iter().filter(|done| done.is_ok()).count(), 1);
    let used = |done: &&Result<(), Failure<InvoiceRefused>>| matches!(done, Err(Failure::Refused(InvoiceRefused::ReferenceUsed)));
    assert_eq!(done.iter().filter(used).count(), 7, "{done:?}");
    hold(conn);
    invariants::hold(&database);
}
