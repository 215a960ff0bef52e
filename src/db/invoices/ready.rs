//! What a contract's invoices can be for.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Integer, Nullable, Text};

use crate::db::prepared::statement;
use crate::domain::ids::{ContractId, InvoiceId};
use crate::domain::invoice::{Line, Ready};

#[derive(QueryableByName)]
struct Week {
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = Date)]
    week: NaiveDate,
    #[diesel(sql_type = Integer)]
    minutes: i32,
    #[diesel(sql_type = BigInt)]
    rate: i64,
    #[diesel(sql_type = Nullable<BigInt>)]
    invoice_id: Option<InvoiceId>,
}

#[derive(QueryableByName)]
struct Part {
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = Text)]
    title: String,
    #[diesel(sql_type = BigInt)]
    amount: i64,
    #[diesel(sql_type = Nullable<BigInt>)]
    invoice_id: Option<InvoiceId>,
}

/// Approved weeks of a contract by the hour, oldest first, then approved milestones in their order; with the invoice that
/// holds each already. A week costs what an hour cost when it began: terms that both sides confirmed later do not touch it.
pub fn ready(conn: &mut PgConnection, contract: ContractId) -> QueryResult<Vec<Ready>> {
    let weeks: Vec<Week> = statement(
        "SELECT t.id, t.week, t.minutes, coalesce((SELECT v.amount FROM contract_terms v WHERE v.contract_id = c.id \
             AND (v.number = 1 OR v.answer = 'CONFIRMED' AND v.answered_at <= t.starts_at) ORDER BY v.number DESC LIMIT 1), c.amount) AS rate, \
             l.invoice_id \
         FROM timesheets t JOIN contracts c ON c.id = t.contract_id LEFT JOIN invoice_lines l ON l.timesheet_id = t.id AND l.live \
         WHERE t.contract_id = $1 AND t.state = 'APPROVED' AND t.minutes > 0 AND c.kind = 'HOURLY' ORDER BY t.week",
    )
    .bind::<BigInt, _>(contract)
    .load(conn)?;
    let parts: Vec<Part> = statement(
        "SELECT m.id, m.title, m.amount, l.invoice_id FROM milestones m LEFT JOIN invoice_lines l ON l.milestone_id = m.id AND l.live \
         WHERE m.contract_id = $1 AND m.status = 'APPROVED' ORDER BY m.place",
    )
    .bind::<BigInt, _>(contract)
    .load(conn)?;
    let weeks = weeks.into_iter().map(|week| Ready { line: Line::week(week.id, week.week, week.minutes, week.rate), on: week.invoice_id });
    let parts = parts.into_iter().map(|part| Ready { line: Line::milestone(part.id, part.title, part.amount), on: part.invoice_id });
    Ok(weeks.chain(parts).collect())
}
