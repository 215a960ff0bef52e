//! Answers that admins keep ready.

use crate::domain::field_errors::FieldErrors;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::words::{TicketTitle, TicketWords};

/// Where whoever asked is named in the words.
const NAME: &str = "{name}";

/// What is kept ready: sound by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadyAnswer {
    /// By which admins find it.
    pub title: TicketTitle,
    /// The words.
    pub words: TicketWords,
}

impl ReadyAnswer {
    /// Judges both fields at once.
    ///
    /// # Errors
    /// Everything that is wrong, by field.
    pub fn parse(title: &str, words: &str) -> Result<Self, FieldErrors> {
        let mut wrong = FieldErrors::new();
        let title = wrong.take("title", TicketTitle::parse(title));
        let words = wrong.take("words", TicketWords::parse(words));
        wrong.or(title.zip(words).map(|(title, words)| Self { title, words }))
    }
}

/// Some words for whoever asked, behind what was typed already.
pub fn put_in(typed: &str, words: &str, name: &str) -> String {
    let (typed, words) = (typed.trim_end(), words.replace(NAME, name));
    if typed.is_empty() { words } else { format!("{typed}\n\n{words}") }
}

/// Why a ready answer is not kept, changed or removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReadyRefused {
    /// There is none of this number (any more), or whoever asks does not keep the house.
    Missing,
    /// There is one with this title.
    TitleTaken,
    /// A colleague changed it first.
    Changed {
        /// The version that the form carried.
        seen: i32,
        /// The version that it has.
        now: i32,
    },
}

impl Refusal for ReadyRefused {
    fn kind(&self) -> RefusalKind {
        match self {
            Self::Missing => RefusalKind::Missing,
            Self::TitleTaken => RefusalKind::Invalid,
            Self::Changed { .. } => RefusalKind::Stale,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stand_behind_what_was_typed_and_name_whoever_asked() {
        assert_eq!(put_in(" \n", "Dear {name}, thank you, {name}.", "Ada"), "Dear Ada, thank you, Ada.");
        assert_eq!(put_in("As you say.\n", "Yours", "Ada"), "As you say.\n\nYours");
    }
}
