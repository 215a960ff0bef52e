//! What a person was told, with what the page words it from: rows as they are now, and only what this person may read.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Nullable, Text, Timestamptz};

use crate::db::portion::Portion;
use crate::db::prepared::{literal, statement};
use crate::domain::ids::{ContractId, ExportId, ImportId, InvoiceId, NoticeId, OrganisationId, ProjectId, ProposalId, TicketId, UserId};
use crate::domain::notice::{Concern, NoticeKind, ShownUpTo};
use crate::schema::notice_settings;

/// One notice with what it is about.
#[derive(Debug, Clone, QueryableByName)]
#[expect(missing_docs, reason = "the columns' meanings stand in the schema's migrations")]
pub struct Row {
    #[diesel(sql_type = BigInt)]
    pub id: NoticeId,
    #[diesel(sql_type = Text)]
    pub kind: String,
    #[diesel(sql_type = Timestamptz)]
    pub at: DateTime<Utc>,
    #[diesel(sql_type = Bool)]
    pub unread: bool,
    #[diesel(sql_type = BigInt)]
    user_id: UserId,
    #[diesel(sql_type = Nullable<BigInt>)]
    actor_id: Option<UserId>,
    #[diesel(sql_type = Nullable<BigInt>)]
    subject_id: Option<UserId>,
    /// Who did it; nobody where that is told to nobody, as who sends a sealed bid.
    #[diesel(sql_type = Nullable<Text>)]
    pub actor: Option<String>,
    /// The state after it; for a member, the role.
    #[diesel(sql_type = Nullable<Text>)]
    pub to_state: Option<String>,
    /// To whom, where that is somebody else.
    #[diesel(sql_type = Nullable<Text>)]
    pub subject: Option<String>,
    /// The event's kind.
    #[diesel(sql_type = Text)]
    pub event: String,
    /// What an award made.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub contract: Option<ContractId>,
    /// A file that was made.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub export: Option<ExportId>,
    /// A file of projects that was brought.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub import: Option<ImportId>,
    #[diesel(sql_type = Nullable<BigInt>)]
    pub invoice: Option<InvoiceId>,
    #[diesel(sql_type = Nullable<BigInt>)]
    pub ticket: Option<TicketId>,
    /// Whether the person may read the ticket: it is theirs, or they keep the house.
    #[diesel(sql_type = Bool)]
    pub may_read_ticket: bool,
    #[diesel(sql_type = Nullable<BigInt>)]
    pub project: Option<ProjectId>,
    #[diesel(sql_type = Nullable<Text>)]
    pub title: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub cancel_reason: Option<String>,
    /// The client.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub organisation: Option<OrganisationId>,
    #[diesel(sql_type = Nullable<Text>)]
    pub client: Option<String>,
    /// Whether the person belongs to the client now.
    #[diesel(sql_type = Bool)]
    pub is_member: bool,
    /// Whether the person may see the project without having offered: everybody may, or they are invited.
    #[diesel(sql_type = Bool)]
    pub is_let_in: bool,
    #[diesel(sql_type = Nullable<BigInt>)]
    pub proposal: Option<ProposalId>,
    /// Whether the proposal is the person's own.
    #[diesel(sql_type = Bool)]
    pub is_own: bool,
    /// Whose proposal it is; nobody while the bids are sealed.
    #[diesel(sql_type = Nullable<Text>)]
    pub author: Option<String>,
    /// Why the person's own proposal was declined, once the project is decided.
    #[diesel(sql_type = Nullable<Text>)]
    pub decline_reason: Option<String>,
    /// What could be read at that moment.
    #[diesel(sql_type = Text)]
    shown: String,
}

impl Row {
    /// Whether the person may (still) read what it says: they left, or an invitation was taken back.
    pub fn is_readable(&self, kind: NoticeKind) -> bool {
        if matches!(kind, NoticeKind::FileReady | NoticeKind::ImportDone) {
            return true;
        }
        if self.ticket.is_some() {
            return self.may_read_ticket;
        }
        match kind.concerns() {
            Concern::House => false,
            // Whoever asked or is invited need not have offered.
            Concern::Bidders => self.is_own || self.is_let_in && matches!(kind, NoticeKind::QuestionAnswered | NoticeKind::Invited),
            Concern::Members => self.is_member || self.is_about_reader(),
            Concern::Both => self.is_member || self.is_own || self.is_let_in && kind == NoticeKind::DeadlineNear,
        }
    }

    /// Whether the person is the one it was done to, as a member who was removed.
    pub fn is_about_reader(&self) -> bool {
        self.subject_id == Some(self.user_id)
    }

    /// Whether who did it did it to themselves, as a member who left.
    pub fn is_about_actor(&self) -> bool {
        self.subject_id == self.actor_id
    }
}

/// A page of them.
#[derive(Debug, Clone)]
pub struct Page {
    /// Newest first.
    pub rows: Vec<Row>,
    /// Whether there are older ones.
    pub more: bool,
    /// What can have been shown by now, for "all read".
    pub shown: Option<ShownUpTo>,
}

