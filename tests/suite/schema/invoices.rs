//! What the schema refuses of invoices, their lines, their numbers and their papers.

macro_rules! draft {
    () => {
        "INSERT INTO invoices (contract_id, issuer_id, organisation_id, currency, due_on, created_at, subtotal, total)
         SELECT id, freelancer_id, organisation_id, currency, '2199-01-01', now(), 1000, 1000 FROM contracts WHERE project_id = :assigned; "
    };
}
macro_rules! this {
    () => {
        "currval('invoices_id_seq')"
    };
}
macro_rules! line {
    ($amount:literal) => {
        concat!(
            "INSERT INTO invoice_lines (invoice_id, place, contract_id, issuer_id, milestone_id, words, amount)
             SELECT i.id, 1, i.contract_id, i.issuer_id, min(m.id), 'x', ",
            $amount,
            " FROM invoices i JOIN milestones m USING (contract_id)
             WHERE i.id = ",
            this!(),
            " GROUP BY i.id; "
        )
    };
}
macro_rules! week {
    ($columns:literal) => {
        concat!(
            "INSERT INTO timesheets (contract_id, freelancer_id, week, zone, starts_at, ends_at) SELECT c.id, freelancer_id, '2026-08-31', 'UTC',
                 '2026-08-31Z', '2026-09-07Z' FROM contracts c WHERE project_id = :assigned;
             INSERT INTO invoice_lines (invoice_id, contract_id, issuer_id, timesheet_id, words, place, minutes, rate, amount)
             SELECT i.id, i.contract_id, i.issuer_id, t.id, 'x', n, ", $columns, " FROM invoices i JOIN timesheets t USING (contract_id),
                 generate_series(1, 2) n WHERE i.id = ", this!(), " AND t.week = '2026-08-31'; "
        )
    };
}
macro_rules! drawn {
    () => {
        concat!("INSERT INTO invoice_counters SELECT issuer_id, 'INVOICE', 2026, 1 FROM invoices WHERE id = ", this!(), "; ")
    };
}
macro_rules! issued {
    () => {
        concat!(
            "UPDATE invoices SET status = 'ISSUED', issued_at = now(), issued_on = '2026-11-21', year = 2026, seq = 1, issuer_name = 'A',
             client_name = 'B' WHERE id = ",
            this!(),
            "; "
        )
    };
}
macro_rules! whole {
    () => {
        concat!(draft!(), line!("1000"), drawn!(), issued!())
    };
}
macro_rules! paid {
    () => {
        concat!(
            "UPDATE invoices SET status = 'PAID', paid_at = now(), paid_by = :owner, paid_reference = 'SEPA 7' WHERE id = ",
            this!(),
            "; "
        )
    };
}
macro_rules! set {
    ($what:literal) => {
        concat!("UPDATE invoices SET ", $what, " WHERE id = ", this!())
    };
}
macro_rules! tax {
    ($values:literal) => {
        concat!("INSERT INTO invoice_taxes (invoice_id, place, label, basis_points, base, amount) SELECT ", this!(), ", ", $values)
    };
}
macro_rules! counter {
    ($values:literal) => {
        concat!("INSERT INTO invoice_counters SELECT freelancer_id, ", $values, " FROM contracts WHERE project_id = :assigned")
    };
}
macro_rules! credited {
    ($rest:literal) => {
        concat!("INSERT INTO credit_notes SELECT id, issuer_id, ", $rest, " FROM invoices WHERE id = ", this!())
    };
}

