//! Whether a file is what its name says.

use super::{FileKind, FileName, LARGEST};

/// A file that may be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sound {
    /// What it is called.
    pub name: FileName,
    /// What it is.
    pub kind: FileKind,
}

/// Why a file is not taken: a sentence for the person, which names the file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FileWrong {
    /// Nothing in it.
    #[error("{0} is empty: choose another file")]
    Empty(String),
    /// Too large.
    #[error("{0} has more than 10 MB: choose a smaller file")]
    TooLarge(String),
    /// Of a kind that is not taken.
    #[error("{0} is of a kind that is not taken: choose a PDF, a picture, text, a table, an office document or a ZIP archive")]
    Kind(String),
    /// Not what its name says.
    #[error("{name} is not what its name says, {said}: choose another file, or give it the right name")]
    Otherwise {
        /// The file.
        name: String,
        /// What its name says.
        said: &'static str,
    },
}

/// Judges a file by its name and what is in it. A browser's own word for its kind does not count: it only repeats the
/// name's end, each system in its own way.
///
/// # Errors
/// The first thing that is wrong with it.
pub fn judge(said: &str, bytes: &[u8]) -> Result<Sound, FileWrong> {
    let name = FileName::clean(said);
    let called = || name.as_str().to_owned();
    if bytes.is_empty() {
        return Err(FileWrong::Empty(called()));
    }
    if bytes.len() > LARGEST {
        return Err(FileWrong::TooLarge(called()));
    }
    let kind = FileKind::of_name(name.as_str()).ok_or_else(|| FileWrong::Kind(called()))?;
    if is_what_it_says(kind, bytes) { Ok(Sound { name, kind }) } else { Err(FileWrong::Otherwise { name: called(), said: kind.label() }) }
}

fn is_what_it_says(kind: FileKind, bytes: &[u8]) -> bool {
    let found = infer::get(bytes).map(|found| found.mime_type());
    match kind {
        kind if kind.is_text() => is_words(bytes) && found.is_none_or(|found| found.starts_with("text/") && found != "text/html"),
        // they are archives with certain names inside; which ones come first, each program decides for itself
        FileKind::Docx | FileKind::Xlsx | FileKind::Pptx | FileKind::Odt | FileKind::Ods => {
            found.is_some_and(|found| found == kind.as_str() || found == FileKind::Zip.as_str())
        }
        kind => found == Some(kind.as_str()),
    }
}

/// UTF-8 without control characters, but for those that stand in texts.
fn is_words(bytes: &[u8]) -> bool {
    let may_stand = |c: char| !c.is_control() || matches!(c, '\n' | '\r' | '\t' | '\u{c}');
    std::str::from_utf8(bytes).is_ok_and(|text| text.chars().all(may_stand))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PDF: &[u8] = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n";
    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
    const ZIP: &[u8] = b"PK\x03\x04\x14\0\0\0\0\0";
    const EXE: &[u8] = b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff";

    #[test]
    fn a_file_is_what_its_name_says_or_is_not_taken() {
        for (name, bytes) in [
            ("plan.pdf", PDF),
            ("plan.png", PNG),
            ("all.zip", ZIP),
            ("plan.docx", ZIP),
            ("notes.txt", "Häfen, three.\n".as_bytes()),
            ("costs.csv", b"what,eur\ntill,400\n"),
        ] {
            assert!(judge(name, bytes).is_ok(), "{name}: {:?}", judge(name, bytes));
        }
        for (name, bytes) in [
            ("plan.pdf", PNG),
            ("plan.png", EXE),
            ("notes.txt", PDF),
            ("notes.txt", EXE),
            ("notes.txt", b"\xff\xfe\0h\0i"),
            ("notes.txt", b"<!DOCTYPE html><script>alert(1)</script>"),
            ("plan.docx", PDF),
            ("all.zip", b"not packed at all"),
        ] {
            assert!(matches!(judge(name, bytes), Err(FileWrong::Otherwise { .. })), "{name}");
        }
        assert_eq!(judge("../run.exe", EXE), Err(FileWrong::Kind("run.exe".to_owned())));
        assert_eq!(judge("a.svg", b"<svg/>"), Err(FileWrong::Kind("a.svg".to_owned())));
        assert_eq!(judge("a.txt", b""), Err(FileWrong::Empty("a.txt".to_owned())));
        assert_eq!(judge("a.txt", &vec![b'a'; LARGEST + 1]), Err(FileWrong::TooLarge("a.txt".to_owned())));
        assert!(judge("a.txt", &vec![b'a'; LARGEST]).is_ok());
    }
}
