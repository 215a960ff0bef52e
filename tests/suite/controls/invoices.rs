//! Invoices as they are often written: the last number read and one added, a week looked up and then taken, a state read
//! and then left.
use diesel::prelude::*;
use guildhall::domain::ids::InvoiceId;

use super::lab::{DROPPED, guard, read, run};
use crate::invoices::ground::{Ground, broken, ground};
use crate::support::database::TestDatabase;

const LAST: &str = "SELECT coalesce(max(seq), 0)::bigint AS n FROM invoices WHERE issuer_id = $1";
const ISSUE: &str = "UPDATE invoices SET status = 'ISSUED', issued_at = now(), issued_on = (now() AT TIME ZONE 'UTC')::date, \
    year = extract(year FROM now() AT TIME ZONE 'UTC')::int, seq = $2::int, issuer_name = 'A', client_name = 'B' WHERE id = $1";
const COUNT: &str = "INSERT INTO invoice_counters SELECT issuer_id, 'INVOICE', year, seq FROM invoices WHERE id = $1 \
    ON CONFLICT (issuer_id, series, year) DO UPDATE SET last = excluded.last";
const TAKEN: &str = "SELECT count(*) AS n FROM invoice_lines WHERE timesheet_id = $1 AND live";
const DRAFT: &str = "INSERT INTO invoices (contract_id, issuer_id, organisation_id, currency, due_on, created_at, subtotal, total) \
    SELECT id, freelancer_id, organisation_id, currency, '2199-01-01', now(), 4500000, 4500000 FROM contracts WHERE id = $1";
const TAKE: &str = "INSERT INTO invoice_lines (invoice_id, place, contract_id, issuer_id, timesheet_id, words, minutes, rate, amount) \
    SELECT max(i.id), 1, t.contract_id, t.freelancer_id, t.id, 'Work', 450, 600000, 4500000 FROM invoices i JOIN timesheets t USING (contract_id) \
    WHERE t.id = $1 GROUP BY t.id";
const STATE: &str = "SELECT count(*) AS n FROM invoices WHERE id = $1 AND status = 'ISSUED'";
const PAY: &str = "UPDATE invoices SET status = 'PAID', paid_at = now(), paid_by = $2, paid_reference = 'SEPA 1' WHERE id = $1";

/// Adds one to the last number that was read.
fn number(conn: &mut PgConnection, on: &Ground, drafts: &[InvoiceId], pause: &mut dyn FnMut()) -> QueryResult<()> {
    let last = read(conn, LAST, on.freelancer.id.0);
    pause();
    conn.transaction(|conn| {
        run(conn, ISSUE, &[drafts[0].0, last + 1])?;
        run(conn, COUNT, &[drafts[0].0])
    })
}

/// Takes a week because it was on no invoice when it was read.
fn week(conn: &mut PgConnection, on: &Ground, _: &[InvoiceId], pause: &mut dyn FnMut()) -> QueryResult<()> {
    let taken = read(conn, TAKEN, on.weeks[2]);
    pause();
    if taken > 0 {
        return Ok(());
    }
    conn.transaction(|conn| {
        run(conn, DRAFT, &[on.contract.0])?;
        run(conn, TAKE, &[on.weeks[2]])
    })
}

/// Pays what was issued when it was read.
fn paid(conn: &mut PgConnection, on: &Ground, drafts: &[InvoiceId], pause: &mut dyn FnMut()) -> QueryResult<()> {
    let issued = read(conn, STATE, drafts[1].0);
    pause();
    if issued == 1 { run(conn, PAY, &[drafts[1].0, on.organisation.owner.id.0]) } else { Ok(()) }
}

type Twin = fn(&mut PgConnection, &Ground, &[InvoiceId], &mut dyn FnMut()) -> QueryResult<()>;
type Rival = fn(&mut PgConnection, &Ground, &[InvoiceId]);

/// Without guards and with a rival it does harm, which the rules find; with guards it is stopped by name.
#[track_caller]
fn is_caught(twin: Twin, rival: Rival, harm: &str, stopped_by: &str) {
    for (weakened, with_rival) in [(true, false), (true, true), (false, true)] {
        let database = if weakened { TestDatabase::weakened(DROPPED) } else { TestDatabase::new() };
        let (mut conn, mut other) = (database.connect(), database.connect());
        let on = ground(&mut conn, 3);
        // the first two weeks stand on a draft and on an issued invoice, the third is free
        let drafts = [on.drafts(&mut conn, 0).expect("a draft"), on.drafts(&mut conn, 1).expect("a draft")];
        on.issues(&mut conn, drafts[1]).expect("an invoice");
        let done = guard(twin(&mut conn, &on, &drafts, &mut || {
            if with_rival {
                rival(&mut other, &on, &drafts);
            }
        }));
        let found = broken(&mut conn);
        assert_eq!(found.iter().any(|found| found.starts_with(harm)), weakened && with_rival, "{harm}: {found:?}");
        assert_eq!(done.as_deref(), (!weakened).then_some(stopped_by), "{harm}");
    }
    println!("{harm}: caught, stopped by {stopped_by}");
}

#[test]
fn adding_one_to_the_last_number_is_caught() {
    let rival: Rival = |conn, on, _| {
        let id = on.drafts(conn, 2).expect("a draft");
        on.issues(conn, id).expect("an invoice");
    };
    is_caught(number, rival, "a number twice", "invoices_one_per_number");
}

#[test]
fn taking_what_was_read_as_free_is_caught() {
    is_caught(week, |conn, on, _| assert!(on.drafts(conn, 2).is_ok()), "a week on two live invoices", "invoice_lines_week_once");
}

#[test]
fn paying_what_was_read_as_issued_is_caught() {
    let rival: Rival = |conn, on, drafts| assert!(on.voids(conn, drafts[1]).is_ok());
    is_caught(paid, rival, "an invoice both paid and void", "invoices_legal_moves");
}
