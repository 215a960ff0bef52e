//! All that is kept about one person, table by table: what they get when they ask for it.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Jsonb};
use serde_json::Value;

use super::Portion;
use super::prepared::statement;
use crate::domain::ids::UserId;

/// One row: by which it is ordered, and its cells as a JSON array.
#[derive(Debug, Clone, QueryableByName)]
pub struct Row {
    /// The order.
    #[diesel(sql_type = BigInt)]
    pub key: i64,
    /// The cells.
    #[diesel(sql_type = Jsonb)]
    pub cells: Value,
}

/// Which rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Own {
    /// The account itself.
    Account,
    /// The freelancer's profile.
    Profile,
    /// Organisations that the person belongs to.
    Memberships,
    /// Proposals with all their words.
    Proposals,
    /// Messages that the person wrote.
    Messages,
    /// What the person delivered.
    Deliveries,
    /// Terms of contracts that the person proposed.
    Terms,
    /// Time that the person wrote down.
    Sessions,
    /// Reviews that the person wrote.
    Reviews,
    /// Files that the person added to something.
    Files,
    /// What the person told the house about projects, profiles and reviews.
    Abuse,
    /// What the person wrote on tickets.
    TicketWords,
    /// What the house did about the person, with its reasons.
    Acts,
    /// Questions that the person asked.
    Questions,
    /// What the person typed and has not sent.
    Drafts,
    /// Private notes and marks that the person set on proposals.
    Marks,
    /// Invitations to projects.
    Invitations,
    /// Kinds of notices that are switched off.
    SwitchedOff,
    /// What the person tried and was refused.
    Refused,
    /// Sign-ins that hold.
    SignIns,
    /// Those that were tried.
    SignInsTried,
    /// Since when a code is asked for; never which.
    SecondFactor,
}

