//! Proposals: finding, reading under the project's lock, writing.

mod confirm;
mod read;

use chrono::{DateTime, Utc};
use diesel::dsl::{array, exists};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bytea, Date, Integer, Jsonb, Nullable, Text, Timestamptz};

use super::failure::count;
use super::locked::{Held, clock_timestamp};
use super::prepared::Prepared;
use super::{Fault, Locked, Tx, events};
use crate::domain::event::Happening;
use crate::domain::ids::{ContractId, ProjectId, ProposalId, UserId};
use crate::domain::membership::{Member, Role};
use crate::domain::project::{Bid, Project, ProjectStatus};
use crate::domain::proposal::{Decline, Proposal, ProposalContent, ProposalStatus, Submitter};
use crate::schema::{contracts, freelancers, memberships, project_invitations, projects, proposals, users};

pub use confirm::write_confirmed;
pub use read::{Compared, Named, of_project, with_project};

/// A proposal by its id. Whether the reader may know of it is the caller's to ask.
pub fn find(conn: &mut PgConnection, id: ProposalId) -> QueryResult<Option<Proposal>> {
    proposals::table.find(id.0).select(Proposal::as_select()).first(conn).optional()
}

/// Which project a proposal belongs to: never changes, so that it may be asked before the lock.
pub fn project_of(conn: &mut PgConnection, id: ProposalId) -> QueryResult<Option<ProjectId>> {
    proposals::table.find(id.0).select(proposals::project_id).first(conn).optional()
}

/// A freelancer's own proposal on a project.
pub fn own(conn: &mut PgConnection, project: ProjectId, freelancer: UserId) -> QueryResult<Option<Proposal>> {
    proposals::table
        .filter(proposals::project_id.eq(project.0))
        .filter(proposals::freelancer_id.eq(freelancer.0))
        .select(Proposal::as_select())
        .first(conn)
        .optional()
}

#[diesel::declare_sql_function]
extern "SQL" {
    /// The next number of a sequence; numbers may be left out.
    fn nextval(sequence: Text) -> BigInt;
}

/// What is read under the project's lock to judge an award: in one statement, so that it is all of one moment.
pub struct Judged {
    /// The project, with the time that counts.
    pub project: Locked<Project>,
    /// Who decides, if they belong to the client.
    pub by: Option<Member>,
    /// The proposal and its rivals.
    pub bid: Bid,
}

/// The proposal and all else that an award is judged by, with the clock, read under the project's lock.
pub fn bid(tx: &mut Tx<'_>, project: Held<Project>, id: ProposalId, by: UserId) -> QueryResult<Option<Judged>> {
    let (deciders, authors) = diesel::alias!(memberships as deciders, memberships as authors);
    let rivals = diesel::alias!(proposals as rivals);
    let role = deciders
        .filter(deciders.field(memberships::organisation_id).eq(project.organisation_id.0))
        .filter(deciders.field(memberships::user_id).eq(by.0))
        .select(deciders.field(memberships::role))
        .single_value();
    let author = authors
        .filter(authors.field(memberships::organisation_id).eq(project.organisation_id.0))
        .filter(authors.field(memberships::user_id).eq(proposals::freelancer_id));
    let others = rivals
        .filter(rivals.field(proposals::project_id).eq(project.id.0))
        .filter(rivals.field(proposals::status).eq(ProposalStatus::Pending))
        .filter(rivals.field(proposals::id).ne(id.0))
        .order(rivals.field(proposals::id))
        .select(rivals.field(proposals::id));
    let contract = contracts::table.filter(contracts::proposal_id.eq(proposals::id)).select(contracts::id).single_value();
    let out = users::table.filter(users::id.eq(proposals::freelancer_id)).filter(users::suspended_at.is_not_null());
    type Row = (DateTime<Utc>, Proposal, Option<Role>, bool, bool, Vec<ProposalId>, Option<ContractId>, ContractId);
    let row: Option<Row> = proposals::table
        .find(id.0)
        .select((
            clock_timestamp(),
            Proposal::as_select(),
            role,
            exists(author),
            exists(out),
            array(others),
            contract,
            nextval("contracts_id_seq"),
        ))
        .first(&mut **tx)
        .optional()?;
    Ok(row.map(|(at, proposal, role, author_is_member, author_is_out, others, contract, next_contract)| Judged {
        by: role.map(|role| Member { user: by, organisation: project.organisation_id, role }),
        project: project.read_at(at),
        bid: Bid { proposal, author_is_member, author_is_out, others, contract, next_contract },
    }))
}

