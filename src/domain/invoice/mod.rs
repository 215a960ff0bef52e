//! Invoices: what a freelancer asks a client to pay, for approved weeks and milestones of one contract. Guildhall records;
//! it holds and moves no money.

mod compose;
mod content;
mod decide;
mod number;
mod status;
mod sums;

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use diesel::prelude::*;

pub use compose::{compose, day_in, still_stands};
pub use content::{InvoiceContent, InvoiceTyped, MOST_TAXES, Tax, parse_rate, parse_reference, rate};
pub use decide::{InvoiceRefused, Side, side};
pub use number::{Number, Series};
pub use status::InvoiceStatus;
pub use sums::{ROUNDING, Sums, of_tax, of_time};

use super::ids::{ContractId, InvoiceId, OrganisationId, UserId};
use super::money::Money;

/// An invoice as it is kept.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = crate::schema::invoices, check_for_backend(diesel::pg::Pg))]
#[expect(missing_docs, reason = "the columns' meanings stand in the schema's migration")]
pub struct Invoice {
    pub id: InvoiceId,
    pub contract_id: ContractId,
    pub issuer_id: UserId,
    pub organisation_id: OrganisationId,
    pub currency: String,
    pub status: InvoiceStatus,
    pub version: i32,
    pub issuer_name: Option<String>,
    pub client_name: Option<String>,
    pub issuer_details: String,
    pub client_details: String,
    pub note: String,
    pub due_on: NaiveDate,
    pub subtotal: i64,
    pub tax: i64,
    pub total: i64,
    pub issued_at: Option<DateTime<Utc>>,
    pub issued_on: Option<NaiveDate>,
    pub year: Option<i32>,
    pub seq: Option<i32>,
    pub paid_at: Option<DateTime<Utc>>,
    pub paid_by: Option<UserId>,
    pub paid_reference: Option<String>,
    pub voided_at: Option<DateTime<Utc>>,
    pub voided_by: Option<UserId>,
    pub void_reason: Option<String>,
}

impl Invoice {
    /// Its number, once it has one.
    pub fn number(&self) -> Option<Number> {
        Some(Number { series: Series::Invoice, year: self.year?, seq: self.seq? })
    }

    /// How people refer to it: by its number, or as a draft by its id.
    pub fn reference(&self) -> String {
        self.number().map_or_else(|| self.id.reference(), |number| number.to_string())
    }

    /// What is to be paid.
    pub fn amount(&self) -> Money<'_> {
        Money { minor: self.total, currency: &self.currency }
    }
}

/// A line of an invoice: a week at a rate, or a milestone.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Line {
    /// The week's id.
    pub timesheet: Option<i64>,
    /// The milestone's id.
    pub milestone: Option<i64>,
    /// What it is for.
    pub words: String,
    /// How long was worked.
    pub minutes: Option<i32>,
    /// The price of an hour.
    pub rate: Option<i64>,
    /// What it comes to.
    pub amount: i64,
}

/// Something that is approved and can stand on an invoice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ready {
    /// As a line.
    pub line: Line,
    /// The invoice that is not void and holds it already.
    pub on: Option<InvoiceId>,
}

impl Line {
    /// A week's work.
    pub fn week(timesheet: i64, monday: NaiveDate, minutes: i32, rate: i64) -> Self {
        let (year, week) = (monday.iso_week().year(), monday.iso_week().week());
        let words = format!("Work in week {week} of {year}");
        Self {
            timesheet: Some(timesheet),
            milestone: None,
            words,
            minutes: Some(minutes),
            rate: Some(rate),
            amount: of_time(minutes, rate),
        }
    }

    /// A milestone.
    pub fn milestone(milestone: i64, words: String, amount: i64) -> Self {
        Self { timesheet: None, milestone: Some(milestone), words, minutes: None, rate: None, amount }
    }
}

/// So many minutes as an hour book has them: `37:30`.
pub fn hours(minutes: i64) -> String {
    format!("{}:{:02}", minutes / 60, minutes % 60)
}
