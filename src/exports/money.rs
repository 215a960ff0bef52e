//! Invoices as rows, and what was spent and booked.

use chrono::{Months, NaiveDate};

use super::list::{NotShown, Part, Read};
use super::table::Cell;
use crate::db::invoices::{self, Listed};
use crate::db::reports::{self, Booked};
use crate::db::{Failure, PgConnection, Portion, contracts, users};
use crate::domain::ids::{ContractId, InvoiceId, UserId};
use crate::domain::invoice::hours;
use crate::domain::report::{Entry, Filter};

/// Columns of invoices.
pub const INVOICES: &[&str] =
    &["Invoice", "State", "Contract", "Title", "Freelancer", "Client", "Issued", "Due", "Subtotal", "Tax", "Total", "Currency", "Paid by"];

/// Invoices that the reader issued or that came to their organisations.
pub fn invoices(conn: &mut PgConnection, on: Option<ContractId>, reader: UserId, after: Option<i64>) -> Read {
    if let Some(contract) = on
        && contracts::find_for(conn, contract, reader)?.is_none()
    {
        return Err(Failure::Refused(NotShown::Missing));
    }
    let (found, more) = invoices::portion(conn, reader, on, after.map(InvoiceId), Portion::Batch)?;
    let cells = |one: &Listed| {
        vec![
            Cell::text(one.reference()),
            Cell::text(one.status.label()),
            Cell::text(one.contract.reference()),
            Cell::text(&one.title),
            Cell::text(&one.issuer),
            Cell::text(&one.client),
            Cell::maybe(one.issued_on, Cell::Day),
            Cell::Day(one.due_on),
            Cell::Amount(one.subtotal),
            Cell::Amount(one.tax),
            Cell::Amount(one.total),
            Cell::text(&one.currency),
            Cell::maybe(one.paid_reference.as_ref(), Cell::text),
        ]
    };
    Ok(Part::of(&found, more, |one| one.id.0, cells))
}

/// Columns of what was spent.
pub const SPEND: &[&str] =
    &["Month", "Project", "Title", "Freelancer", "Hours", "Minutes", "Invoiced before tax", "Of this paid", "Currency"];

/// What was spent, where the reader keeps the money: the report's figures, not yet added up.
pub fn spend(conn: &mut PgConnection, filter: &Filter, reader: UserId) -> Read {
    let found = reports::spend(conn, reader, filter)?;
    let cells = |one: &Entry| {
        vec![
            Cell::text(&one.month),
            Cell::text(one.project.reference()),
            Cell::text(&one.title),
            Cell::text(&one.name),
            Cell::text(hours(one.minutes)),
            Cell::Number(one.minutes),
            Cell::Amount(one.invoiced),
            Cell::Amount(one.paid),
            Cell::text(&one.currency),
        ]
    };
    Ok(Part::whole(&found, cells))
}

/// Columns of a statement.
pub const STATEMENT: &[&str] = &["Day", "What", "Number", "Client", "Work", "Amount", "Currency"];

/// The reader's statement of a month.
pub fn statement(conn: &mut PgConnection, month: NaiveDate, reader: UserId) -> Read {
    let user = users::find(conn, reader)?.ok_or(Failure::Refused(NotShown::Missing))?;
    let end = month.checked_add_months(Months::new(1)).ok_or(Failure::Refused(NotShown::Missing))?;
    let found = reports::statement_of(conn, reader, month, end, &user.time_zone)?;
    let cells = |one: &Booked| {
        vec![
            Cell::Day(one.on_day),
            Cell::text(&one.what),
            Cell::text(&one.number),
            Cell::text(&one.client),
            Cell::text(&one.title),
            Cell::Amount(one.total),
            Cell::text(&one.currency),
        ]
    };
    Ok(Part::whole(&found, cells))
}