/// What is read before the lock, to refuse early: the project and its state, and what somebody is to its client.
#[derive(Debug, Clone, Queryable)]
pub struct Outlook {
    /// The proposal's project: never changes.
    pub project: ProjectId,
    /// Its state.
    pub status: ProjectStatus,
    /// The winner, if there is one.
    pub accepted: Option<ProposalId>,
    /// The person's role.
    pub role: Option<Role>,
}

/// How things look before the lock. May refuse, never grant.
pub fn outlook(conn: &mut PgConnection, id: ProposalId, by: UserId) -> QueryResult<Option<Outlook>> {
    let member = memberships::organisation_id.eq(projects::organisation_id).and(memberships::user_id.eq(by.0));
    proposals::table
        .inner_join(projects::table.on(projects::id.eq(proposals::project_id)))
        .left_join(memberships::table.on(member))
        .filter(proposals::id.eq(id.0))
        .select((projects::id, projects::status, projects::accepted_proposal_id, memberships::role.nullable()))
        .first(conn)
        .optional()
}

/// What is read under the project's lock to judge a proposal that is sent, in one statement.
pub struct Sender {
    /// The project, with the time that counts.
    pub project: Locked<Project>,
    /// Who sends it.
    pub submitter: Submitter,
    /// Their proposal here, if there is one already.
    pub own: Option<Proposal>,
}

/// Who sends a proposal, with the clock, read under the project's lock.
pub fn sender(tx: &mut Tx<'_>, project: Held<Project>, by: UserId) -> QueryResult<Sender> {
    let profile = freelancers::table.find(by.0).filter(freelancers::closed_at.is_null());
    let membership = memberships::table.find((project.organisation_id.0, by.0));
    let own = proposals::project_id.eq(projects::id).and(proposals::freelancer_id.eq(by.0));
    let invitation = project_invitations::table.find((project.id.0, by.0));
    type Row = (DateTime<Utc>, bool, bool, bool, Option<Proposal>);
    let (at, is_freelancer, is_member, is_invited, own): Row = projects::table
        .find(project.id.0)
        .left_join(proposals::table.on(own))
        .select((clock_timestamp(), exists(profile), exists(membership), exists(invitation), Option::<Proposal>::as_select()))
        .first(&mut **tx)?;
    Ok(Sender { project: project.read_at(at), submitter: Submitter { user: by, is_freelancer, is_member, is_invited }, own })
}

/// Appends to the project's history and counts its proposals on, in one UPDATE of the project.
pub fn append(tx: &mut Tx<'_>, project: &mut Locked<Project>, what: Happening, more: i32) -> Result<(), Fault> {
    let before = project.chain.count;
    let link = events::link(tx, project, what);
    let wrote = events::telling(&link)
        .text(" UPDATE projects SET proposal_count = proposal_count + ")
        .value::<Integer, _>(more, ", event_count = ")
        .value::<BigInt, _>(link.seq, ", chain_head = ")
        .value::<Bytea, _>(&link.hash, " WHERE id = ")
        .value::<BigInt, _>(project.id, " AND event_count = ")
        .value::<BigInt, _>(before, "")
        .execute(&mut **tx)?;
    count("proposal counts", 1, wrote)
}

/// Writes a freelancer's first proposal on a project; answers its id, and the salt of its words' hash.
pub fn write_submitted(
    tx: &mut Tx<'_>,
    project: &Locked<Project>,
    by: UserId,
    content: &ProposalContent,
) -> Result<(ProposalId, Vec<u8>), Fault> {
    Ok(diesel::insert_into(proposals::table)
        .values((
            proposals::project_id.eq(project.id.0),
            proposals::freelancer_id.eq(by.0),
            proposals::amount.eq(content.amount),
            proposals::days.eq(content.days),
            proposals::start_on.eq(content.start_on),
            proposals::cover_letter.eq(content.cover_letter.as_str()),
            proposals::questions.eq(&content.questions),
            proposals::answers.eq(&content.answers),
            proposals::milestones.eq(content.milestones_json()),
            proposals::scope_version.eq(project.scope_version),
            proposals::created_at.eq(project.at),
            proposals::updated_at.eq(project.at),
        ))
        .returning((proposals::id, proposals::salt))
        .get_result(&mut **tx)?)
}

