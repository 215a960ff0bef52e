//! Notices: who is told of an event, written with the event; and what each person has read.

mod read;
mod write;

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Nullable, Text};

use super::prepared::Prepared;
use super::{Locked, Tx};
use crate::domain::ids::UserId;
use crate::domain::notice::{Notice, Told};

pub use read::{Page, Row, find, page, portion, shown_up_to, switched_off, told_since};
pub use write::{purge, write_all_read, write_read, write_switched_off, write_unread};

/// No account has this number.
const NOBODY: UserId = UserId(0);

/// Tells people of the event that was last put behind the locked root, in one statement and in its transaction. Nobody
/// is told what they did themselves, what they have switched off, or one event twice: of several notices for one
/// person the first holds.
pub fn tell<T>(tx: &mut Tx<'_>, root: &Locked<T>, by: impl Into<Option<UserId>>, notices: &[Notice]) -> QueryResult<()> {
    let event = &root.chain;
    let mut insert =
        Prepared::new("INSERT INTO notices (user_id, kind, stream_kind, stream_id, seq, proposal_id) SELECT told.user_id, told.kind, ")
            .value::<Text, _>(event.root.kind(), ", ")
            .value::<BigInt, _>(event.root.id(), ", ")
            .value::<BigInt, _>(event.count, ", told.proposal_id FROM (");
    for (place, notice) in notices.iter().enumerate() {
        insert = told(if place == 0 { insert } else { insert.text(" UNION ALL ") }, notice);
    }
    insert
        .text(") AS told (user_id, kind, proposal_id) WHERE told.user_id <> ")
        .value::<BigInt, _>(
            by.into().unwrap_or(NOBODY),
            " AND NOT EXISTS (SELECT FROM notice_settings WHERE notice_settings.user_id = told.user_id AND notice_settings.kind = told.kind) \
             ON CONFLICT DO NOTHING",
        )
        .execute(&mut **tx)
        .map(drop)
}

fn told<'v>(insert: Prepared<'v>, notice: &Notice) -> Prepared<'v> {
    let kind = notice.kind;
    match notice.to {
        Told::Person(id) => insert
            .text("SELECT ")
            .value::<BigInt, _>(id, ", ")
            .value::<Text, _>(kind, ", ")
            .value::<Nullable<BigInt>, _>(notice.proposal, ""),
        Told::Members(id, roles) => insert
            .text("SELECT user_id, ")
            .value::<Text, _>(kind, ", ")
            .value::<Nullable<BigInt>, _>(notice.proposal, " FROM memberships WHERE organisation_id = ")
            .value::<BigInt, _>(id, " AND role = ANY(")
            .value::<Array<Text>, _>(roles, ")"),
        Told::Guests(id) => insert
            .text("SELECT freelancer_id, ")
            .value::<Text, _>(kind, ", NULL::bigint FROM project_invitations WHERE project_id = ")
            .value::<BigInt, _>(id, ""),
        Told::WaitedFor(id) => insert
            .text("SELECT waited.freelancer_id, ")
            .value::<Text, _>(
                kind,
                ", NULL::bigint FROM (SELECT freelancer_id, project_id FROM project_invitations UNION SELECT user_id, subject_id FROM drafts \
                 WHERE kind = 'PROPOSAL' AND state = 'KEPT') AS waited (freelancer_id, project_id) WHERE NOT EXISTS (SELECT FROM proposals b \
                 WHERE b.project_id = waited.project_id AND b.freelancer_id = waited.freelancer_id) AND waited.project_id = ",
            )
            .value::<BigInt, _>(id, ""),
        Told::Admins => insert
            .text("SELECT id, ")
            .value::<Text, _>(kind, ", NULL::bigint FROM users WHERE is_admin AND closed_at IS NULL"),
        Told::Bidders(id) => insert
            .text("SELECT freelancer_id, ")
            .value::<Text, _>(kind, ", id FROM proposals WHERE status IN ('PENDING', 'REJECTED') AND project_id = ")
            .value::<BigInt, _>(id, ""),
    }
}
