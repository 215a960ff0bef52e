//! A file of rows: CSV in UTF-8, with or without its mark, with commas or semicolons.

use csv::{ReaderBuilder, StringRecord};

use super::row::{COLUMNS, RowFields};
use super::{MOST_BYTES, MOST_ROWS};

/// What is wrong with a file as a whole.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FileWrong {
    /// There is none.
    #[error("Choose a file")]
    Missing,
    /// It is too large.
    #[error("Choose a file of at most 2 MB: this one is larger")]
    TooLarge,
    /// Its letters cannot be read.
    #[error("Save the file as UTF-8 (in a spreadsheet: “CSV UTF-8”): its letters cannot be read from byte {0} on")]
    NotUtf8(usize),
    /// It has no head, or one without a column that must be there.
    #[error("The first line must name the columns. Missing: {0}")]
    NoColumn(String),
    /// A column stands in it twice.
    #[error("The first line names the column {0} twice")]
    Twice(String),
    /// A quotation mark that is never closed, or another fault of the format.
    #[error("The file cannot be read as CSV: {0}")]
    NotCsv(String),
    /// Nothing stands below the head.
    #[error("The file has no rows below its first line")]
    Empty,
    /// Too much stands below the head.
    #[error("Bring at most 5,000 projects at a time: this file has more")]
    TooManyRows,
}

/// A file's rows, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// What each says.
    pub rows: Vec<RowFields>,
    /// Columns that are not known, and were passed over.
    pub passed_over: Vec<String>,
}

/// The same column as a list's own file calls it.
const ALIASES: [(&str, &str); 7] = [
    ("reference", "external_ref"),
    ("ref", "external_ref"),
    ("paid", "kind"),
    ("budget_from", "budget_min"),
    ("budget_to", "budget_max"),
    ("closes", "deadline"),
    ("sealed_bids", "sealed"),
];

/// What may be left out.
const OPTIONAL: [&str; 3] = ["skills", "sealed", "questions"];

impl Sheet {
    /// Reads a file. What is wrong with single rows is judged row by row.
    ///
    /// # Errors
    /// What is wrong with it as a whole.
    pub fn read(bytes: &[u8]) -> Result<Self, FileWrong> {
        if bytes.len() > MOST_BYTES {
            return Err(FileWrong::TooLarge);
        }
        let text = std::str::from_utf8(bytes).map_err(|error| FileWrong::NotUtf8(error.valid_up_to() + 1))?;
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        if text.trim().is_empty() {
            return Err(FileWrong::Missing);
        }
        let head = text.lines().next().unwrap_or_default();
        let separator = if head.matches(';').count() > head.matches(',').count() { b';' } else { b',' };
        let mut reader = ReaderBuilder::new().delimiter(separator).flexible(true).has_headers(true).from_reader(text.as_bytes());
        let heads = reader.headers().map_err(|error| FileWrong::NotCsv(error.to_string()))?.clone();
        let (places, passed_over) = places(&heads)?;
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record.map_err(|error| FileWrong::NotCsv(error.to_string()))?;
            if record.iter().all(|field| field.trim().is_empty()) {
                continue;
            }
            if rows.len() == MOST_ROWS {
                return Err(FileWrong::TooManyRows);
            }
            let field = |place: &Option<usize>| place.and_then(|place| record.get(place)).map(unguarded).unwrap_or_default();
            rows.push(RowFields(places.iter().map(field).collect()));
        }
        if rows.is_empty() { Err(FileWrong::Empty) } else { Ok(Self { rows, passed_over }) }
    }
}

