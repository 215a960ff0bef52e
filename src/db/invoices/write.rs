//! Writing invoices, all under their contract's lock: each writer names the decision that it writes, and counts its rows.

use chrono::{Datelike, NaiveDate};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Text, Timestamptz};

use crate::db::failure::count;
use crate::db::prepared::statement;
use crate::db::{Fault, Locked, Tx};
use crate::domain::contract::Contract;
use crate::domain::ids::{InvoiceId, UserId};
use crate::domain::invoice::{Invoice, InvoiceContent, InvoiceStatus, Line, Number, Series, Sums};
use crate::schema::{credit_notes, invoice_lines, invoice_taxes, invoices};

/// A new draft with its lines.
pub fn write_draft(
    tx: &mut Tx<'_>,
    contract: &Locked<Contract>,
    content: &InvoiceContent,
    lines: &[Line],
    sums: &Sums,
) -> Result<InvoiceId, Fault> {
    let id: InvoiceId = diesel::insert_into(invoices::table)
        .values((
            (
                invoices::contract_id.eq(contract.id.0),
                invoices::issuer_id.eq(contract.freelancer_id.0),
                invoices::organisation_id.eq(contract.organisation_id.0),
                invoices::currency.eq(&contract.currency),
                invoices::created_at.eq(contract.at),
            ),
            words(content, sums),
        ))
        .returning(invoices::id)
        .get_result(&mut **tx)?;
    write_parts(tx, contract, id, content, lines, sums)?;
    Ok(id)
}

/// Other words and lines over a draft.
pub fn write_edited(
    tx: &mut Tx<'_>,
    contract: &Locked<Contract>,
    invoice: &Invoice,
    content: &InvoiceContent,
    lines: &[Line],
    sums: &Sums,
) -> Result<(), Fault> {
    diesel::delete(invoice_lines::table.filter(invoice_lines::invoice_id.eq(invoice.id.0))).execute(&mut **tx)?;
    diesel::delete(invoice_taxes::table.filter(invoice_taxes::invoice_id.eq(invoice.id.0))).execute(&mut **tx)?;
    let wrote = diesel::update(draft(invoice)).set((words(content, sums), invoices::version.eq(invoice.version + 1))).execute(&mut **tx)?;
    count("drafts edited", 1, wrote)?;
    write_parts(tx, contract, invoice.id, content, lines, sums)
}

/// A draft goes, and its lines with it.
pub fn write_discarded(tx: &mut Tx<'_>, invoice: &Invoice) -> Result<(), Fault> {
    let gone = diesel::delete(draft(invoice)).execute(&mut **tx)?;
    count("drafts discarded", 1, gone)
}

fn write_parts(
    tx: &mut Tx<'_>,
    contract: &Locked<Contract>,
    id: InvoiceId,
    content: &InvoiceContent,
    lines: &[Line],
    sums: &Sums,
) -> Result<(), Fault> {
    use invoice_lines as l;
    let row = |(place, line): (i32, &Line)| {
        (
            (l::invoice_id.eq(id.0), l::place.eq(place), l::contract_id.eq(contract.id.0), l::issuer_id.eq(contract.freelancer_id.0)),
            (l::timesheet_id.eq(line.timesheet), l::milestone_id.eq(line.milestone), l::words.eq(line.words.clone())),
            (l::minutes.eq(line.minutes), l::rate.eq(line.rate), l::amount.eq(line.amount)),
        )
    };
    let rows: Vec<_> = (1..).zip(lines).map(row).collect();
    count("lines written", lines.len(), diesel::insert_into(l::table).values(rows).execute(&mut **tx)?)?;
    use invoice_taxes as t;
    let row = |(place, (tax, amount)): (i32, (&crate::domain::invoice::Tax, &i64))| {
        let key = (t::invoice_id.eq(id.0), t::place.eq(place), t::label.eq(tax.label.clone()), t::basis_points.eq(tax.basis_points));
        (key, (t::base.eq(sums.subtotal), t::amount.eq(*amount)))
    };
    let rows: Vec<_> = (1..).zip(content.taxes.iter().zip(&sums.taxes)).map(row).collect();
    count("taxes written", content.taxes.len(), diesel::insert_into(t::table).values(rows).execute(&mut **tx)?)
}