const ROW: &str = "SELECT n.id, n.kind, e.kind AS event, e.at, n.seen_at IS NULL AS unread, n.user_id, e.actor_id, e.subject_id, \
        CASE WHEN n.kind <> 'NEW_QUESTION' AND (n.proposal_id IS NULL OR b.freelancer_id = n.user_id \
            OR NOT (p.sealed AND p.bids_opened_at IS NULL)) THEN actors.name END AS actor, e.to_state, subjects.name AS subject, \
        coalesce(c.id, (e.facts ->> 'contract')::bigint) AS contract, (e.facts ->> 'export')::bigint AS export, (e.facts ->> 'import')::bigint AS import, (e.facts ->> 'invoice')::bigint AS invoice, k.id AS ticket, \
        coalesce(k.opener_id = n.user_id OR EXISTS (SELECT FROM users WHERE id = n.user_id AND is_admin), false) AS may_read_ticket, \
        p.id AS project, coalesce(p.title, k.title) AS title, p.cancel_reason, \
        o.id AS organisation, o.name AS client, m.user_id IS NOT NULL AS is_member, \
        coalesce(p.visibility = 'PUBLIC', false) OR guests.freelancer_id IS NOT NULL AS is_let_in, \
        n.proposal_id AS proposal, b.freelancer_id IS NOT DISTINCT FROM n.user_id AS is_own, \
        CASE WHEN NOT (p.sealed AND p.bids_opened_at IS NULL) THEN authors.name END AS author, \
        CASE WHEN b.freelancer_id = n.user_id AND p.status <> 'OPEN' AND b.decline_shared THEN b.decline_reason END AS decline_reason, \
        pg_current_snapshot()::text AS shown \
    FROM notices n JOIN events e ON e.stream_kind = n.stream_kind AND e.stream_id = n.stream_id AND e.seq = n.seq \
    LEFT JOIN users actors ON actors.id = e.actor_id LEFT JOIN users subjects ON subjects.id = e.subject_id \
    LEFT JOIN contracts c ON n.stream_kind = 'CONTRACT' AND c.id = n.stream_id \
    LEFT JOIN tickets k ON n.stream_kind = 'TICKET' AND k.id = n.stream_id \
    LEFT JOIN projects p ON p.id = CASE n.stream_kind WHEN 'PROJECT' THEN n.stream_id WHEN 'CONTRACT' THEN c.project_id END \
    LEFT JOIN organisations o ON o.id = CASE n.stream_kind WHEN 'ORGANISATION' THEN n.stream_id ELSE p.organisation_id END \
    LEFT JOIN memberships m ON m.organisation_id = o.id AND m.user_id = n.user_id \
    LEFT JOIN project_invitations guests ON guests.project_id = p.id AND guests.freelancer_id = n.user_id \
    LEFT JOIN proposals b ON b.id = n.proposal_id LEFT JOIN users authors ON authors.id = b.freelancer_id \
    WHERE n.channel = 'SITE' AND n.user_id = ";

/// A person's notices, newest first: those below `after`, or the newest.
pub fn page(conn: &mut PgConnection, user: UserId, after: Option<NoticeId>) -> QueryResult<Page> {
    portion(conn, user, after, Portion::Page)
}

/// A portion of them.
pub fn portion(conn: &mut PgConnection, user: UserId, after: Option<NoticeId>, portion: Portion) -> QueryResult<Page> {
    let rows: Vec<Row> = statement(format!("{ROW} $1 AND n.id < $2 ORDER BY n.id DESC LIMIT $3"))
        .bind::<BigInt, _>(user)
        .bind::<BigInt, _>(after.unwrap_or(NoticeId(i64::MAX)))
        .bind::<BigInt, _>(portion.read())
        .load(conn)?;
    let (rows, more) = portion.cut(rows);
    let shown = rows.first().map(|row| ShownUpTo::new(row.shown.clone()));
    Ok(Page { rows, more, shown })
}

/// One of a person's notices.
pub fn find(conn: &mut PgConnection, user: UserId, id: NoticeId) -> QueryResult<Option<Row>> {
    let query = statement(format!("{ROW} $1 AND n.id = $2"));
    query.bind::<BigInt, _>(user).bind::<BigInt, _>(id).get_result(conn).optional()
}

/// Which notices a page can show whose rows are read after this.
pub fn shown_up_to(conn: &mut PgConnection) -> QueryResult<ShownUpTo> {
    diesel::select(literal::<Text>("pg_current_snapshot()::text")).get_result(conn).map(ShownUpTo::new)
}

/// Of what kinds the unread notices are that a page cannot have shown: at most the last few hundred.
pub fn told_since(conn: &mut PgConnection, user: UserId, shown: &ShownUpTo) -> QueryResult<Vec<NoticeKind>> {
    #[derive(QueryableByName)]
    struct Told {
        #[diesel(sql_type = Text)]
        kind: String,
    }
    let rows: Vec<Told> = statement(
        "SELECT kind FROM (SELECT kind, written_in FROM notices WHERE user_id = $1 AND seen_at IS NULL ORDER BY id DESC LIMIT 300) AS last \
         WHERE NOT pg_visible_in_snapshot(written_in::text::xid8, $2::pg_snapshot)",
    )
    .bind::<BigInt, _>(user)
    .bind::<Text, _>(shown.as_str())
    .load(conn)?;
    Ok(rows.iter().filter_map(|row| NoticeKind::parse(&row.kind)).collect())
}

/// Which kinds a person has switched off, in the order of all kinds.
pub fn switched_off(conn: &mut PgConnection, user: UserId) -> QueryResult<Vec<NoticeKind>> {
    let kinds: Vec<String> = notice_settings::table.filter(notice_settings::user_id.eq(user.0)).select(notice_settings::kind).load(conn)?;
    Ok(NoticeKind::ALL.iter().copied().filter(|kind| kinds.iter().any(|off| off == kind.as_str())).collect())
}
