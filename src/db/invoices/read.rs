//! Reading single invoices.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::domain::ids::{ContractId, InvoiceId, UserId};
use crate::domain::invoice::{Invoice, InvoiceStatus, Line, Side};
use crate::domain::membership::Role;
use crate::schema::{contracts, credit_notes, invoice_lines, invoice_taxes, invoices, memberships, organisations, projects, users};

/// An invoice with all that stands on its paper.
#[derive(Debug, Clone)]
pub struct Shown {
    /// The invoice.
    pub invoice: Invoice,
    /// The project's title.
    pub title: String,
    /// The freelancer, as they are called now.
    pub issuer: String,
    /// The client, as it is called now.
    pub client: String,
    /// What took it back.
    pub credit: Option<CreditNote>,
    /// In their order.
    pub lines: Vec<Line>,
    /// In their order.
    pub taxes: Vec<TaxLine>,
}

/// What took an invoice back.
#[derive(Debug, Clone, Queryable)]
pub struct CreditNote {
    /// Of its number.
    pub year: i32,
    /// Of its number.
    pub seq: i32,
    /// The day on it.
    pub issued_on: NaiveDate,
}

/// A tax with what it comes to.
#[derive(Debug, Clone, Queryable)]
pub struct TaxLine {
    /// Its name.
    pub label: String,
    /// Hundredths of a percent.
    pub basis_points: i32,
    /// Minor units.
    pub amount: i64,
}

/// The contract of an invoice, which never changes: to be locked first.
pub fn contract_of(conn: &mut PgConnection, id: InvoiceId) -> QueryResult<Option<ContractId>> {
    invoices::table.find(id.0).select(invoices::contract_id).first(conn).optional()
}

/// An invoice by its id, as it is under its contract's lock.
pub fn find(conn: &mut PgConnection, id: InvoiceId) -> QueryResult<Option<Invoice>> {
    invoices::table.find(id.0).select(Invoice::as_select()).first(conn).optional()
}

/// An invoice for one of the sides of its contract; a draft for its freelancer alone.
pub fn find_for(conn: &mut PgConnection, id: InvoiceId, reader: UserId) -> QueryResult<Option<(Shown, Side)>> {
    let Some((shown, role)) = read(conn, id, reader)? else { return Ok(None) };
    let side = if shown.invoice.issuer_id == reader { Some(Side::Freelancer) } else { role.map(Side::Client) };
    Ok(side.filter(|side| side.sees(shown.invoice.status)).map(|side| (shown, side)))
}

/// An invoice with all that stands on it, whoever asks: for the house, which draws it.
pub fn find_whole(conn: &mut PgConnection, id: InvoiceId) -> QueryResult<Option<Shown>> {
    Ok(read(conn, id, UserId(0))?.map(|(shown, _)| shown))
}

fn read(conn: &mut PgConnection, id: InvoiceId, reader: UserId) -> QueryResult<Option<(Shown, Option<Role>)>> {
    let own = memberships::organisation_id.eq(invoices::organisation_id).and(memberships::user_id.eq(reader.0));
    type Row = (Invoice, String, String, String, Option<Role>, Option<CreditNote>);
    let row: Option<Row> = invoices::table
        .inner_join(contracts::table.on(contracts::id.eq(invoices::contract_id)))
        .inner_join(projects::table.on(projects::id.eq(contracts::project_id)))
        .inner_join(organisations::table.on(organisations::id.eq(invoices::organisation_id)))
        .inner_join(users::table.on(users::id.eq(invoices::issuer_id)))
        .left_join(memberships::table.on(own))
        .left_join(credit_notes::table.on(credit_notes::invoice_id.eq(invoices::id)))
        .filter(invoices::id.eq(id.0))
        .select((
            Invoice::as_select(),
            projects::title,
            users::name,
            organisations::name,
            memberships::role.nullable(),
            (credit_notes::year, credit_notes::seq, credit_notes::issued_on).nullable(),
        ))
        .first(conn)
        .optional()?;
    let Some((invoice, title, issuer, client, role, credit)) = row else { return Ok(None) };
    let (lines, taxes) = (lines(conn, id)?, taxes(conn, id)?);
    Ok(Some((Shown { invoice, title, issuer, client, credit, lines, taxes }, role)))
}

/// The lines of an invoice.
pub fn lines(conn: &mut PgConnection, id: InvoiceId) -> QueryResult<Vec<Line>> {
    use invoice_lines as l;
    let columns = (l::timesheet_id, l::milestone_id, l::words, l::minutes, l::rate, l::amount);
    l::table.filter(l::invoice_id.eq(id.0)).order(l::place).select(columns).load(conn)
}

fn taxes(conn: &mut PgConnection, id: InvoiceId) -> QueryResult<Vec<TaxLine>> {
    use invoice_taxes as t;
    t::table.filter(t::invoice_id.eq(id.0)).order(t::place).select((t::label, t::basis_points, t::amount)).load(conn)
}

/// What a freelancer had last typed of themselves, and of the client of a contract: what the next form begins with.
pub fn details_before(conn: &mut PgConnection, issuer: UserId, contract: ContractId) -> QueryResult<(String, String)> {
    let own = invoices::table
        .filter(invoices::issuer_id.eq(issuer.0))
        .order(invoices::id.desc())
        .select(invoices::issuer_details)
        .first(conn)
        .optional()?;
    let client = invoices::table
        .filter(invoices::contract_id.eq(contract.0))
        .order(invoices::id.desc())
        .select(invoices::client_details)
        .first(conn)
        .optional()?;
    Ok((own.unwrap_or_default(), client.unwrap_or_default()))
}

/// How many invoices of a contract one of its sides may see.
pub fn on_contract(conn: &mut PgConnection, contract: ContractId, side: Side) -> QueryResult<i64> {
    let all = invoices::table.filter(invoices::contract_id.eq(contract.0));
    match side {
        Side::Freelancer => all.count().get_result(conn),
        Side::Client(_) => all.filter(invoices::status.ne(InvoiceStatus::Draft)).count().get_result(conn),
    }
}