/// The next number of a freelancer's: the row is held until the transaction ends, so that this is its last lock.
pub fn draw(tx: &mut Tx<'_>, issuer: UserId, series: Series, year: i32) -> Result<Number, Fault> {
    #[derive(QueryableByName)]
    struct Drawn {
        #[diesel(sql_type = Integer)]
        last: i32,
    }
    let drawn: Drawn = statement(
        "INSERT INTO invoice_counters (issuer_id, series, year, last) VALUES ($1, $2, $3, 1) \
         ON CONFLICT (issuer_id, series, year) DO UPDATE SET last = invoice_counters.last + 1 RETURNING last",
    )
    .bind::<BigInt, _>(issuer)
    .bind::<Text, _>(series)
    .bind::<Integer, _>(year)
    .get_result(&mut **tx)?;
    Ok(Number { series, year, seq: drawn.last })
}

/// With what a draft becomes an invoice.
#[derive(Debug, Clone)]
pub struct Issue<'i> {
    /// Its number.
    pub number: Number,
    /// The day on it.
    pub on: NaiveDate,
    /// The freelancer, as they are called that day.
    pub issuer: &'i str,
    /// The client, as it is called that day.
    pub client: &'i str,
}

/// DRAFT → ISSUED.
pub fn write_issued(tx: &mut Tx<'_>, contract: &Locked<Contract>, invoice: &Invoice, issue: &Issue<'_>) -> Result<(), Fault> {
    let wrote = diesel::update(draft(invoice))
        .set((
            invoices::status.eq(InvoiceStatus::Issued),
            invoices::issued_at.eq(Some(contract.at)),
            invoices::issued_on.eq(Some(issue.on)),
            invoices::year.eq(Some(issue.number.year)),
            invoices::seq.eq(Some(issue.number.seq)),
            invoices::issuer_name.eq(Some(issue.issuer)),
            invoices::client_name.eq(Some(issue.client)),
        ))
        .execute(&mut **tx)?;
    count("invoices issued", 1, wrote)
}

/// ISSUED → PAID. The reference is another invoice's where this meets `invoices_reference_once`.
pub fn write_paid(tx: &mut Tx<'_>, contract: &Locked<Contract>, invoice: &Invoice, by: UserId, reference: &str) -> QueryResult<usize> {
    diesel::update(issued(invoice))
        .set((
            invoices::status.eq(InvoiceStatus::Paid),
            invoices::paid_at.eq(Some(contract.at)),
            invoices::paid_by.eq(Some(by.0)),
            invoices::paid_reference.eq(Some(reference)),
        ))
        .execute(&mut **tx)
}

/// ISSUED → VOID; its lines hold nothing from then on.
pub fn write_void(tx: &mut Tx<'_>, contract: &Locked<Contract>, invoice: &Invoice, by: UserId, reason: &str) -> Result<(), Fault> {
    let wrote = diesel::update(issued(invoice))
        .set((
            invoices::status.eq(InvoiceStatus::Void),
            invoices::voided_at.eq(Some(contract.at)),
            invoices::voided_by.eq(Some(by.0)),
            invoices::void_reason.eq(Some(reason)),
        ))
        .execute(&mut **tx)?;
    count("invoices voided", 1, wrote)
}

/// The paper that takes it back.
pub fn write_credit_note(
    tx: &mut Tx<'_>,
    contract: &Locked<Contract>,
    invoice: &Invoice,
    number: Number,
    on: NaiveDate,
) -> Result<(), Fault> {
    debug_assert_eq!(number.year, on.year());
    let wrote = diesel::insert_into(credit_notes::table)
        .values((
            credit_notes::invoice_id.eq(invoice.id.0),
            credit_notes::issuer_id.eq(invoice.issuer_id.0),
            credit_notes::year.eq(number.year),
            credit_notes::seq.eq(number.seq),
            credit_notes::issued_at.eq(contract.at),
            credit_notes::issued_on.eq(on),
        ))
        .execute(&mut **tx)?;
    count("credit notes written", 1, wrote)
}