/// Where each of our columns stands in the file, and which of the file's are not ours.
fn places(heads: &StringRecord) -> Result<(Vec<Option<usize>>, Vec<String>), FileWrong> {
    let mut places = vec![None; COLUMNS.len()];
    let mut passed_over = Vec::new();
    for (place, head) in heads.iter().enumerate() {
        let name = head.trim().to_lowercase().replace([' ', '-'], "_");
        let name = ALIASES.iter().find(|(alias, _)| *alias == name).map_or(name.as_str(), |(_, column)| column);
        match COLUMNS.iter().position(|column| *column == name).and_then(|ours| places.get_mut(ours)) {
            Some(Some(_)) => return Err(FileWrong::Twice(name.to_owned())),
            Some(ours) => *ours = Some(place),
            None => passed_over.push(head.to_owned()),
        }
    }
    let missing: Vec<_> =
        COLUMNS.iter().zip(&places).filter(|(name, place)| place.is_none() && !OPTIONAL.contains(*name)).map(|(name, _)| *name).collect();
    if missing.is_empty() { Ok((places, passed_over)) } else { Err(FileWrong::NoColumn(missing.join(", "))) }
}

/// Without the apostrophe that keeps a spreadsheet from taking a cell for a formula. PostgreSQL keeps no zero byte.
fn unguarded(field: &str) -> String {
    let rest = field.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']));
    rest.unwrap_or(field).replace('\0', "\u{FFFD}")
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "external_ref,title,description,kind,budget_min,budget_max,currency,deadline";

    #[test]
    fn commas_and_semicolons_with_and_without_the_mark() {
        let row = "A-1,Tills,Long.,FIXED,1,2,EUR,2027-01-01T12:00:00Z";
        let plain = Sheet::read(format!("{HEAD}\n{row}\n\n").as_bytes()).unwrap();
        assert_eq!((plain.rows.len(), plain.rows[0].get("title"), plain.rows[0].get("skills")), (1, "Tills", ""));
        let other = format!("\u{FEFF}{HEAD}\r\n{row}\r\n").replace(',', ";");
        assert_eq!(Sheet::read(other.as_bytes()), Ok(plain));
    }

    #[test]
    fn what_a_list_s_file_holds_is_understood() {
        let file = "Ref,Title,Description,Paid,Budget from,Budget to,Currency,Closes,Sealed bids,State\r\n'=1,T,D,Fixed price,1.00,2.00,EUR,x,yes,Open\r\n";
        let sheet = Sheet::read(file.as_bytes()).unwrap();
        assert_eq!((sheet.rows[0].get("external_ref"), sheet.rows[0].get("sealed")), ("=1", "yes"));
        assert_eq!(sheet.passed_over, ["State"]);
    }

    #[test]
    fn what_is_wrong_with_a_file_is_said() {
        let read = |bytes: &[u8]| Sheet::read(bytes).unwrap_err();
        assert_eq!(read(b""), FileWrong::Missing);
        assert_eq!(read(b"title\xff"), FileWrong::NotUtf8(6));
        assert_eq!(
            read(b"title\nx"),
            FileWrong::NoColumn("external_ref, description, kind, budget_min, budget_max, currency, deadline".to_owned())
        );
        assert_eq!(read(format!("{HEAD},Title\nx").as_bytes()), FileWrong::Twice("title".to_owned()));
        assert_eq!(read(format!("{HEAD}\n,,\n").as_bytes()), FileWrong::Empty);
        assert_eq!(read(&vec![b'x'; MOST_BYTES + 1]), FileWrong::TooLarge);
        assert_eq!(read(format!("{HEAD}\n{}", "x\n".repeat(MOST_ROWS + 1)).as_bytes()), FileWrong::TooManyRows);
    }

    #[test]
    fn every_error_of_a_row_is_told_at_once() {
        let sheet = Sheet::read(format!("{HEAD},sealed\n ,,Long.,GIFT,x,2,EURO,tomorrow,perhaps\n").as_bytes()).unwrap();
        let wrong = sheet.rows[0].judge("ERP").unwrap_err();
        for column in ["external_ref", "title", "kind", "budget_min", "currency", "deadline", "sealed"] {
            assert!(wrong.iter().any(|one| one.starts_with(&format!("{column}: "))), "{column} in {wrong:?}");
        }
    }
}
