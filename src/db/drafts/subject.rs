//! What a draft is for, as its author may know it at this moment.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Text};

use crate::db::prepared::statement;
use crate::domain::draft::Form;
use crate::domain::ids::UserId;

/// Behind a draft `d`: the proposal `b` that a message is about, and the project `p` with the author's role, where the
/// author may know of them; with the same rules as the pages of each.
pub const JOINED: &str = "LEFT JOIN contracts c ON d.kind = 'CONTRACT_MESSAGE' AND c.id = d.subject_id \
    LEFT JOIN proposals b ON b.id = CASE d.kind WHEN 'PROPOSAL_MESSAGE' THEN d.subject_id WHEN 'CONTRACT_MESSAGE' THEN c.proposal_id END \
    LEFT JOIN LATERAL (SELECT project.*, m.role FROM projects project \
        LEFT JOIN memberships m ON m.organisation_id = project.organisation_id AND m.user_id = d.user_id \
        WHERE project.id = CASE WHEN d.kind LIKE '%\\_MESSAGE' THEN b.project_id ELSE d.subject_id END AND CASE d.kind \
            WHEN 'PROJECT_NEW' THEN m.role IS NOT NULL \
            WHEN 'PROJECT_EDIT' THEN m.role IN ('OWNER', 'MANAGER') \
            WHEN 'PROPOSAL' THEN m.role IS NOT NULL OR project.published_at IS NOT NULL AND (project.visibility = 'PUBLIC' \
                OR EXISTS (SELECT FROM project_invitations i WHERE i.project_id = project.id AND i.freelancer_id = d.user_id) \
                OR EXISTS (SELECT FROM proposals own WHERE own.project_id = project.id AND own.freelancer_id = d.user_id)) \
            ELSE b.freelancer_id = d.user_id OR m.role IS NOT NULL AND NOT (project.sealed AND project.bids_opened_at IS NULL) END) p ON true";

/// Whether somebody may know of a form, so that a draft of it tells them nothing new.
pub fn may_write_for(conn: &mut PgConnection, user: UserId, form: Form) -> QueryResult<bool> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Bool)]
        may: bool,
    }
    let query = format!(
        "SELECT CASE WHEN d.subject_id = 0 \
            THEN EXISTS (SELECT FROM memberships m WHERE m.user_id = d.user_id AND m.role IN ('OWNER', 'MANAGER')) \
            ELSE p.id IS NOT NULL END AS may \
         FROM (SELECT $1::bigint AS user_id, $2::text AS kind, $3::bigint AS subject_id) AS d {JOINED}"
    );
    let (kind, subject) = form.key();
    let row: Row = statement(query).bind::<BigInt, _>(user).bind::<Text, _>(kind).bind::<BigInt, _>(subject).get_result(conn)?;
    Ok(row.may)
}