/// APPROVED → INVOICED, every week on an invoice.
pub fn write_weeks_invoiced(tx: &mut Tx<'_>, invoice: &Invoice, lines: &[Line]) -> Result<(), Fault> {
    move_weeks(tx, invoice, lines, "APPROVED", "INVOICED")
}

/// INVOICED → APPROVED, every week on an invoice.
pub fn write_weeks_approved(tx: &mut Tx<'_>, invoice: &Invoice, lines: &[Line]) -> Result<(), Fault> {
    move_weeks(tx, invoice, lines, "INVOICED", "APPROVED")
}

fn move_weeks(tx: &mut Tx<'_>, invoice: &Invoice, lines: &[Line], from: &str, to: &str) -> Result<(), Fault> {
    let moved = statement(
        "UPDATE timesheets SET state = $3, version = version + 1 WHERE state = $2 AND contract_id = $4 \
         AND id IN (SELECT timesheet_id FROM invoice_lines WHERE invoice_id = $1)",
    )
    .bind::<BigInt, _>(invoice.id)
    .bind::<Text, _>(from)
    .bind::<Text, _>(to)
    .bind::<BigInt, _>(invoice.contract_id)
    .execute(&mut **tx)?;
    count("weeks moved", lines.iter().filter(|line| line.timesheet.is_some()).count(), moved)
}

/// APPROVED → PAID, every milestone on an invoice; the contract's total moves with them.
pub fn write_milestones_paid(tx: &mut Tx<'_>, contract: &Locked<Contract>, invoice: &Invoice, lines: &[Line]) -> Result<(), Fault> {
    let parts: Vec<_> = lines.iter().filter(|line| line.milestone.is_some()).collect();
    if parts.is_empty() {
        return Ok(());
    }
    let moved = statement(
        "UPDATE milestones SET status = 'PAID', moved_at = $3 WHERE status = 'APPROVED' AND contract_id = $2 \
         AND id IN (SELECT milestone_id FROM invoice_lines WHERE invoice_id = $1)",
    )
    .bind::<BigInt, _>(invoice.id)
    .bind::<BigInt, _>(invoice.contract_id)
    .bind::<Timestamptz, _>(contract.at)
    .execute(&mut **tx)?;
    count("milestones paid", parts.len(), moved)?;
    let sum: i64 = parts.iter().map(|line| line.amount).sum();
    let moved = statement("UPDATE contracts SET paid_total = paid_total + $2, updated_at = $3 WHERE id = $1")
        .bind::<BigInt, _>(contract.id)
        .bind::<BigInt, _>(sum)
        .bind::<Timestamptz, _>(contract.at)
        .execute(&mut **tx)?;
    count("totals moved", 1, moved)
}

type InState = diesel::dsl::Filter<diesel::dsl::Find<invoices::table, i64>, diesel::dsl::Eq<invoices::status, InvoiceStatus>>;

fn draft(invoice: &Invoice) -> InState {
    invoices::table.find(invoice.id.0).filter(invoices::status.eq(InvoiceStatus::Draft))
}

fn issued(invoice: &Invoice) -> InState {
    invoices::table.find(invoice.id.0).filter(invoices::status.eq(InvoiceStatus::Issued))
}

type Words<'c> = (
    diesel::dsl::Eq<invoices::issuer_details, &'c str>,
    diesel::dsl::Eq<invoices::client_details, &'c str>,
    diesel::dsl::Eq<invoices::note, &'c str>,
    diesel::dsl::Eq<invoices::due_on, NaiveDate>,
    diesel::dsl::Eq<invoices::subtotal, i64>,
    diesel::dsl::Eq<invoices::tax, i64>,
    diesel::dsl::Eq<invoices::total, i64>,
);

fn words<'c>(content: &'c InvoiceContent, sums: &Sums) -> Words<'c> {
    (
        invoices::issuer_details.eq(content.issuer_details.as_str()),
        invoices::client_details.eq(content.client_details.as_str()),
        invoices::note.eq(content.note.as_str()),
        invoices::due_on.eq(content.due_on),
        invoices::subtotal.eq(sums.subtotal),
        invoices::tax.eq(sums.tax),
        invoices::total.eq(sums.total),
    )
}