/// What must be refused, by which name.
pub const REFUSED: &[(&str, &str)] = &[
    ("invoice_counters_series", counter!("'RECEIPT', 2026, 1")),
    ("invoice_counters_year", counter!("'INVOICE', 1999, 1")),
    ("invoice_counters_by_one", counter!("'INVOICE', 2026, 2")),
    ("invoice_counters_by_one", concat!(whole!(), "UPDATE invoice_counters SET last = 3")),
    ("invoice_counters_by_one", concat!(whole!(), "DELETE FROM invoice_counters")),
    // a number that is on no paper: a gap
    ("invoice_counters_no_gap", counter!("'INVOICE', 2026, 1")),
    ("invoice_counters_no_gap", concat!(whole!(), "UPDATE invoice_counters SET last = 2")),
    ("invoices_status", concat!(draft!(), set!("status = 'SENT'"))),
    ("invoices_issuer_details_short", concat!(draft!(), set!("issuer_details = repeat('x', 501)"))),
    ("invoices_client_details_short", concat!(draft!(), set!("client_details = repeat('x', 501)"))),
    ("invoices_note_short", concat!(draft!(), set!("note = repeat('x', 1001)"))),
    ("invoices_reference_short", concat!(whole!(), set!("status = 'PAID', paid_at = now(), paid_by = :owner, paid_reference = ''"))),
    ("invoices_void_reason_short", concat!(whole!(), set!("status = 'VOID', voided_at = now(), voided_by = :owner, void_reason = ''"))),
    ("invoices_not_negative", concat!(draft!(), set!("tax = -1, total = 999"))),
    ("invoices_total", concat!(draft!(), set!("total = 999"))),
    ("invoices_numbered_iff_issued", concat!(draft!(), line!("1000"), set!("status = 'ISSUED'"))),
    ("invoices_numbered_iff_issued", concat!(draft!(), set!("year = 2026, seq = 1"))),
    (
        "invoices_year_of_issue",
        concat!(
            draft!(),
            set!(
                "status = 'ISSUED', issued_at = now(), issued_on = '2025-11-21', year = 2026, seq = 1, issuer_name = 'A', client_name = 'B'"
            )
        ),
    ),
    ("invoices_paid_by_somebody", concat!(whole!(), set!("status = 'PAID'"))),
    ("invoices_void_by_somebody", concat!(whole!(), set!("status = 'VOID'"))),
    // the same number twice, and one that was never drawn
    ("invoices_one_per_number", concat!(whole!(), draft!(), issued!())),
    ("invoices_number_was_drawn", concat!(draft!(), line!("1000"), issued!())),
    (
        "invoices_reference_once",
        concat!(
            whole!(),
            paid!(),
            draft!(),
            "UPDATE invoice_counters SET last = 2; UPDATE invoices SET status = 'ISSUED', issued_at = now(), issued_on = '2026-11-21', year = 2026, seq = 2, issuer_name = 'A', client_name = 'B' WHERE status = 'DRAFT'; UPDATE invoices SET status = 'PAID', paid_at = now(), paid_by = :owner, paid_reference = ' sepa  7' WHERE seq = 2"
        ),
    ),
    (
        "invoices_legal_moves",
        "INSERT INTO invoices (contract_id, issuer_id, organisation_id, currency, due_on, created_at, status) SELECT id, freelancer_id, organisation_id, currency, '2199-01-01', now(), 'PAID' FROM contracts",
    ),
    ("invoices_legal_moves", concat!(draft!(), paid!())),
    (
        "invoices_legal_moves",
        concat!(
            whole!(),
            paid!(),
            set!(
                "status = 'VOID', paid_at = NULL, paid_by = NULL, paid_reference = NULL, voided_at = now(), voided_by = :owner, void_reason = 'x'"
            )
        ),
    ),
    // between others than the contract's parties
    (
        "invoices_of_contract",
        "INSERT INTO invoices (contract_id, issuer_id, organisation_id, currency, due_on, created_at) SELECT id, :spare, organisation_id, currency, '2199-01-01', now() FROM contracts",
    ),
    ("invoices_frozen", concat!(draft!(), set!("currency = 'USD'"))),
    ("invoices_frozen", concat!(whole!(), set!("note = 'Later.'"))),
    ("invoices_frozen", concat!(whole!(), set!("subtotal = 1, total = 1"))),
    ("invoices_frozen", concat!(whole!(), "DELETE FROM invoices")),
    // what its lines and taxes do not come to, or nothing at all
    ("invoices_add_up", draft!()),
    ("invoices_add_up", concat!(draft!(), line!("999"))),
    ("invoices_add_up", concat!(draft!(), line!("1000"), tax!("1, 'VAT', 2000, 1000, 200"))),
    ("invoices_add_up", concat!(draft!(), line!("1000"), set!("subtotal = 900, total = 900"))),
    ("invoices_void_iff_credited", concat!(whole!(), set!("status = 'VOID', voided_at = now(), voided_by = :owner, void_reason = 'x'"))),
    ("invoices_void_iff_credited", concat!(whole!(), counter!("'CREDIT_NOTE', 2026, 1"), "; ", credited!("2026, 1, now(), '2026-11-21'"))),
    ("invoice_lines_in_order", concat!(draft!(), line!("1000"), "UPDATE invoice_lines SET place = 0")),
    ("invoice_lines_words_short", concat!(draft!(), line!("1000"), "UPDATE invoice_lines SET words = ''")),
    ("invoice_lines_not_negative", concat!(draft!(), line!("-1"))),
    ("invoice_lines_one_thing", concat!(draft!(), line!("1000"), "UPDATE invoice_lines SET milestone_id = NULL")),
    ("invoice_lines_one_thing", concat!(draft!(), line!("1000"), "UPDATE invoice_lines SET rate = 1")),
    // a minute at 0.30 is 0.005, which is 0.01
    ("invoice_lines_rounded", concat!(draft!(), week!("1, 30, 0"))),
    ("invoice_lines_of_own_contract", concat!(draft!(), line!("1000"), "UPDATE invoice_lines SET issuer_id = :spare")),
    ("invoice_lines_live", concat!(draft!(), line!("1000"), "UPDATE invoice_lines SET live = false")),
    (
        "invoice_lines_of_own_week",
        concat!(draft!(), line!("1000"), "UPDATE invoice_lines SET milestone_id = NULL, timesheet_id = 0, minutes = 60, rate = 1000"),
    ),
    ("invoice_lines_of_own_milestone", concat!(draft!(), line!("1000"), "UPDATE invoice_lines SET milestone_id = 0")),
    // the same week twice, and the same milestone on two that are not void
    ("invoice_lines_week_once", concat!(draft!(), week!("1, 30, 1"))),
    ("invoice_lines_milestone_once", concat!(draft!(), line!("1000"), draft!(), line!("1000"))),
    ("invoice_lines_frozen", concat!(whole!(), "UPDATE invoice_lines SET words = 'y'")),
    ("invoice_lines_frozen", concat!(whole!(), "DELETE FROM invoice_lines")),
    ("invoice_lines_frozen", concat!(whole!(), tax!("1, 'VAT', 0, 1000, 0"))),
    ("invoice_taxes_in_order", concat!(draft!(), tax!("0, 'VAT', 0, 1000, 0"))),
    ("invoice_taxes_label_short", concat!(draft!(), tax!("1, '', 0, 1000, 0"))),
    ("invoice_taxes_rate", concat!(draft!(), tax!("1, 'VAT', 10001, 0, 0"))),
    ("invoice_taxes_once", concat!(draft!(), tax!("n, 'VAT', 0, 1000, 0 FROM generate_series(1, 2) n"))),
    // 1 % of 0.50 is 0.005, which is 0.01
    ("invoice_taxes_rounded", concat!(draft!(), tax!("1, 'VAT', 100, 50, 0"))),
    ("credit_notes_year_of_issue", concat!(whole!(), credited!("2026, 1, now(), '2025-11-21'"))),
    ("credit_notes_frozen", concat!(whole!(), credited!("2026, 1, now(), '2026-11-21'"), "; DELETE FROM credit_notes")),
    (
        "credit_notes_one_per_number",
        concat!(whole!(), credited!("2026, 1, now(), '2026-11-21'"), "; ", draft!(), credited!("2026, 1, now(), '2026-11-21'")),
    ),
    (
        "invoice_papers_series",
        concat!(draft!(), "INSERT INTO invoice_papers (invoice_id, series, bytes) SELECT ", this!(), ", 'RECEIPT', 'x'"),
    ),
    (
        "invoice_papers_bounded",
        concat!(draft!(), "INSERT INTO invoice_papers (invoice_id, series, bytes) SELECT ", this!(), ", 'INVOICE', ''"),
    ),
];