/// Writes new words over a freelancer's own proposal, which is pending (again) after it.
pub fn write_revised(tx: &mut Tx<'_>, project: &Locked<Project>, own: &Proposal, content: &ProposalContent) -> Result<(), Fault> {
    let milestones = content.milestones_json();
    // Where it is pending already its state is left alone, and the schema need not judge it again.
    let wrote = Prepared::new("UPDATE proposals SET ")
        .text(match own.status {
            ProposalStatus::Pending => "amount = ",
            _ => "status = 'PENDING', declined_at = NULL, declined_by = NULL, decline_reason = NULL, amount = ",
        })
        .value::<BigInt, _>(content.amount, ", days = ")
        .value::<Integer, _>(content.days, ", start_on = ")
        .value::<Nullable<Date>, _>(content.start_on, ", cover_letter = ")
        .value::<Text, _>(content.cover_letter.as_str(), ", questions = ")
        .value::<Array<Text>, _>(&content.questions, ", answers = ")
        .value::<Array<Text>, _>(&content.answers, ", milestones = ")
        .value::<Jsonb, _>(&milestones, ", scope_version = ")
        .value::<Integer, _>(project.scope_version, ", updated_at = ")
        .value::<Timestamptz, _>(project.at, ", version = version + 1 WHERE id = ")
        .value::<BigInt, _>(own.id, " AND version = ")
        .value::<Integer, _>(own.version, " AND status = ")
        .value::<Text, _>(own.status, "")
        .execute(&mut **tx)?;
    count("proposals revised", 1, wrote)
}

/// → WITHDRAWN.
pub fn write_withdrawn(tx: &mut Tx<'_>, project: &Locked<Project>, own: &Proposal) -> Result<(), Fault> {
    let wrote = diesel::update(guarded(own, own.status))
        .set((
            proposals::status.eq(ProposalStatus::Withdrawn),
            proposals::declined_at.eq(None::<DateTime<Utc>>),
            proposals::declined_by.eq(None::<i64>),
            proposals::decline_reason.eq(None::<String>),
            proposals::updated_at.eq(project.at),
        ))
        .execute(&mut **tx)?;
    count("proposals withdrawn", 1, wrote)
}

/// PENDING → REJECTED by hand.
pub fn write_declined(tx: &mut Tx<'_>, project: &Locked<Project>, proposal: &Proposal, by: UserId, decline: &Decline) -> Result<(), Fault> {
    let wrote = diesel::update(guarded(proposal, ProposalStatus::Pending))
        .set((
            proposals::status.eq(ProposalStatus::Rejected),
            proposals::declined_at.eq(Some(project.at)),
            proposals::declined_by.eq(Some(by.0)),
            proposals::decline_reason.eq(Some(decline.reason.as_str())),
            proposals::decline_shared.eq(decline.shared),
            proposals::updated_at.eq(project.at),
        ))
        .execute(&mut **tx)?;
    count("proposals declined", 1, wrote)
}

/// A decline → PENDING again.
pub fn write_undeclined(tx: &mut Tx<'_>, project: &Locked<Project>, proposal: &Proposal) -> Result<(), Fault> {
    let wrote = diesel::update(guarded(proposal, ProposalStatus::Rejected))
        .set((
            proposals::status.eq(ProposalStatus::Pending),
            proposals::declined_at.eq(None::<DateTime<Utc>>),
            proposals::declined_by.eq(None::<i64>),
            proposals::decline_reason.eq(None::<String>),
            proposals::updated_at.eq(project.at),
        ))
        .execute(&mut **tx)?;
    count("proposals undeclined", 1, wrote)
}

/// The row, guarded by the state and version that were judged.
type Guarded = diesel::dsl::Filter<
    diesel::dsl::Filter<diesel::dsl::Find<proposals::table, i64>, diesel::dsl::Eq<proposals::status, ProposalStatus>>,
    diesel::dsl::Eq<proposals::version, i32>,
>;

fn guarded(proposal: &Proposal, status: ProposalStatus) -> Guarded {
    proposals::table.find(proposal.id.0).filter(proposals::status.eq(status)).filter(proposals::version.eq(proposal.version))
}
