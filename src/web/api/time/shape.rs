//! Time worked as machines write and read it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::domain::field_errors::FieldErrors;
use crate::domain::ids::{ContractId, WorkLogId};
use crate::domain::words::WorkNote;
use crate::domain::work::{Entry, Span, WorkLog, whole_minute};

/// From when to when, and on what.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = WorkWords, example = json!({ "started_at": "2026-11-02T09:00:00Z", "ended_at": "2026-11-02T12:30:00Z", "note": "Shelves" }))]
pub struct WorkSaid {
    /// The first minute, RFC 3339.
    #[schema(required, format = DateTime)]
    pub started_at: String,
    /// The minute that does not belong to it any more; at most 24 hours later.
    #[schema(required, format = DateTime)]
    pub ended_at: String,
    /// On what; at most 300 characters.
    pub note: String,
}

impl WorkSaid {
    /// The session, judged as the page's form is.
    ///
    /// # Errors
    /// Everything that is wrong, by field.
    pub fn parse(&self) -> Result<Entry, FieldErrors> {
        let mut errors = FieldErrors::new();
        let from = errors.take("started_at", moment(&self.started_at));
        let to = errors.take("ended_at", moment(&self.ended_at));
        let note = errors.take("note", WorkNote::parse(&self.note));
        match (from, to, note) {
            (Some(from), Some(to), Some(note)) => Ok(Entry { span: Span { from, to: Some(to) }, note }),
            _ => Err(errors),
        }
    }
}

fn moment(text: &str) -> Result<DateTime<Utc>, &'static str> {
    let at = DateTime::parse_from_rfc3339(text.trim()).map_err(|_| "Use a time as 2026-11-02T09:00:00Z")?.to_utc();
    if whole_minute(at) == at { Ok(at) } else { Err("Use a whole minute: time is kept to the minute") }
}

/// Time worked.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = WorkLog)]
pub struct WorkLogDocument {
    /// Its number.
    #[schema(value_type = i64)]
    pub id: WorkLogId,
    /// Rises with every change.
    pub version: i32,
    /// On which contract.
    #[schema(value_type = i64)]
    pub contract: ContractId,
    /// From when.
    pub started_at: DateTime<Utc>,
    /// Until when; null while the timer runs.
    pub ended_at: Option<DateTime<Utc>>,
    /// How long; null while the timer runs.
    pub minutes: Option<i64>,
    /// On what.
    pub note: String,
    /// `TIMER`, `ENTRY`, `HOURS`, `COPY` or `IMPORT`.
    pub origin: String,
    /// Whether it is a timer that was forgotten, and stopped by the house.
    pub stopped_by_house: bool,
    /// Since when it is deleted.
    pub deleted_at: Option<DateTime<Utc>>,
}

impl From<WorkLog> for WorkLogDocument {
    fn from(log: WorkLog) -> Self {
        Self {
            id: log.id,
            version: log.version,
            contract: log.contract_id,
            started_at: log.started_at,
            ended_at: log.ended_at,
            minutes: log.ended_at.map(|ended| (ended - log.started_at).num_minutes()),
            note: log.note,
            origin: log.origin.to_string(),
            stopped_by_house: log.stopped_by_house,
            deleted_at: log.deleted_at,
        }
    }
}
