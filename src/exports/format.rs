//! Writing a table as CSV for spreadsheets or as JSON for programs, part by part.

use csv::{Terminator, WriterBuilder};
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::table::{Cell, guarded};
use crate::domain::text_enum::text_enum;

text_enum! {
    /// How a table is written.
    Format {
        /// For spreadsheets: UTF-8 with its mark, lines as RFC 4180 ends them, formulas as text.
        Csv = "csv",
        /// For programs: an array of objects.
        Json = "json",
    }
}

/// Spreadsheets take a file with this at its head for UTF-8, and one without it for the machine's old code page.
const BOM: &[u8] = "\u{FEFF}".as_bytes();

impl Format {
    /// What the file is.
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Json => "application/json",
        }
    }
}

/// Writes one table.
pub struct Writer {
    format: Format,
    heads: Vec<String>,
    begun: bool,
}

impl Writer {
    /// For a table with these columns.
    pub fn new(format: Format, heads: Vec<String>) -> Self {
        Self { format, heads, begun: false }
    }

    /// The next rows; before the first ones, what a file begins with.
    ///
    /// # Errors
    /// What cannot be written, which words and numbers can.
    pub fn rows(&mut self, rows: &[Vec<Cell>]) -> Result<Vec<u8>, String> {
        match self.format {
            Format::Csv => self.csv(rows).map_err(|error| error.to_string()),
            Format::Json => self.json(rows).map_err(|error| error.to_string()),
        }
    }

    /// What a file ends with.
    pub fn end(&mut self) -> Result<Vec<u8>, String> {
        let mut bytes = if self.begun { Vec::new() } else { self.rows(&[])? };
        if self.format == Format::Json {
            bytes.extend_from_slice(b"\n]\n");
        }
        Ok(bytes)
    }

    fn csv(&mut self, rows: &[Vec<Cell>]) -> csv::Result<Vec<u8>> {
        let first = !std::mem::replace(&mut self.begun, true);
        let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(if first { BOM.to_vec() } else { Vec::new() });
        if first {
            writer.write_record(self.heads.iter().cloned().map(guarded))?;
        }
        for row in rows {
            writer.write_record(row.iter().map(Cell::as_csv))?;
        }
        writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))
    }

    fn json(&mut self, rows: &[Vec<Cell>]) -> serde_json::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        if !self.begun {
            bytes.push(b'[');
        }
        let keys: Vec<String> = self.heads.iter().map(|head| key(head)).collect();
        for row in rows {
            bytes.extend_from_slice(if std::mem::replace(&mut self.begun, true) { b",\n" } else { b"\n" });
            serde_json::to_writer(&mut bytes, &Object { keys: &keys, row })?;
        }
        self.begun |= !bytes.is_empty();
        Ok(bytes)
    }
}

/// `Price a day` → `price_a_day`.
fn key(head: &str) -> String {
    let all = head.to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect::<String>();
    all.trim_matches('_').to_owned()
}

struct Object<'r> {
    keys: &'r [String],
    row: &'r [Cell],
}

impl Serialize for Object<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(Some(self.row.len()))?;
        for (key, cell) in self.keys.iter().zip(self.row) {
            map.serialize_entry(key, cell)?;
        }
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(format: Format, parts: &[&[Vec<Cell>]]) -> String {
        let mut writer = Writer::new(format, vec!["Name".to_owned(), "Price a day".to_owned()]);
        let mut bytes: Vec<u8> = parts.iter().flat_map(|part| writer.rows(part).unwrap()).collect();
        bytes.extend(writer.end().unwrap());
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn parts_make_one_file() {
        let row = |name: &str| vec![Cell::text(name), Cell::Amount(640_050)];
        let (a, b) = ([row("Ada \"A\""), row("=B")], [row("C")]);
        assert_eq!(
            written(Format::Csv, &[&a, &b]),
            "\u{FEFF}Name,Price a day\r\n\"Ada \"\"A\"\"\",6400.50\r\n'=B,6400.50\r\nC,6400.50\r\n"
        );
        assert_eq!(
            written(Format::Json, &[&a, &b]),
            "[\n{\"name\":\"Ada \\\"A\\\"\",\"price_a_day\":\"6400.50\"},\n{\"name\":\"=B\",\"price_a_day\":\"6400.50\"},\n{\"name\":\"C\",\"price_a_day\":\"6400.50\"}\n]\n"
        );
    }

    #[test]
    fn an_empty_table_is_a_file_too() {
        assert_eq!(written(Format::Csv, &[]), "\u{FEFF}Name,Price a day\r\n");
        for parts in [&[][..], &[&[][..]][..], &[&[][..], &[][..]][..]] {
            let rows: Vec<serde_json::Value> = serde_json::from_str(&written(Format::Json, parts)).unwrap();
            assert!(rows.is_empty());
        }
    }
}
