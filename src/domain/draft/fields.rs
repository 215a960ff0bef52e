//! What a draft holds: names and values in the form's order.

use serde::{Deserialize, Serialize};

use super::{DraftRefused, Form};

/// How many characters a draft may have, written out as the schema counts them.
const LONGEST: usize = 65_536;

/// The fields of a form, as far as its draft keeps them; a name may stand several times.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DraftFields(Vec<(String, String)>);

impl DraftFields {
    /// Takes from what a form sent what a draft of it keeps. A field of which the other side's value was chosen is left
    /// out; so is a NUL, which PostgreSQL cannot hold.
    ///
    /// # Errors
    /// [`DraftRefused::TooLong`].
    pub fn gather<'f>(form: Form, sent: impl Iterator<Item = (&'f str, &'f str)>) -> Result<Self, DraftRefused> {
        let sent: Vec<_> = sent.collect();
        let theirs = |name: &str| sent.iter().any(|(other, value)| other.strip_prefix("take.") == Some(name) && *value == "theirs");
        let kept = sent.iter().filter(|(name, _)| form.keeps(name) && !theirs(name));
        let fields = Self(kept.map(|(name, value)| ((*name).to_owned(), value.replace('\0', ""))).collect());
        if fields.length() > LONGEST { Err(DraftRefused::TooLong) } else { Ok(fields) }
    }

    /// Name and value, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Whether people have typed nothing.
    pub fn is_blank(&self, form: Form) -> bool {
        self.iter().all(|(name, value)| !form.is_typed(name) || value.trim().is_empty())
    }

    /// The first value that a person typed, of the fields that say most, on one line and cut after so many characters.
    pub fn first_words(&self, most: usize) -> String {
        const TELLING: [&str; 7] = ["message", "title", "cover_letter", "description", "answers", "milestone_title", "amount"];
        let value = |name| self.iter().find(|(field, value)| *field == name && !value.trim().is_empty());
        let words = TELLING.into_iter().find_map(value).map(|(_, value)| value).unwrap_or_default();
        let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
        match line.char_indices().nth(most) {
            Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default().trim_end()),
            None => line,
        }
    }

    /// How many characters it has as PostgreSQL writes it, with a blank behind each comma.
    fn length(&self) -> usize {
        serde_json::to_string(self).map_or(usize::MAX, |text| text.chars().count() + 2 * self.0.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::ProjectId;

    #[test]
    fn only_what_the_form_asks_for_is_kept() {
        let form = Form::EditProject(ProjectId(1));
        let sent = [("title", "a\0b"), ("password", "secret"), ("skills", "mine"), ("take.skills", "theirs"), ("version", "3")];
        let fields = DraftFields::gather(form, sent.into_iter()).unwrap();
        assert_eq!(fields.iter().collect::<Vec<_>>(), [("title", "ab"), ("version", "3")]);
        assert!(!fields.is_blank(form));
        assert!(DraftFields::gather(form, [("title", " "), ("currency", "EUR")].into_iter()).unwrap().is_blank(form));
        let long = "x".repeat(LONGEST);
        assert_eq!(DraftFields::gather(form, [("title", long.as_str())].into_iter()), Err(DraftRefused::TooLong));
    }

    #[test]
    fn its_first_words_are_one_line() {
        let sent = [("amount", "6400"), ("cover_letter", "Dear Nadia,\r\n\r\nI have built two of these.")];
        let fields = DraftFields::gather(Form::Proposal(ProjectId(1)), sent.into_iter()).unwrap();
        assert_eq!(fields.first_words(200), "Dear Nadia, I have built two of these.");
        assert_eq!(fields.first_words(12), "Dear Nadia,…");
    }
}