impl Own {
    fn query(self) -> &'static str {
        match self {
            Self::Account => {
                "SELECT id AS key, jsonb_build_array(name, email, is_admin, time_zone, theme, created_at) AS cells FROM users \
                 WHERE id = $1 AND id > $2 ORDER BY id LIMIT $3"
            }
            Self::Profile => {
                "SELECT user_id AS key, jsonb_build_array(headline, skills, (rate / 100.0)::numeric(20, 2)::text, currency, about, listed, \
                 available_from, hours_a_week, created_at) AS cells FROM freelancers WHERE user_id = $1 AND user_id > $2 ORDER BY 1 LIMIT $3"
            }
            Self::Memberships => {
                "SELECT m.organisation_id AS key, jsonb_build_array(o.name, m.role, m.created_at) AS cells FROM memberships m \
                 JOIN organisations o ON o.id = m.organisation_id WHERE m.user_id = $1 AND o.id > $2 ORDER BY 1 LIMIT $3"
            }
            Self::Proposals => {
                "SELECT b.id AS key, jsonb_build_array(b.id, b.project_id, p.title, (b.amount / 100.0)::numeric(20, 2)::text, p.currency, b.days, \
                 b.start_on, b.cover_letter, b.questions, b.answers, b.milestones, b.version, b.created_at, b.updated_at) AS cells \
                 FROM proposals b JOIN projects p ON p.id = b.project_id WHERE b.freelancer_id = $1 AND b.id > $2 ORDER BY b.id LIMIT $3"
            }
            Self::Messages => {
                "SELECT m.id AS key, jsonb_build_array(m.id, t.proposal_id, t.contract_id, m.words, m.sent_at) AS cells FROM messages m \
                 JOIN threads t ON t.id = m.thread_id WHERE m.author_id = $1 AND m.id > $2 ORDER BY m.id LIMIT $3"
            }
            Self::Abuse => {
                "SELECT id AS key, jsonb_build_array(id, kind, subject_id, reason, reported_at, outcome) AS cells FROM abuse_reports \
                 WHERE reporter_id = $1 AND id > $2 ORDER BY id LIMIT $3"
            }
            Self::Acts => {
                "SELECT w.seq AS key, jsonb_build_array(e.at, e.kind, w.words) AS cells FROM act_words w JOIN events e USING (stream_kind, stream_id, seq) \
                 WHERE w.stream_kind = 'PERSON' AND w.stream_id = $1 AND w.seq > $2 ORDER BY w.seq LIMIT $3"
            }
            Self::Deliveries => {
                "SELECT s.id AS key, jsonb_build_array(m.contract_id, m.title, s.number, s.words, s.sent_at) AS cells FROM submissions s \
                 JOIN milestones m ON m.id = s.milestone_id JOIN contracts c ON c.id = m.contract_id \
                 WHERE c.freelancer_id = $1 AND s.id > $2 ORDER BY s.id LIMIT $3"
            }
            Self::Terms => {
                "SELECT row_number() OVER (ORDER BY contract_id, number) AS key, jsonb_build_array(contract_id, number, \
                 (amount / 100.0)::numeric(20, 2)::text, days, weekly_limit, ends_on, words, proposed_at) AS cells FROM contract_terms \
                 WHERE proposed_by = $1 AND $2 = 0 ORDER BY contract_id, number LIMIT $3"
            }
            Self::Sessions => {
                "SELECT id AS key, jsonb_build_array(id, contract_id, started_at, ended_at, note, origin, deleted_at) AS cells FROM work_logs \
                 WHERE freelancer_id = $1 AND id > $2 ORDER BY id LIMIT $3"
            }
            Self::Reviews => {
                "SELECT id AS key, jsonb_build_array(contract_id, side, rating, words, written_at) AS cells FROM reviews \
                 WHERE written_by = $1 AND id > $2 ORDER BY id LIMIT $3"
            }
            Self::Files => {
                "SELECT id AS key, jsonb_build_array(id, name, kind, size, proposal_id, message_id, submission_id, added_at, '/files/' || id) AS cells \
                 FROM files WHERE owner_id = $1 AND id > $2 ORDER BY id LIMIT $3"
            }
            Self::TicketWords => {
                "SELECT w.id AS key, jsonb_build_array(w.ticket_id, CASE WHEN t.opener_id = $1 THEN t.title END, w.words, w.written_at) AS cells FROM ticket_words w \
                 JOIN tickets t ON t.id = w.ticket_id WHERE w.author_id = $1 AND w.id > $2 ORDER BY w.id LIMIT $3"
            }
            Self::Questions => {
                "SELECT id AS key, jsonb_build_array(id, project_id, words, asked_at) AS cells FROM enquiries \
                 WHERE asker_id = $1 AND id > $2 ORDER BY id LIMIT $3"
            }
            Self::Drafts => {
                "SELECT id AS key, jsonb_build_array(kind, subject_id, fields, updated_at) AS cells FROM drafts \
                 WHERE user_id = $1 AND id > $2 ORDER BY id LIMIT $3"
            }
            Self::Marks => {
                "SELECT proposal_id AS key, jsonb_build_array(proposal_id, kind, stands, words, set_at) AS cells FROM proposal_marks \
                 WHERE set_by = $1 AND proposal_id > $2 ORDER BY proposal_id, kind LIMIT $3"
            }
            Self::Invitations => {
                "SELECT project_id AS key, jsonb_build_array(project_id, invited_at) AS cells FROM project_invitations \
                 WHERE freelancer_id = $1 AND project_id > $2 ORDER BY project_id LIMIT $3"
            }
            Self::SwitchedOff => {
                "SELECT row_number() OVER (ORDER BY kind) AS key, jsonb_build_array(kind) AS cells FROM notice_settings \
                 WHERE user_id = $1 AND $2 = 0 ORDER BY kind LIMIT $3"
            }
            Self::Refused => {
                "SELECT id AS key, jsonb_build_array(at, act, project_id, proposal_id, why) AS cells FROM refused_attempts \
                 WHERE user_id = $1 AND id > $2 ORDER BY id LIMIT $3"
            }
            Self::SignIns => {
                "SELECT row_number() OVER (ORDER BY created_at) AS key, jsonb_build_array(created_at, seen_at, expires_at, agent, address) AS cells FROM sessions \
                 WHERE user_id = $1 AND $2 = 0 ORDER BY created_at LIMIT $3"
            }
            Self::SignInsTried => {
                "SELECT id AS key, jsonb_build_array(at, outcome, agent, address) AS cells FROM sign_ins \
                 WHERE user_id = $1 AND id > $2 ORDER BY id LIMIT $3"
            }
            Self::SecondFactor => {
                "SELECT user_id AS key, jsonb_build_array(confirmed_at) AS cells FROM second_factors \
                 WHERE user_id = $1 AND user_id > $2 AND confirmed_at IS NOT NULL ORDER BY user_id LIMIT $3"
            }
        }
    }
}

/// A batch of a person's rows behind a key, and whether there are more.
pub fn rows(conn: &mut PgConnection, own: Own, user: UserId, after: i64) -> QueryResult<(Vec<Row>, bool)> {
    let query = statement(own.query()).bind::<BigInt, _>(user).bind::<BigInt, _>(after).bind::<BigInt, _>(Portion::Batch.read());
    Ok(Portion::Batch.cut(query.load(conn)?))
}
