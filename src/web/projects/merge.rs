//! Two people edited one project: field by field, what stands now, what the second one typed, and what to ask.

use super::typed::{FIELDS, Marks, Typed};

/// What became of one field.
#[derive(Debug, Clone, PartialEq, Eq)]
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

/// One field with both its values.
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
pub fn merge(base: &Marks, theirs: &Typed, yours: &Typed) -> Vec<Field> {
    let judge = |place: usize, name: &str| {
        let (theirs, yours) = (theirs.get(name), yours.get(name));
        match (base.began_with(place, theirs), base.began_with(place, yours)) {
            _ if theirs == yours => Fate::Same,
            (true, _) => Fate::Yours,
            (_, true) => Fate::Theirs,
            _ => Fate::Conflict,
        }
    };
    FIELDS.iter().enumerate().map(|(place, (name, label))| Field { name, label, fate: judge(place, name) }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(title: &str, skills: &str, budget: &str) -> Typed {
        Typed::with(|name| match name {
            "title" => title.to_owned(),
            "skills" => skills.to_owned(),
            "budget_max" => budget.to_owned(),
            _ => "the same".to_owned(),
        })
    }

    fn fates(base: &Marks, theirs: &Typed, yours: &Typed) -> Vec<(&'static str, Fate)> {
        merge(base, theirs, yours).into_iter().filter(|field| field.fate != Fate::Same).map(|field| (field.name, field.fate)).collect()
    }

    #[test]
    fn only_what_both_changed_is_asked() {
        let base = words("Stock", "Rust", "8000").marks();
        let (theirs, yours) = (words("Stock", "Rust, web", "9000"), words("Stock screens", "Rust", "8500"));
        let expected = vec![("title", Fate::Yours), ("skills", Fate::Theirs), ("budget_max", Fate::Conflict)];
        assert_eq!(fates(&Marks::parse(&base.to_string()), &theirs, &yours), expected);
        assert_eq!(fates(&base, &theirs, &theirs), []);
    }

    #[test]
    fn without_the_beginning_every_difference_is_asked() {
        let (theirs, yours) = (words("Stock", "Rust", "9000"), words("Stock screens", "Rust", "9000"));
        assert_eq!(fates(&Marks::parse("nonsense"), &theirs, &yours), [("title", Fate::Conflict)]);
    }
}
