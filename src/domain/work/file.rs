//! A file of sessions: CSV in UTF-8, with commas or semicolons.

use csv::ReaderBuilder;

use super::log::MOST_AT_ONCE;

/// What is wrong with a file as a whole; its text is shown beside the field.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FileWrong {
    /// There is none.
    #[error("Choose a file")]
    Missing,
    /// Its letters cannot be read.
    #[error("Save the file as UTF-8 (in a spreadsheet: “CSV UTF-8”)")]
    NotUtf8,
    /// A column is not there.
    #[error("The first line must name the columns. Missing: {0}")]
    NoColumn(&'static str),
    /// A quotation mark that is never closed, or another fault of the format.
    #[error("The file cannot be read as CSV: {0}")]
    NotCsv(String),
    /// Nothing stands below the head.
    #[error("The file has no rows below its first line")]
    Empty,
    /// Too much stands below the head.
    #[error("Bring at most {MOST_AT_ONCE} sessions at a time")]
    TooMany,
}

/// A row, as it was typed: began, ended, on what.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FileRow {
    /// The beginning, with `T` between day and time.
    pub started_at: String,
    /// The end.
    pub ended_at: String,
    /// On what.
    pub note: String,
}

/// Reads a file's rows, in order. What is wrong with single rows is judged row by row.
///
/// # Errors
/// What is wrong with it as a whole.
pub fn read_file(bytes: &[u8]) -> Result<Vec<FileRow>, FileWrong> {
    let text = std::str::from_utf8(bytes).map_err(|_| FileWrong::NotUtf8)?;
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    if text.trim().is_empty() {
        return Err(FileWrong::Missing);
    }
    let head = text.lines().next().unwrap_or_default();
    let separator = if head.matches(';').count() > head.matches(',').count() { b';' } else { b',' };
    let mut reader = ReaderBuilder::new().delimiter(separator).flexible(true).from_reader(text.as_bytes());
    let not_csv = |error: csv::Error| FileWrong::NotCsv(error.to_string());
    let heads = reader.headers().map_err(not_csv)?.clone();
    let place =
        |names: &[&str]| heads.iter().position(|head| names.contains(&head.trim().to_lowercase().replace([' ', '-'], "_").as_str()));
    let began = place(&["started_at", "began", "start"]).ok_or(FileWrong::NoColumn("started_at"))?;
    let ended = place(&["ended_at", "ended", "end"]).ok_or(FileWrong::NoColumn("ended_at"))?;
    let note = place(&["note", "work"]);
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(not_csv)?;
        if record.iter().all(|field| field.trim().is_empty()) {
            continue;
        }
        if rows.len() == MOST_AT_ONCE {
            return Err(FileWrong::TooMany);
        }
        let field = |place: usize| record.get(place).unwrap_or_default().trim();
        let time = |place: usize| field(place).replacen(' ', "T", 1);
        // without the apostrophe that keeps a spreadsheet from taking a cell for a formula
        let words =
            note.map(field).map(|words| words.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@'])).unwrap_or(words));
        rows.push(FileRow { started_at: time(began), ended_at: time(ended), note: words.unwrap_or_default().to_owned() });
    }
    if rows.is_empty() { Err(FileWrong::Empty) } else { Ok(rows) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_as_spreadsheets_write_it() {
        let rows = read_file(
            "\u{FEFF}Note;Started at;Ended at\r\n\"Shelves; till\";2026-11-16 09:00;2026-11-16 10:30\r\n;;\r\n'=1;a;b\r\n".as_bytes(),
        );
        let row = |started_at: &str, ended_at: &str, note: &str| FileRow {
            started_at: started_at.to_owned(),
            ended_at: ended_at.to_owned(),
            note: note.to_owned(),
        };
        assert_eq!(rows, Ok(vec![row("2026-11-16T09:00", "2026-11-16T10:30", "Shelves; till"), row("a", "b", "=1")]));
        assert_eq!(read_file(b""), Err(FileWrong::Missing));
        assert_eq!(read_file(b"started_at,note\n1,2\n"), Err(FileWrong::NoColumn("ended_at")));
        assert_eq!(read_file(b"started_at,ended_at\n"), Err(FileWrong::Empty));
        assert_eq!(read_file(&[0xFF, 0xFE]), Err(FileWrong::NotUtf8));
        let many = format!("started_at,ended_at\n{}", "a,b\n".repeat(MOST_AT_ONCE + 1));
        assert_eq!(read_file(many.as_bytes()), Err(FileWrong::TooMany));
    }
}
