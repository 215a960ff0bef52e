//! Two people, or two windows, edited one thing: field by field, what stands now, what the second one typed, and what to
//! ask.

mod overtaken;

use sha2::{Digest, Sha256};

pub use overtaken::{Overtaken, chosen, overtaken};

use super::form::Fields;
use crate::domain::chain::hex;

/// The fields of a form: names, and their labels as forms and conflicts show them.
pub type Names = [(&'static str, &'static str)];

/// What became of one field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// Both say the same.
    Same,
    /// Only the one who saved first changed it: theirs is taken.
    Theirs,
    /// Only the second one changed it: that is kept.
    Yours,
    /// Both changed it: a person chooses.
    Conflict,
}

/// One field and its fate.
#[derive(Debug, Clone)]
pub struct Field {
    /// Its name in the form.
    pub name: &'static str,
    /// Its label.
    pub label: &'static str,
    /// What became of it.
    pub fate: Fate,
}

/// Judges each field. Where it is not known what the second form began with, every difference is asked.
pub fn merge<'v>(
    names: &Names,
    base: &Marks,
    theirs: impl Fn(&'static str) -> &'v str,
    yours: impl Fn(&'static str) -> &'v str,
) -> Vec<Field> {
    let judge = |place: usize, name| {
        let (theirs, yours) = (theirs(name), yours(name));
        match (base.began_with(place, theirs), base.began_with(place, yours)) {
            _ if theirs == yours => Fate::Same,
            (true, _) => Fate::Yours,
            (_, true) => Fate::Theirs,
            _ => Fate::Conflict,
        }
    };
    names.iter().enumerate().map(|(place, (name, label))| Field { name, label, fate: judge(place, *name) }).collect()
}

/// Short hashes of the fields that a form began with, in its order: they tell later which ones a person changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marks(Vec<String>);

impl Marks {
    /// Of the values that a form is shown with.
    pub fn of<'v>(values: impl Iterator<Item = &'v str>) -> Self {
        Self(values.map(mark).collect())
    }

    /// Of a form's fields.
    pub fn of_form(names: &Names, fields: &Fields) -> Self {
        Self::of(names.iter().map(|(name, _)| fields.get(name)))
    }

    /// As a hidden field brings them back; empty if it does not make sense.
    pub fn parse(text: &str, names: &Names) -> Self {
        let marks: Vec<String> = text.split('.').map(str::to_owned).collect();
        if marks.len() == names.len() { Self(marks) } else { Self::default() }
    }

    /// Whether the form began with this value in this field; no where that is not known.
    pub fn began_with(&self, field: usize, value: &str) -> bool {
        self.0.get(field).is_some_and(|known| *known == mark(value))
    }
}

impl std::fmt::Display for Marks {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0.join("."))
    }
}

fn mark(value: &str) -> String {
    hex(Sha256::digest(value.as_bytes()).get(..8).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: [(&str, &str); 4] = [("title", "Title"), ("skills", "Skills"), ("budget", "Budget"), ("words", "Words")];

    type Values = [&'static str; 4];

    fn fates(base: &Marks, theirs: Values, yours: Values) -> Vec<(&'static str, Fate)> {
        let at =
            |values: Values| move |name| NAMES.iter().zip(values).find(|((field, _), _)| *field == name).map_or("", |(_, value)| value);
        let judged = merge(&NAMES, base, at(theirs), at(yours));
        judged.into_iter().filter(|field| field.fate != Fate::Same).map(|field| (field.name, field.fate)).collect()
    }

    #[test]
    fn only_what_both_changed_is_asked() {
        let base = Marks::of(["Stock", "Rust", "8000", "same"].into_iter());
        let (theirs, yours) = (["Stock", "Rust, web", "9000", "same"], ["Stock screens", "Rust", "8500", "same"]);
        let expected = vec![("title", Fate::Yours), ("skills", Fate::Theirs), ("budget", Fate::Conflict)];
        assert_eq!(fates(&Marks::parse(&base.to_string(), &NAMES), theirs, yours), expected);
        assert_eq!(fates(&base, theirs, theirs), []);
    }

    #[test]
    fn without_the_beginning_every_difference_is_asked() {
        let (theirs, yours) = (["Stock", "Rust", "9000", "same"], ["Stock screens", "Rust", "9000", "same"]);
        assert_eq!(fates(&Marks::parse("nonsense", &NAMES), theirs, yours), [("title", Fate::Conflict)]);
    }
}
