//! A form that was overtaken, shown again: what fits together is merged in its fields, the rest is asked beside them.

use super::{Fate, Marks, Names, merge};
use crate::web::form::Fields;

/// What a person is told and asked above such a form.
#[derive(Debug, Clone, Default)]
pub struct Overtaken {
    /// Labels of the fields that only the one who saved first changed: the form shows theirs.
    pub taken: Vec<&'static str>,
    /// Labels of those that only this person changed: the form shows them as they were typed.
    pub kept: Vec<&'static str>,
    /// What both changed: the form shows this person's.
    pub asked: Vec<Asked>,
}

/// A field that both changed.
#[derive(Debug, Clone)]
pub struct Asked {
    /// Its name in the form.
    pub name: &'static str,
    /// Its label.
    pub label: &'static str,
    /// What stands there now.
    pub theirs: String,
    /// What this person typed.
    pub yours: String,
}

impl Overtaken {
    /// With the values of what is asked as people read them.
    #[must_use]
    pub fn worded(mut self, words: impl Fn(&str, String) -> String) -> Self {
        for asked in &mut self.asked {
            asked.theirs = words(asked.name, std::mem::take(&mut asked.theirs));
            asked.yours = words(asked.name, std::mem::take(&mut asked.yours));
        }
        self
    }
}

/// Merges what was `typed` into what is `stored`; whoever does not send a field does not change it. Answers what to say, and the
/// fields that the form shows.
pub fn overtaken(names: &Names, base: &Marks, stored: &Fields, typed: &Fields) -> (Overtaken, Fields) {
    let sent = |name: &str| if typed.has(name) { plain(typed.get(name)) } else { stored.get(name).to_owned() };
    let typed = Fields::from_texts(names.iter().map(|(name, _)| ((*name).to_owned(), sent(name))).collect());
    let (mut told, mut shown) = (Overtaken::default(), Fields::default());
    for field in merge(names, base, |name| stored.get(name), |name| typed.get(name)) {
        let (theirs, yours) = (stored.get(field.name), typed.get(field.name));
        match field.fate {
            Fate::Same => {}
            Fate::Theirs => told.taken.push(field.label),
            Fate::Yours => told.kept.push(field.label),
            Fate::Conflict => {
                let (theirs, yours) = (theirs.to_owned(), yours.to_owned());
                told.asked.push(Asked { name: field.name, label: field.label, theirs, yours });
            }
        }
        shown.push(field.name.to_owned(), if field.fate == Fate::Theirs { theirs } else { yours }.to_owned());
    }
    (told, shown)
}

/// What was sent, with what stands there now wherever a person chose that.
pub fn chosen(names: &Names, sent: &Fields, stored: &Fields) -> Fields {
    let is_theirs = |name: &str| names.iter().any(|(one, _)| *one == name) && sent.get(&format!("take.{name}")) == "theirs";
    let choose = |(name, typed): (&str, &str)| (name.to_owned(), if is_theirs(name) { stored.get(name) } else { typed }.to_owned());
    Fields::from_texts(sent.iter().map(choose).collect())
}

/// Browsers end lines with CR LF; what is compared does not.
fn plain(typed: &str) -> String {
    typed.replace("\r\n", "\n").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: [(&str, &str); 3] = [("name", "Name"), ("zone", "Zone"), ("words", "Words")];

    fn fields(name: &str, zone: &str, words: &str) -> Fields {
        Fields::from_pairs(&[("name", name), ("zone", zone), ("words", words)])
    }

    #[test]
    fn what_fits_together_is_merged_and_the_rest_is_asked() {
        let base = Marks::of(["Ada", "UTC", "One\nline"].into_iter());
        let (told, shown) = overtaken(&NAMES, &base, &fields("Ada B.", "UTC", "Two"), &fields("Ada Byron", "UTC ", "One\r\nline"));
        assert_eq!((told.taken, told.kept), (vec!["Words"], vec![]));
        let asked: Vec<_> = told.asked.iter().map(|field| (field.name, field.theirs.as_str(), field.yours.as_str())).collect();
        assert_eq!(asked, [("name", "Ada B.", "Ada Byron")]);
        assert_eq!((shown.get("name"), shown.get("zone"), shown.get("words")), ("Ada Byron", "UTC", "Two"));
    }

    #[test]
    fn a_choice_takes_what_stands_there() {
        let sent = Fields::from_pairs(&[("name", "Ada Byron"), ("zone", "UTC"), ("take.name", "theirs"), ("take.reason", "theirs")]);
        let sent = chosen(&NAMES, &sent, &fields("Ada B.", "Europe/Paris", ""));
        assert_eq!((sent.get("name"), sent.get("zone")), ("Ada B.", "UTC"));
    }
}
