//! Letters as admins see them, and their readers.

use chrono::{DateTime, Utc};
use diesel::dsl::count_star;
use diesel::prelude::*;

use super::choice::choice;
use crate::db::portion::Portion;
use crate::domain::ids::{LinkId, MailId, NoticeId, UserId};
use crate::domain::mail::{Claimed, MailChoice, MailKind, MailState};
use crate::schema::{mails, users};

/// A letter's row.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = mails, check_for_backend(diesel::pg::Pg))]
#[expect(missing_docs, reason = "the columns' meanings stand in the schema's migration")]
pub struct Mail {
    pub id: MailId,
    pub user_id: UserId,
    pub kind: MailKind,
    pub reference: String,
    pub notice_id: Option<NoticeId>,
    pub link_id: Option<LinkId>,
    pub address: Option<String>,
    pub message_id: String,
    pub state: MailState,
    pub attempts: i32,
    pub unsure: bool,
    pub sent_again: i32,
    pub due_at: DateTime<Utc>,
    pub made_at: DateTime<Utc>,
    pub done_at: Option<DateTime<Utc>>,
    pub error: Option<String>,
}

impl Mail {
    /// The letter as whoever sends it has it.
    pub fn as_claimed(&self) -> Claimed {
        Claimed {
            id: self.id,
            user: self.user_id,
            kind: self.kind,
            reference: self.reference.clone(),
            notice: self.notice_id,
            link: self.link_id,
            address: self.address.clone(),
            message_id: self.message_id.clone(),
            attempt: self.attempts,
        }
    }
}

/// A portion of all letters with their readers' names, newest first, or of those in one state; and whether there are more.
/// For admins: who asks is the caller's to know.
pub fn list(
    conn: &mut PgConnection,
    state: Option<MailState>,
    after: Option<MailId>,
    portion: Portion,
) -> QueryResult<(Vec<(Mail, String)>, bool)> {
    let all = mails::table
        .inner_join(users::table)
        .filter(mails::id.lt(after.map_or(i64::MAX, |after| after.0)))
        .order(mails::id.desc())
        .limit(portion.read())
        .select((Mail::as_select(), users::name));
    Ok(portion.cut(match state {
        Some(state) => all.filter(mails::state.eq(state)).load(conn)?,
        None => all.load(conn)?,
    }))
}

/// One letter, with its reader's name.
pub fn find(conn: &mut PgConnection, id: MailId) -> QueryResult<Option<(Mail, String)>> {
    mails::table.inner_join(users::table).filter(mails::id.eq(id.0)).select((Mail::as_select(), users::name)).first(conn).optional()
}

/// How many there are in each state.
pub fn counts(conn: &mut PgConnection) -> QueryResult<Vec<(MailState, i64)>> {
    mails::table.group_by(mails::state).select((mails::state, count_star())).load(conn)
}

/// Whom a letter is for.
#[derive(Debug, Clone)]
pub struct Reader {
    /// Who.
    pub id: UserId,
    /// Their name.
    pub name: String,
    /// The account's address.
    pub email: String,
    /// IANA name.
    pub time_zone: String,
    /// Which letters they want.
    pub choice: MailChoice,
}

/// The reader of a letter, as of now.
pub fn reader(conn: &mut PgConnection, id: UserId) -> QueryResult<Option<Reader>> {
    let row: Option<(String, String, String)> = users::table
        .find(id.0)
        .filter(users::closed_at.is_null())
        .select((users::name, users::email, users::time_zone))
        .first(conn)
        .optional()?;
    let Some((name, email, time_zone)) = row else { return Ok(None) };
    Ok(Some(Reader { id, name, email, time_zone, choice: choice(conn, id)? }))
}
