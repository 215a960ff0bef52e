//! Files that people add to a proposal, a message or a delivery: what they may be, what they are called, and how many.

mod content;
mod name;

use super::ids::{FileId, MessageId, ProposalId, SubmissionId};
use super::refusal::{Refusal, RefusalKind};
use super::text_enum::text_enum;

pub use content::{FileWrong, Sound, judge};
pub use name::FileName;

/// The largest file, in bytes; the schema repeats it.
pub const LARGEST: usize = 10 * 1024 * 1024;
/// How many files one thing has.
pub const MOST_FILES: usize = 5;
/// How many files one person keeps here, and how many bytes in all.
pub const MOST_OF_ONE: i64 = 500;
/// See [`MOST_OF_ONE`].
pub const MOST_BYTES_OF_ONE: i64 = 500 * 1024 * 1024;
/// A file that waits longer than this for its form, and that no draft names, goes.
pub const HOURS_WAITING: i64 = 24;

text_enum! {
    /// What a file may be: the word is its media type.
    FileKind {
        /// Pages as printed.
        Pdf = "application/pdf",
        /// A picture.
        Png = "image/png",
        /// A photograph.
        Jpeg = "image/jpeg",
        /// A picture that may move.
        Gif = "image/gif",
        /// A picture.
        Webp = "image/webp",
        /// Words.
        Text = "text/plain",
        /// Words with marks.
        Markdown = "text/markdown",
        /// A table.
        Csv = "text/csv",
        /// Many files in one.
        Zip = "application/zip",
        /// A Word document.
        Docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        /// An Excel sheet.
        Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        /// PowerPoint slides.
        Pptx = "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        /// An OpenDocument text.
        Odt = "application/vnd.oasis.opendocument.text",
        /// An OpenDocument sheet.
        Ods = "application/vnd.oasis.opendocument.spreadsheet",
    }
}

/// The ends of names that say each kind.
const ENDS: [(&str, FileKind); 16] = [
    ("pdf", FileKind::Pdf),
    ("png", FileKind::Png),
    ("jpg", FileKind::Jpeg),
    ("jpeg", FileKind::Jpeg),
    ("gif", FileKind::Gif),
    ("webp", FileKind::Webp),
    ("txt", FileKind::Text),
    ("log", FileKind::Text),
    ("md", FileKind::Markdown),
    ("csv", FileKind::Csv),
    ("zip", FileKind::Zip),
    ("docx", FileKind::Docx),
    ("xlsx", FileKind::Xlsx),
    ("pptx", FileKind::Pptx),
    ("odt", FileKind::Odt),
    ("ods", FileKind::Ods),
];

impl FileKind {
    /// The kind that the end of a name says.
    pub fn of_name(name: &str) -> Option<Self> {
        let (_, end) = name.rsplit_once('.')?;
        ENDS.iter().find(|(known, _)| known.eq_ignore_ascii_case(end)).map(|(_, kind)| *kind)
    }

    /// As a list shows it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Pdf => "PDF",
            Self::Png => "PNG picture",
            Self::Jpeg => "JPEG picture",
            Self::Gif => "GIF picture",
            Self::Webp => "WebP picture",
            Self::Text => "Text",
            Self::Markdown => "Markdown",
            Self::Csv => "CSV table",
            Self::Zip => "ZIP archive",
            Self::Docx => "Word document",
            Self::Xlsx => "Excel sheet",
            Self::Pptx => "PowerPoint slides",
            Self::Odt => "OpenDocument text",
            Self::Ods => "OpenDocument sheet",
        }
    }

    /// Whether it is words and nothing else.
    pub fn is_text(self) -> bool {
        matches!(self, Self::Text | Self::Markdown | Self::Csv)
    }
}

/// For the field in which a browser's person chooses files: all ends, with commas between.
pub fn accepted() -> String {
    ENDS.map(|(end, _)| format!(".{end}")).join(",")
}

/// What a file is added to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum On {
    /// A proposal.
    Proposal(ProposalId),
    /// A message.
    Message(MessageId),
    /// The delivery of a milestone.
    Delivery(SubmissionId),
}

/// Why a file is not taken, although it is sound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HoldRefused {
    /// No such person any more.
    Missing,
    /// They keep as much as one may.
    TooMuch,
}

impl Refusal for HoldRefused {
    fn kind(&self) -> RefusalKind {
        match self {
            Self::Missing => RefusalKind::Missing,
            Self::TooMuch => RefusalKind::Invalid,
        }
    }
}

/// Whether somebody who keeps so many files of so many bytes may keep one more of this size.
///
/// # Errors
/// [`HoldRefused::TooMuch`].
pub fn may_hold((files, bytes): (i64, i64), size: i64) -> Result<(), HoldRefused> {
    if files < MOST_OF_ONE && bytes.saturating_add(size) <= MOST_BYTES_OF_ONE { Ok(()) } else { Err(HoldRefused::TooMuch) }
}

/// The files that a form names, each once; nothing where they are more than one thing may have, or no numbers.
pub fn named<'f>(ids: impl IntoIterator<Item = &'f str>) -> Option<Vec<FileId>> {
    let mut named: Vec<FileId> = ids.into_iter().map(|id| id.parse().ok()).collect::<Option<_>>()?;
    named.sort_unstable();
    named.dedup();
    (named.len() <= MOST_FILES).then_some(named)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_s_end_says_what_it_is() {
        assert_eq!(FileKind::of_name("Plan.final.PDF"), Some(FileKind::Pdf));
        for none in ["plan", "plan.", "plan.exe", "plan.svg", "plan.html", ".pdf.sh"] {
            assert_eq!(FileKind::of_name(none), None, "{none}");
        }
    }

    #[test]
    fn one_person_keeps_so_much() {
        assert_eq!(may_hold((MOST_OF_ONE - 1, 0), 1), Ok(()));
        assert_eq!(may_hold((MOST_OF_ONE, 0), 1), Err(HoldRefused::TooMuch));
        assert_eq!(may_hold((1, MOST_BYTES_OF_ONE - 1), 1), Ok(()));
        assert_eq!(may_hold((1, MOST_BYTES_OF_ONE - 1), 2), Err(HoldRefused::TooMuch));
    }

    #[test]
    fn a_form_names_each_file_once_and_not_too_many() {
        assert_eq!(named(["7", "3", "7"]), Some(vec![FileId(3), FileId(7)]));
        assert_eq!(named(["x"]), None);
        assert_eq!(named(["1", "2", "3", "4", "5", "6"]), None);
    }
}
