//! What was worked, invoiced and paid: for those who keep a client's money, and for freelancers.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Nullable, Text};

use super::prepared::statement;
use crate::domain::ids::{InvoiceId, ProjectId, UserId};
use crate::domain::report::{Entry, Filter};

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = BigInt)]
    project: ProjectId,
    #[diesel(sql_type = Text)]
    title: String,
    #[diesel(sql_type = BigInt)]
    freelancer: UserId,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    currency: String,
    #[diesel(sql_type = Text)]
    month: String,
    #[diesel(sql_type = BigInt)]
    minutes: i64,
    #[diesel(sql_type = BigInt)]
    invoiced: i64,
    #[diesel(sql_type = BigInt)]
    paid: i64,
}

/// What the organisations spent whose money the reader keeps: approved time by the month in which its week begins, and
/// invoices that are not void, before tax, by the month of their issue.
pub fn spend(conn: &mut PgConnection, reader: UserId, filter: &Filter) -> QueryResult<Vec<Entry>> {
    let rows: Vec<Row> = statement(
        "WITH ours AS (SELECT c.id, c.project_id, c.freelancer_id, c.currency::text AS currency FROM contracts c \
             WHERE c.organisation_id IN (SELECT organisation_id FROM memberships WHERE user_id = $1 AND role IN ('OWNER', 'FINANCE')) \
             AND ($4::bigint IS NULL OR c.project_id = $4) AND ($5::bigint IS NULL OR c.freelancer_id = $5)), \
         facts AS ( \
             SELECT t.contract_id, to_char(t.week, 'YYYY-MM') AS month, t.minutes::bigint AS minutes, 0::bigint AS invoiced, 0::bigint AS paid \
                 FROM timesheets t JOIN ours ON ours.id = t.contract_id \
                 WHERE t.state IN ('APPROVED', 'INVOICED') AND t.week >= $2 AND t.week < $3 \
             UNION ALL \
             SELECT i.contract_id, to_char(i.issued_on, 'YYYY-MM'), 0, i.subtotal, CASE WHEN i.status = 'PAID' THEN i.subtotal ELSE 0 END \
                 FROM invoices i JOIN ours ON ours.id = i.contract_id \
                 WHERE i.status IN ('ISSUED', 'PAID') AND i.issued_on >= $2 AND i.issued_on < $3) \
         SELECT p.id AS project, p.title, u.id AS freelancer, u.name, ours.currency, facts.month, sum(facts.minutes)::bigint AS minutes, \
             sum(facts.invoiced)::bigint AS invoiced, sum(facts.paid)::bigint AS paid \
         FROM facts JOIN ours ON ours.id = facts.contract_id JOIN projects p ON p.id = ours.project_id JOIN users u ON u.id = ours.freelancer_id \
         GROUP BY p.id, p.title, u.id, u.name, ours.currency, facts.month ORDER BY facts.month, p.id, u.id, ours.currency",
    )
    .bind::<BigInt, _>(reader)
    .bind::<Date, _>(filter.from)
    .bind::<Date, _>(filter.end())
    .bind::<Nullable<BigInt>, _>(filter.project)
    .bind::<Nullable<BigInt>, _>(filter.freelancer)
    .load(conn)?;
    let entry = |row: Row| Entry {
        project: row.project,
        title: row.title,
        freelancer: row.freelancer,
        name: row.name,
        currency: row.currency,
        month: row.month,
        minutes: row.minutes,
        invoiced: row.invoiced,
        paid: row.paid,
    };
    Ok(rows.into_iter().map(entry).collect())
}

/// Something that happened to a freelancer's money in a month.
#[derive(Debug, Clone, QueryableByName)]
pub struct Booked {
    /// `ISSUED`, `PAID` or `TAKEN_BACK`.
    #[diesel(sql_type = Text)]
    pub what: String,
    /// On which day, where the freelancer lives.
    #[diesel(sql_type = Date)]
    pub on_day: NaiveDate,
    /// The invoice.
    #[diesel(sql_type = BigInt)]
    pub invoice: InvoiceId,
    /// The number of the paper.
    #[diesel(sql_type = Text)]
    pub number: String,
    /// The client, as it was called.
    #[diesel(sql_type = Text)]
    pub client: String,
    /// The project's title.
    #[diesel(sql_type = Text)]
    pub title: String,
    /// ISO 4217.
    #[diesel(sql_type = Text)]
    pub currency: String,
    /// The whole sum, with tax.
    #[diesel(sql_type = BigInt)]
    pub total: i64,
}

/// A freelancer's month: what was issued, paid and taken back in it, by day.
pub fn statement_of(conn: &mut PgConnection, freelancer: UserId, month: NaiveDate, end: NaiveDate, zone: &str) -> QueryResult<Vec<Booked>> {
    statement(
        "WITH own AS (SELECT i.id, i.client_name, i.currency, i.total, i.status, i.issued_on, i.paid_at, i.year || '-' || lpad(i.seq::text, greatest(4, length(i.seq::text)), '0') AS number, p.title \
             FROM invoices i JOIN contracts c ON c.id = i.contract_id JOIN projects p ON p.id = c.project_id WHERE i.issuer_id = $1 AND i.status <> 'DRAFT') \
         SELECT what, on_day, invoice, number, client, title, currency, total FROM ( \
             SELECT 'ISSUED' AS what, issued_on AS on_day, id AS invoice, number, client_name AS client, title, currency, total FROM own \
             UNION ALL SELECT 'PAID', (paid_at AT TIME ZONE $4)::date, id, number, client_name, title, currency, total FROM own WHERE status = 'PAID' \
             UNION ALL SELECT 'TAKEN_BACK', n.issued_on, own.id, 'CN-' || n.year || '-' || lpad(n.seq::text, greatest(4, length(n.seq::text)), '0'), \
                 client_name, title, currency, total FROM own JOIN credit_notes n ON n.invoice_id = own.id) AS booked \
         WHERE on_day >= $2 AND on_day < $3 ORDER BY on_day, invoice, what",
    )
    .bind::<BigInt, _>(freelancer)
    .bind::<Date, _>(month)
    .bind::<Date, _>(end)
    .bind::<Text, _>(zone)
    .load(conn)
}
