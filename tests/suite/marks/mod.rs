//! Marks on proposals: who sets them, who sees them, and what two at once may not lose.
mod looks;
pub mod lost;
mod pages;
mod races;
mod sharing;
mod unseen;

use guildhall::domain::words::Note;

/// Words for a note.
pub fn note(words: &str) -> Note {
    Note::parse(words).expect("a note")
}
