//! Drafts of long forms: each its author's alone, so that every query here names the author.

mod subject;
mod write;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Jsonb, Nullable, Text, Timestamptz};

use crate::db::prepared::statement;
use crate::domain::draft::{DraftFields, DraftState, Form, FormKind, MOST_KEPT, Subject};
use crate::domain::ids::{DraftId, ProjectId, UserId};
use crate::domain::membership::Role;
use crate::domain::project::ProjectStatus;
use crate::domain::proposal::ProposalStatus;
use crate::schema::drafts;

pub use subject::may_write_for;
pub use write::{purge, write_blank, write_discarded, write_restored, write_saved, write_sent};

/// More than this is not listed: what is kept, and as much again of what was discarded lately.
const LISTED: usize = 2 * MOST_KEPT;

/// A draft as its form is filled in from it.
#[derive(Debug, Clone)]
pub struct Draft {
    /// Its id.
    pub id: DraftId,
    /// What was typed.
    pub fields: DraftFields,
    /// When that was typed last.
    pub typed_at: DateTime<Utc>,
}

/// The draft of a form.
pub fn find(conn: &mut PgConnection, user: UserId, form: Form) -> QueryResult<Option<Draft>> {
    let (kind, subject) = form.key();
    let row: Option<(DraftId, serde_json::Value, DateTime<Utc>)> = kept(user)
        .filter(drafts::kind.eq(kind).and(drafts::subject_id.eq(subject)))
        .select((drafts::id, drafts::fields, drafts::typed_at))
        .first(conn)
        .optional()?;
    row.map(|(id, fields, typed_at)| Ok(Draft { id, fields: read(fields)?, typed_at })).transpose()
}

/// A draft in its author's list.
#[derive(Debug, Clone)]
pub struct Listed {
    /// Its id.
    pub id: DraftId,
    /// What it is for.
    pub form: Form,
    /// Whether it was discarded.
    pub state: DraftState,
    /// What was typed.
    pub fields: DraftFields,
    /// When that was typed last.
    pub typed_at: DateTime<Utc>,
    /// What its author may know of that now; nothing where it is gone, or of a new project.
    pub subject: Option<Subject>,
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = BigInt)]
    id: DraftId,
    #[diesel(sql_type = Text)]
    kind: FormKind,
    #[diesel(sql_type = BigInt)]
    subject_id: i64,
    #[diesel(sql_type = Text)]
    state: DraftState,
    #[diesel(sql_type = Jsonb)]
    fields: serde_json::Value,
    #[diesel(sql_type = Timestamptz)]
    typed_at: DateTime<Utc>,
    #[diesel(sql_type = Nullable<BigInt>)]
    project: Option<ProjectId>,
    #[diesel(sql_type = Nullable<Text>)]
    title: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    status: Option<ProjectStatus>,
    #[diesel(sql_type = Nullable<Bool>)]
    takes_proposals: Option<bool>,
    #[diesel(sql_type = Nullable<Text>)]
    proposal: Option<ProposalStatus>,
    #[diesel(sql_type = Nullable<Text>)]
    role: Option<Role>,
}

/// A person's drafts, what was typed last first, behind them those that were discarded lately; or one of them.
pub fn of_person(conn: &mut PgConnection, user: UserId, only: Option<DraftId>) -> QueryResult<Vec<Listed>> {
    let query = format!(
        "SELECT d.id, d.kind, d.subject_id, d.state, d.fields, d.typed_at, p.id AS project, p.title, p.status, \
            p.status = 'OPEN' AND p.held_at IS NULL AND p.deadline > clock_timestamp() AS takes_proposals, b.status AS proposal, p.role \
         FROM drafts d {} WHERE d.user_id = $1 AND d.state <> 'SENT' AND ($2 IS NULL OR d.id = $2) \
         ORDER BY d.state = 'KEPT' DESC, d.typed_at DESC, d.id DESC LIMIT {LISTED}",
        subject::JOINED
    );
    let rows: Vec<Row> = statement(query).bind::<BigInt, _>(user).bind::<Nullable<BigInt>, _>(only).load(conn)?;
    rows.into_iter().map(listed).collect()
}

/// The drafts that a person keeps.
#[diesel::dsl::auto_type(no_type_alias)]
pub(super) fn kept(user: UserId) -> _ {
    let (of, state): (i64, DraftState) = (user.0, DraftState::Kept);
    drafts::table.filter(drafts::user_id.eq(of)).filter(drafts::state.eq(state))
}

fn listed(row: Row) -> QueryResult<Listed> {
    let subject = match (row.project, row.title, row.status) {
        (Some(project), Some(title), Some(status)) => Some(Subject {
            project,
            title,
            status,
            takes_proposals: row.takes_proposals.unwrap_or(false),
            proposal: row.proposal,
            role: row.role,
        }),
        _ => None,
    };
    let form = Form::of(row.kind, row.subject_id);
    Ok(Listed { id: row.id, form, state: row.state, fields: read(row.fields)?, typed_at: row.typed_at, subject })
}

fn read(fields: serde_json::Value) -> QueryResult<DraftFields> {
    serde_json::from_value(fields).map_err(|error| diesel::result::Error::DeserializationError(error.into()))
}
