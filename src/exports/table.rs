//! Cells of a table: what they hold, and how CSV and JSON write them.

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use serde::{Serialize, Serializer};

use crate::domain::money::plain;

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Nothing.
    None,
    /// Words, as somebody typed them.
    Text(String),
    /// Several words, which CSV puts beside each other.
    Many(Vec<String>),
    /// Several texts, which CSV puts below each other.
    Lines(Vec<String>),
    /// A count.
    Number(i64),
    /// Money in minor units; the currency stands in a column of its own.
    Amount(i64),
    /// A moment.
    Time(DateTime<Utc>),
    /// A day.
    Day(NaiveDate),
    /// Yes or no.
    Yes(bool),
}

impl Cell {
    /// Words.
    pub fn text(words: impl Into<String>) -> Self {
        Self::Text(words.into())
    }

    /// What `as_cell` makes of a value, where there is one.
    pub fn maybe<T>(value: Option<T>, as_cell: impl FnOnce(T) -> Self) -> Self {
        value.map_or(Self::None, as_cell)
    }

    /// As CSV has it.
    pub(super) fn as_csv(&self) -> String {
        match self {
            Self::None => String::new(),
            Self::Text(words) => guarded(words.clone()),
            Self::Many(words) => guarded(words.join(", ")),
            Self::Lines(texts) => guarded(texts.join("\n")),
            Self::Number(number) => number.to_string(),
            Self::Amount(minor) => plain(*minor),
            Self::Time(at) => time(at),
            Self::Day(day) => day.to_string(),
            Self::Yes(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        }
    }
}

impl Serialize for Cell {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::None => to.serialize_none(),
            Self::Text(words) => to.serialize_str(words),
            Self::Many(words) | Self::Lines(words) => words.serialize(to),
            Self::Number(number) => to.serialize_i64(*number),
            // no float: a string, as the API writes money
            Self::Amount(minor) => to.serialize_str(&plain(*minor)),
            Self::Time(at) => to.serialize_str(&time(at)),
            Self::Day(day) => to.serialize_str(&day.to_string()),
            Self::Yes(yes) => to.serialize_bool(*yes),
        }
    }
}

fn time(at: &DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// A cell that a spreadsheet would take for a formula gets an apostrophe before it, which makes it text.
pub(super) fn guarded(cell: String) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\0', '＝', '＋', '－', '＠']);
    if formula { format!("'{cell}") } else { cell }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_be_a_formula_is_text() {
        for odd in ["=1+1", "+49 30", "-5", "@sum", "\tx", "＝1"] {
            assert_eq!(Cell::text(odd).as_csv(), format!("'{odd}"));
            assert_eq!(Cell::Many(vec![odd.to_owned()]).as_csv(), format!("'{odd}"));
        }
        for plain in ["", "6400.00", "A=1", "Ada"] {
            assert_eq!(Cell::text(plain).as_csv(), plain);
        }
    }
}
