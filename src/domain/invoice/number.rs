//! Numbers of invoices and credit notes.

use std::fmt;

use crate::domain::text_enum::text_enum;

text_enum! {
    /// What is counted. Each freelancer has a row of numbers of their own for each, begun anew each year.
    Series {
        /// Invoices.
        Invoice = "INVOICE",
        /// Credit notes.
        CreditNote = "CREDIT_NOTE",
    }
}

/// A number that was drawn. It counts the invoices of one freelancer, because it is they who issue them, to any client, and
/// whose books may have no gap; a client's books go by who sent it and this.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Number {
    /// What it counts.
    pub series: Series,
    /// The year of the day of issue, in the freelancer's own time zone.
    pub year: i32,
    /// From 1, without a gap.
    pub seq: i32,
}

impl fmt::Display for Number {
    /// `2026-0001`, and `CN-2026-0001`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.series == Series::CreditNote {
            f.write_str("CN-")?;
        }
        write!(f, "{}-{:04}", self.year, self.seq)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_begins_with_its_year() {
        let number = |series, seq| Number { series, year: 2026, seq }.to_string();
        assert_eq!(number(Series::Invoice, 7), "2026-0007");
        assert_eq!(number(Series::Invoice, 12_345), "2026-12345");
        assert_eq!(number(Series::CreditNote, 1), "CN-2026-0001");
    }
}
