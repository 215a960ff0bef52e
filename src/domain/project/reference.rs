//! What a project is called where it comes from.

use crate::domain::field_errors::FieldErrors;
use crate::domain::ids::ProjectId;
use crate::domain::words::{ExternalRef, SourceName};

/// Another system's name for a project. Whether two are the same is the database's `key_of`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// Which system.
    pub source: SourceName,
    /// Its name there.
    pub external_ref: ExternalRef,
}

impl Reference {
    /// Judges both parts at once.
    ///
    /// # Errors
    /// Everything that is wrong, by field.
    pub fn parse(source: &str, external_ref: &str) -> Result<Self, FieldErrors> {
        let mut wrong = FieldErrors::new();
        let source = wrong.take("source", SourceName::parse(source));
        let external_ref = wrong.take("external_ref", ExternalRef::parse(external_ref));
        let reference = source.zip(external_ref).map(|(source, external_ref)| Self { source, external_ref });
        wrong.or(reference)
    }
}

/// What came of putting a project under its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Put {
    /// The one project of this name.
    pub project: ProjectId,
    /// Whether this very call made it; otherwise its words were written over, where they say something else.
    pub new: bool,
    /// Whether it says something else than before.
    pub changed: bool,
    /// The version of its words now.
    pub version: i32,
}
