//! One row of a file: a project as another system has it.

use chrono::DateTime;

use crate::domain::field_errors::FieldErrors;
use crate::domain::project::{ProjectContent, ProjectKind, ProjectTyped, Reference};
use crate::domain::text_enum::text_enum;

/// What a row says, in the order in which its fields are kept. The first three and those of money and time must be there.
pub const COLUMNS: [&str; 11] =
    ["external_ref", "title", "description", "skills", "kind", "budget_min", "budget_max", "currency", "deadline", "sealed", "questions"];

text_enum! {
    /// What became of a row.
    Outcome {
        /// There was no project of this name: it was made, as a draft.
        Created = "CREATED",
        /// Its project says something else now.
        Updated = "UPDATED",
        /// Its project said the same already.
        Unchanged = "UNCHANGED",
        /// It is wrong, or was refused.
        Failed = "FAILED",
    }
}

/// A row's fields as they were typed; the deadline in RFC 3339, where it could be read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RowFields(pub Vec<String>);

/// A row that makes sense.
#[derive(Debug, Clone)]
pub struct Judged {
    /// Its name.
    pub reference: Reference,
    /// Its words.
    pub content: ProjectContent,
}

impl RowFields {
    /// One field.
    pub fn get(&self, name: &str) -> &str {
        let place = COLUMNS.iter().position(|column| *column == name);
        place.and_then(|place| self.0.get(place)).map_or("", String::as_str)
    }

    /// Judges all fields at once.
    ///
    /// # Errors
    /// Everything that is wrong, each beginning with its column.
    pub fn judge(&self, source: &str) -> Result<Judged, Vec<String>> {
        let typed = |name| self.get(name).trim();
        let kind = ProjectKind::ALL
            .iter()
            .find(|kind| typed("kind").eq_ignore_ascii_case(kind.as_str()) || typed("kind").to_lowercase() == kind.label().to_lowercase());
        let sealed = match typed("sealed").to_lowercase().as_str() {
            "" | "no" | "false" | "0" => Some(false),
            "yes" | "true" | "1" => Some(true),
            _ => None,
        };
        let currency = typed("currency").to_uppercase();
        let content = ProjectContent::parse(&ProjectTyped {
            title: typed("title"),
            description: typed("description"),
            skills: typed("skills"),
            kind: kind.map_or("", |kind| kind.as_str()),
            budget_min: typed("budget_min"),
            budget_max: typed("budget_max"),
            currency: &currency,
            deadline: DateTime::parse_from_rfc3339(typed("deadline")).ok().map(|at| at.to_utc()),
            sealed: sealed.unwrap_or_default(),
            questions: self.get("questions"),
        });
        let mut wrong = Vec::new();
        let mut note = |errors: FieldErrors| wrong.extend(errors.iter().map(|(field, message)| format!("{field}: {message}")));
        let reference = Reference::parse(source, typed("external_ref")).map_err(&mut note).ok();
        let content = content.map_err(&mut note).ok();
        if sealed.is_none() {
            wrong.push("sealed: Enter yes or no".to_owned());
        }
        match (reference, content) {
            (Some(reference), Some(content)) if wrong.is_empty() => Ok(Judged { reference, content }),
            _ => Err(wrong),
        }
    }
}
