//! What the page of a long form knows of its draft.

use std::time::SystemTime;

use chrono::{DateTime, Utc};
use jiff::tz::TimeZone;

use crate::db::drafts::Draft;
use crate::domain::draft::Form;
use crate::domain::ids::DraftId;
use crate::web::form::{Fields, new_key};
use crate::web::shown::{self, Moment};

/// For the macros in `parts/draft.html`.
#[derive(Debug, Clone)]
pub struct Pad {
    /// The form.
    pub form: Form,
    /// The page's own name: what it sends is known by it.
    pub page: String,
    /// The same, if the form has a draft; else empty, so that sending costs nothing more.
    pub token: String,
    /// The draft that the form was filled in from, and when it was typed.
    pub draft: Option<(DraftId, Moment)>,
    /// What changed since, in whole sentences; empty for nothing.
    pub changed: String,
}

impl Pad {
    /// For a form that is opened.
    pub fn new(form: Form, draft: Option<&Draft>, clock: &TimeZone) -> Self {
        let page = new_key();
        let draft = draft.map(|draft| (draft.id, shown::time(clock, draft.typed_at)));
        let token = if draft.is_some() { page.clone() } else { String::new() };
        Self { form, page, token, draft, changed: String::new() }
    }

    /// For a form that is shown again after a refusal, which made a draft of it.
    pub fn again(form: Form) -> Self {
        let page = new_key();
        Self { form, token: page.clone(), page, draft: None, changed: String::new() }
    }

    /// Where the form is saved as a draft.
    pub fn address(&self) -> String {
        save_address(self.form)
    }

    /// The server's clock, in milliseconds: for pages whose own is slow.
    pub fn clock(&self) -> i64 {
        now().timestamp_millis()
    }
}

/// Where a form is saved as a draft.
pub fn save_address(form: Form) -> String {
    format!("/drafts?{}", form_urlencoded::Serializer::new(String::new()).append_pair("form", &form.address()).finish())
}

/// For what is only shown; every decision is by the database's clock.
pub fn now() -> DateTime<Utc> {
    SystemTime::now().into()
}

/// A draft's fields as a form takes them.
pub fn fields(draft: &Draft) -> Fields {
    Fields::from_pairs(&draft.fields.iter().collect::<Vec<_>>())
}
