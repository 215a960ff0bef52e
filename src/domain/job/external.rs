//! A job for an organisation's own runners: what they call it, and with what.

use serde_json::{Value, json};

use super::{JobRefused, NewJob, Task};
use crate::domain::field_errors::FieldErrors;
use crate::domain::ids::{OrganisationId, UserId};
use crate::domain::membership::Member;

/// So many bytes of arguments are kept.
const LARGEST: usize = 16 * 1024;

/// A job that is to be: sound by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExternalJob {
    name: String,
    arguments: Value,
    key: String,
}

impl ExternalJob {
    /// Judges all of it at once.
    ///
    /// # Errors
    /// Everything that is wrong, by field.
    pub fn parse(name: &str, arguments: Value, key: &str) -> Result<Self, FieldErrors> {
        let mut wrong = FieldErrors::new();
        let plain = |text: &str, signs: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || signs.contains(char::from(byte)));
        if !(1..=64).contains(&name.len()) || !plain(name, "-_.") {
            wrong.add("name", "Use 1 to 64 characters out of a-z 0-9 - _ .");
        }
        let arguments = if arguments.is_null() { json!({}) } else { arguments };
        let text = arguments.to_string();
        if !arguments.is_object() || text.len() > LARGEST || text.contains("\\u0000") {
            wrong.add("arguments", "Send an object of at most 16 KB without NUL characters");
        }
        if !(1..=100).contains(&key.len()) || !plain(key, "-_.:") {
            wrong.add("key", "Use 1 to 100 characters out of a-z 0-9 - _ . :");
        }
        wrong.or(Some(Self { name: name.to_owned(), arguments, key: key.to_owned() }))
    }

    /// Judges who asks: those who manage the organisation's projects.
    ///
    /// # Errors
    /// Not there for them, or theirs to see only.
    pub fn may_be_asked(&self, by: Option<&Member>) -> Result<(), JobRefused> {
        let by = by.ok_or(JobRefused::Missing)?;
        if by.role.manages_projects() { Ok(()) } else { Err(JobRefused::NotAllowed) }
    }

    /// As it is asked for.
    pub fn job(&self, organisation: OrganisationId, by: UserId) -> NewJob {
        let task = Task::External { name: self.name.clone(), arguments: self.arguments.clone() };
        let key = format!("external:{organisation}:{}", self.key);
        NewJob { organisation: Some(organisation), asked_by: Some(by), ..NewJob::new(task, key) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_wrong_is_said_at_once() {
        let wrong = ExternalJob::parse("Build images!", json!([1]), "").unwrap_err();
        assert_eq!(wrong.iter().map(|(field, _)| field).collect::<Vec<_>>(), ["name", "arguments", "key"]);
        assert!(ExternalJob::parse("build.images", Value::Null, "build-1").is_ok());
    }
}
