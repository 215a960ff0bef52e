//! What was typed, carried in the browser alone: through signing in again, and while the database is away.

use super::save::keep;
use super::words;
use crate::db::Database;
use crate::domain::draft::{DraftFields, DraftRefused, Form, Stamp};
use crate::domain::ids::UserId;
use crate::web::error::PageError;
use crate::web::form::Fields;

/// The names under which another form carries the fields of this one.
const PREFIX: &str = "kept.";
/// The name under which it says of which form they are.
const FORM: &str = "kept";

/// A form's fields that were sent and not taken.
#[derive(Debug, Clone)]
pub struct Carried {
    /// Which form.
    pub form: Form,
    fields: DraftFields,
}

impl Carried {
    /// What was sent; nothing where that is empty, or too long for a draft.
    pub fn new(form: Form, sent: &Fields) -> Option<Self> {
        let fields = DraftFields::gather(form, sent.iter()).ok().filter(|fields| !fields.is_blank(form))?;
        Some(Self { form, fields })
    }

    /// What another form brings back.
    pub fn read(sent: &Fields) -> Option<Self> {
        let form = Form::at(sent.get(FORM))?;
        let fields: Vec<_> = sent.iter().filter_map(|(name, value)| Some((name.strip_prefix(PREFIX)?, value))).collect();
        Self::new(form, &Fields::from_pairs(&fields))
    }

    /// As another form carries it unseen.
    pub fn hidden(&self) -> Vec<(String, String)> {
        let fields = self.fields.iter().map(|(name, value)| (format!("{PREFIX}{name}"), value.to_owned()));
        std::iter::once((FORM.to_owned(), self.form.address())).chain(fields).collect()
    }

    /// To be read and copied.
    pub fn readable(&self) -> Vec<(&'static str, String)> {
        words::readable(self.form, self.fields.iter())
    }

    /// Makes it somebody's draft.
    ///
    /// # Errors
    /// Whatever broke.
    pub async fn keep(self, database: &Database, by: UserId) -> Result<Result<(), DraftRefused>, PageError> {
        Ok(keep(database, by, self.form, Ok(self.fields), Stamp::NOW).await?.map(drop))
    }
}
