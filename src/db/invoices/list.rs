//! Lists of invoices.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::db::portion::Portion;
use crate::domain::ids::{ContractId, InvoiceId, UserId};
use crate::domain::invoice::{InvoiceStatus, Number, Series};
use crate::domain::money::Money;
use crate::schema::{contracts, invoices, memberships, organisations, projects, users};

/// An invoice in a list.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the columns' meanings stand in the schema's migration")]
pub struct Listed {
    pub id: InvoiceId,
    pub contract: ContractId,
    pub status: InvoiceStatus,
    year: Option<i32>,
    seq: Option<i32>,
    pub currency: String,
    pub subtotal: i64,
    pub tax: i64,
    pub total: i64,
    pub issued_on: Option<NaiveDate>,
    pub due_on: NaiveDate,
    pub paid_reference: Option<String>,
    /// The project's.
    pub title: String,
    /// The freelancer.
    pub issuer: String,
    /// The client.
    pub client: String,
}

impl Listed {
    /// How people refer to it.
    pub fn reference(&self) -> String {
        let number = self.year.zip(self.seq).map(|(year, seq)| Number { series: Series::Invoice, year, seq });
        number.map_or_else(|| self.id.reference(), |number| number.to_string())
    }

    /// What is to be paid.
    pub fn amount(&self) -> Money<'_> {
        Money { minor: self.total, currency: &self.currency }
    }
}

/// A page of the invoices that somebody issued or that came to their organisations, newest first; of one contract, where
/// that is named.
pub fn page(
    conn: &mut PgConnection,
    reader: UserId,
    on: Option<ContractId>,
    before: Option<InvoiceId>,
) -> QueryResult<(Vec<Listed>, bool)> {
    portion(conn, reader, on, before, Portion::Page)
}

/// A portion of them.
pub fn portion(
    conn: &mut PgConnection,
    reader: UserId,
    on: Option<ContractId>,
    before: Option<InvoiceId>,
    portion: Portion,
) -> QueryResult<(Vec<Listed>, bool)> {
    let ours = memberships::table.filter(memberships::user_id.eq(reader.0)).select(memberships::organisation_id);
    let came = invoices::organisation_id.eq_any(ours).and(invoices::status.ne(InvoiceStatus::Draft));
    let mut query = invoices::table
        .inner_join(contracts::table.on(contracts::id.eq(invoices::contract_id)))
        .inner_join(projects::table.on(projects::id.eq(contracts::project_id)))
        .inner_join(organisations::table.on(organisations::id.eq(invoices::organisation_id)))
        .inner_join(users::table.on(users::id.eq(invoices::issuer_id)))
        .filter(invoices::issuer_id.eq(reader.0).or(came))
        .filter(invoices::id.lt(before.map_or(i64::MAX, |id| id.0)))
        .order(invoices::id.desc())
        .limit(portion.read())
        .select((
            (invoices::id, invoices::contract_id, invoices::status, invoices::year, invoices::seq, invoices::currency),
            (invoices::subtotal, invoices::tax, invoices::total, invoices::issued_on, invoices::due_on, invoices::paid_reference),
            (projects::title, users::name, organisations::name),
        ))
        .into_boxed();
    if let Some(contract) = on {
        query = query.filter(invoices::contract_id.eq(contract.0));
    }
    type Row = (
        (InvoiceId, ContractId, InvoiceStatus, Option<i32>, Option<i32>, String),
        (i64, i64, i64, Option<NaiveDate>, NaiveDate, Option<String>),
        (String, String, String),
    );
    let rows: Vec<Row> = query.load(conn)?;
    let rows = rows.into_iter().map(|((id, contract, status, year, seq, currency), sums, (title, issuer, client))| {
        let (subtotal, tax, total, issued_on, due_on, paid_reference) = sums;
        Listed { id, contract, status, year, seq, currency, subtotal, tax, total, issued_on, due_on, paid_reference, title, issuer, client }
    });
    Ok(portion.cut(rows.collect()))
}
