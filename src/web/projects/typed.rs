//! The form of a project's words: as text, on its way in and out.

use jiff::tz::TimeZone;

use super::words;
use crate::domain::field_errors::FieldErrors;
use crate::domain::money::plain;
use crate::domain::project::{Project, ProjectContent, ProjectKind, ProjectTyped};
use crate::web::form::Fields;
use crate::web::merge::Marks;
use crate::web::shown;

/// The form's fields: names, and their labels as forms and conflicts show them.
pub const FIELDS: [(&str, &str); 10] = [
    ("title", "Title"),
    ("description", "Description"),
    ("skills", "Skills"),
    ("kind", "Paid"),
    ("budget_min", "Budget from"),
    ("budget_max", "Budget up to"),
    ("currency", "Currency"),
    ("deadline", "Proposals close"),
    ("sealed", "Bids"),
    ("questions", "Questions"),
];

/// The field's word for bids that nobody reads before they are opened, and for those that are read as they come.
const SEALED: &str = "yes";
const READ_AT_ONCE: &str = "no";

/// However a form or a tool says it.
fn is_sealed(typed: &str) -> bool {
    matches!(typed, SEALED | "on" | "true" | "1")
}

/// What stands in the form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Typed([String; FIELDS.len()]);

impl Typed {
    /// An empty form.
    pub fn blank() -> Self {
        Self::with(|name| match name {
            "currency" => "EUR".to_owned(),
            "sealed" => READ_AT_ONCE.to_owned(),
            _ => String::new(),
        })
    }

    /// As it was sent. Browsers end lines with CR LF; what is compared does not.
    pub fn sent(fields: &Fields) -> Self {
        Self::with(|name| fields.get(name).replace("\r\n", "\n").trim().to_owned())
    }

    /// As a draft holds it; what it does not hold is as it `stands`.
    pub fn draft(fields: &Fields, stands: &Self) -> Self {
        let typed = Self::sent(fields);
        Self::with(|name| if fields.has(name) { typed.get(name) } else { stands.get(name) }.to_owned())
    }

    /// A project's words as its form shows them.
    pub fn of(project: &Project, zone: &TimeZone) -> Self {
        Self::with(|name| match name {
            "title" => project.title.clone(),
            "description" => project.description.clone(),
            "skills" => project.skills.join(", "),
            "kind" => project.kind.as_str().to_owned(),
            "budget_min" => plain(project.budget_min),
            "budget_max" => plain(project.budget_max),
            "currency" => project.currency.clone(),
            "deadline" => shown::field(zone, project.deadline),
            "sealed" => if project.sealed { SEALED } else { READ_AT_ONCE }.to_owned(),
            _ => project.questions.join("\n"),
        })
    }

    /// Each field by its name.
    pub fn with(value: impl Fn(&'static str) -> String) -> Self {
        Self(FIELDS.map(|(name, _)| value(name)))
    }

    /// One field.
    pub fn get(&self, name: &str) -> &str {
        FIELDS.iter().zip(&self.0).find(|((field, _), _)| *field == name).map_or("", |(_, value)| value)
    }

    /// One field as people read it, in places where it cannot be edited.
    pub fn shown(&self, name: &str) -> String {
        match (name, self.get(name)) {
            (_, "") => "nothing".to_owned(),
            ("kind", kind) => ProjectKind::parse(kind).map_or_else(|| kind.to_owned(), |kind| kind.label().to_owned()),
            ("sealed", sealed) => words::sealed(is_sealed(sealed)).to_owned(),
            ("deadline", local) => local.replace('T', " "),
            (_, value) => value.to_owned(),
        }
    }

    /// All fields as people read them, with their labels.
    pub fn kept(&self) -> Vec<(&'static str, String)> {
        FIELDS.iter().map(|(name, label)| (*label, self.shown(name))).collect()
    }

    /// The words, judged. A deadline that stands there as `before` shows it is that very moment: a field knows no
    /// seconds.
    ///
    /// # Errors
    /// Everything that is wrong, by field.
    pub fn parse(&self, zone: &TimeZone, before: Option<&Project>) -> Result<ProjectContent, FieldErrors> {
        let typed = self.get("deadline");
        let untouched = before.map(|project| project.deadline).filter(|deadline| shown::field(zone, *deadline) == typed);
        ProjectContent::parse(&ProjectTyped {
            title: self.get("title"),
            description: self.get("description"),
            skills: self.get("skills"),
            kind: self.get("kind"),
            budget_min: self.get("budget_min"),
            budget_max: self.get("budget_max"),
            currency: self.get("currency"),
            deadline: untouched.or_else(|| shown::parse_field(zone, typed)),
            sealed: is_sealed(self.get("sealed")),
            questions: self.get("questions"),
        })
    }

    /// What the form began with, in a few letters a field: tells later which fields a person changed.
    pub fn marks(&self) -> Marks {
        Marks::of(self.values())
    }

    /// Every value, in the form's order.
    pub fn values(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}
