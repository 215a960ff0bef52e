//! Each rule about time, weeks and invoices finds what breaks it.
use guildhall::db::verify::verify;
use guildhall::domain::ids::InvoiceId;

use crate::invoices::ground::{Ground, ground};
use crate::support::database::TestDatabase;
use crate::support::given;

/// What is wrong after this was done past every trigger to two weeks and a milestone, of which the first week is invoiced and
/// paid, and the rest was invoiced and taken back.
#[track_caller]
fn finds(tamper: impl FnOnce(&Ground, InvoiceId, InvoiceId) -> String, faults: impl FnOnce(&Ground, InvoiceId, InvoiceId) -> Vec<String>) {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let ground = ground(conn, 2);
    let paid = ground.drafts(conn, 0).expect("a draft");
    ground.issues(conn, paid).expect("an invoice");
    ground.pays(conn, paid, "SEPA 1").expect("a transfer");
    let rest = guildhall::operations::invoices::draft_invoice(
        &mut given::patient(conn),
        ground.freelancer.id,
        ground.contract,
        &crate::invoices::ground::content(&ground.weeks[1..], Some(ground.milestone)),
        None,
    )
    .expect("a draft");
    ground.issues(conn, rest).expect("an invoice");
    ground.voids(conn, rest).expect("a credit note");
    given::past_triggers(conn, &tamper(&ground, paid, rest));
    let report = verify(conn).expect("the database can be read");
    let found = report.faults.iter().filter(|fault| fault.check != "guard").map(|fault| format!("{}: {}", fault.check, fault.at));
    // the ground's weeks and its kind were written past the operations, which other rules may notice
    let found: Vec<_> = found.filter(|fault| !fault.starts_with("terms") && !fault.starts_with("contract_totals")).collect();
    assert_eq!(found, faults(&ground, paid, rest), "{report}");
}

#[test]
fn nothing_is_wrong_where_all_was_invoiced() {
    finds(|_, _, _| "SELECT 1".to_owned(), |_, _, _| Vec::new());
}

#[test]
fn a_minute_twice() {
    finds(
        |ground, _, _| {
            format!(
                "ALTER TABLE work_logs DROP CONSTRAINT work_logs_no_overlap; INSERT INTO work_logs (id, timesheet_id, contract_id, \
                     freelancer_id, started_at, ended_at, origin, created_at, updated_at) \
                 SELECT 7000000, timesheet_id, contract_id, freelancer_id, ended_at - interval '1 minute', ended_at + interval '1 minute', \
                     origin, created_at, updated_at FROM work_logs WHERE timesheet_id = {}",
                ground.weeks[1]
            )
        },
        |ground, _, _| vec!["no_minute_twice: session 7000000".to_owned(), format!("week_was_worked: week {}", ground.weeks[1])],
    );
}

#[test]
fn a_session_of_another_week() {
    let moved = |ground: &Ground| format!("UPDATE timesheets SET starts_at = starts_at + interval '1 day' WHERE id = {}", ground.weeks[1]);
    finds(
        |ground, _, _| {
            format!(
                "ALTER TABLE timesheets DROP CONSTRAINT timesheets_edges; UPDATE work_logs SET id = 7000000 WHERE timesheet_id = {}; {}",
                ground.weeks[1],
                moved(ground)
            )
        },
        |ground, _, _| vec!["session_lies_in_its_week: session 7000000".to_owned(), format!("week_was_worked: week {}", ground.weeks[1])],
    );
}

#[test]
fn hours_that_were_not_worked() {
    finds(
        |ground, _, _| format!("UPDATE timesheets SET minutes = minutes + 1 WHERE id = {}", ground.weeks[1]),
        |ground, _, _| vec![format!("week_was_worked: week {}", ground.weeks[1])],
    );
}

#[test]
fn a_week_that_says_it_was_invoiced_and_a_milestone_that_says_it_was_paid() {
    finds(
        |ground, _, _| {
            format!(
                "UPDATE timesheets SET state = 'INVOICED' WHERE id = {}; UPDATE milestones SET status = 'PAID' WHERE id = {}",
                ground.weeks[1], ground.milestone
            )
        },
        |ground, _, _| {
            vec![format!("week_is_invoiced: week {}", ground.weeks[1]), format!("milestone_is_paid: milestone {}", ground.milestone)]
        },
    );
}

#[test]
fn a_thing_on_two_invoices() {
    finds(
        |ground, paid, _| {
            format!(
                "DROP INDEX invoice_lines_week_once; INSERT INTO invoices (id, contract_id, issuer_id, organisation_id, currency, due_on, \
                     created_at, subtotal, total) SELECT 7000000, contract_id, issuer_id, organisation_id, currency, due_on, created_at, \
                     subtotal, subtotal FROM invoices WHERE id = {paid}; \
                 INSERT INTO invoice_lines (invoice_id, place, contract_id, issuer_id, timesheet_id, words, minutes, rate, amount) \
                 SELECT 7000000, place, contract_id, issuer_id, timesheet_id, words, minutes, rate, amount FROM invoice_lines \
                     WHERE timesheet_id = {}",
                ground.weeks[0]
            )
        },
        |_, _, _| vec!["invoiced_once: invoice 7000000".to_owned()],
    );
}

#[test]
fn a_line_that_was_changed() {
    finds(
        |_, paid, _| format!("UPDATE invoice_lines SET minutes = 60, amount = rate WHERE invoice_id = {paid}"),
        |_, paid, _| vec![format!("invoice_adds_up: invoice {paid}")],
    );
}

#[test]
fn a_number_that_is_gone_and_a_counter_that_was_set() {
    let expected = |ground: &Ground, _, _| vec![format!("invoice_numbers_without_gap: freelancer {}", ground.freelancer.id)];
    finds(|_, paid, _| format!("UPDATE invoices SET seq = 7 WHERE id = {paid}"), expected);
    finds(|_, _, _| "UPDATE invoice_counters SET last = 9 WHERE series = 'CREDIT_NOTE'".to_owned(), expected);
    finds(|_, _, _| "DELETE FROM invoice_counters WHERE series = 'INVOICE'".to_owned(), expected);
}

#[test]
fn an_invoice_that_says_it_was_void_or_was_not() {
    finds(
        |_, _, rest| {
            format!("DELETE FROM credit_notes WHERE invoice_id = {rest}; DELETE FROM invoice_counters WHERE series = 'CREDIT_NOTE'")
        },
        |_, _, rest| vec![format!("void_iff_credited: invoice {rest}")],
    );
    finds(
        |_, paid, _| {
            format!("UPDATE invoices SET status = 'ISSUED', paid_at = NULL, paid_by = NULL, paid_reference = NULL WHERE id = {paid}")
        },
        |_, paid, _| vec![format!("invoice_has_trace: invoice {paid}")],
    );
}
