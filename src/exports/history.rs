//! Histories as rows: of an event that concerns others, its time and hash, as on the page.

use super::list::{NotShown, Part, Read};
use super::table::Cell;
use crate::db::annals::{self, Event, Sought};
use crate::db::events::Recorded;
use crate::db::history::{self, History};
use crate::db::{Failure, PgConnection, Portion, contracts, organisations, projects, proposals, users};
use crate::domain::chain::{Chain, hex};
use crate::domain::event::{Audience, EventKind};
use crate::domain::ids::{ContractId, OrganisationId, ProjectId, ProposalId, UserId};
use crate::domain::reader::Reader;

/// The columns.
pub const HEADS: &[&str] = &["Event", "At", "Kind", "Who", "Proposal", "Whom", "From", "To", "Hash before", "Hash"];

const MISSING: Failure<NotShown> = Failure::Refused(NotShown::Missing);

/// What happened to a project, for its client's members, for admins, and for everybody who sent a proposal.
pub fn project(conn: &mut PgConnection, id: ProjectId, reader: UserId, after: Option<i64>) -> Read {
    let project = projects::find(conn, id)?.ok_or(MISSING)?;
    let is_member = is_member(conn, project.organisation_id, reader)?;
    let own = proposals::own(conn, id, reader)?;
    let reader = Reader::of_project(reader, is_member, own.as_ref(), &project).ok_or(MISSING)?;
    read(conn, &project.chain(), &reader, after)
}

/// What happened to a contract, for both its sides and for admins.
pub fn of_contract(conn: &mut PgConnection, id: ContractId, reader: UserId, after: Option<i64>) -> Read {
    let contract = contracts::find(conn, id)?.ok_or(MISSING)?;
    let is_member = is_member(conn, contract.organisation_id, reader)?;
    let reader = Reader::of_contract(reader, is_member, &contract).ok_or(MISSING)?;
    read(conn, &contract.chain(), &reader, after)
}

/// What happened to an organisation, for its members and for admins.
pub fn of_organisation(conn: &mut PgConnection, id: OrganisationId, reader: UserId, after: Option<i64>) -> Read {
    if !is_member(conn, id, reader)? {
        return Err(MISSING);
    }
    let organisation = organisations::find(conn, id)?.ok_or(MISSING)?;
    read(conn, &organisation.chain(), &Reader::member(reader), after)
}

/// What the reader did with their account.
pub fn of_person(conn: &mut PgConnection, reader: UserId, after: Option<i64>) -> Read {
    let user = users::find(conn, reader)?.ok_or(MISSING)?;
    read(conn, &user.chain(), &Reader::member(reader), after)
}

/// Columns of what happened everywhere.
pub const ALL: &[&str] = &["At", "Kind", "Thing", "Who", "Name", "Whom", "Name of whom", "From", "To", "Hash"];

/// What happened everywhere, for admins: what would tell of a sealed bid or of who asks is left out by the reading itself.
pub fn of_all(conn: &mut PgConnection, reader: UserId, sought: &Sought, after: Option<i64>) -> Read {
    if !users::is_admin(conn, reader)? {
        return Err(MISSING);
    }
    let (found, more) = annals::list(conn, sought, after, Portion::Batch)?;
    let cells = |one: &Event| {
        vec![
            Cell::Time(one.at),
            Cell::text(&one.kind),
            Cell::maybe(one.root(), |root| Cell::text(root.reference())),
            Cell::maybe(one.actor_id, |id| Cell::text(id.reference())),
            Cell::maybe(one.actor.as_ref(), Cell::text),
            Cell::maybe(one.subject_id, |id| Cell::text(id.reference())),
            Cell::maybe(one.subject.as_ref(), Cell::text),
            Cell::maybe(one.from_state.as_ref(), Cell::text),
            Cell::maybe(one.to_state.as_ref(), Cell::text),
            Cell::text(hex(&one.hash)),
        ]
    };
    Ok(Part::of(&found, more, Event::key, cells))
}

fn is_member(conn: &mut PgConnection, id: OrganisationId, reader: UserId) -> Result<bool, Failure<NotShown>> {
    let member = projects::membership(conn, id, reader)?;
    Ok(member.is_some() || users::find(conn, reader)?.is_some_and(|user| user.is_admin))
}

fn read(conn: &mut PgConnection, chain: &Chain, reader: &Reader, after: Option<i64>) -> Read {
    let history = history::batch(conn, chain, after.unwrap_or(0))?;
    Ok(Part::of(&history.events, history.more, |event| event.seq, |event| cells(event, &history, reader)))
}

fn cells(event: &Recorded, history: &History, reader: &Reader) -> Vec<Cell> {
    let told = reader.may_read(&event.kind, event.actor_id, history.author(event));
    let tell = |cell: Cell| if told { cell } else { Cell::None };
    let whom = event.subject_id.and_then(|id| history.names.get(&id));
    let who = event.actor_name.as_ref().filter(|_| !is_unsaid(&event.kind));
    vec![
        Cell::Number(event.seq),
        Cell::Time(event.at),
        tell(Cell::text(&event.kind)),
        tell(Cell::maybe(who, Cell::text)),
        tell(Cell::maybe(event.proposal_id, |id| Cell::text(ProposalId(id).reference()))),
        tell(Cell::maybe(whom, Cell::text)),
        tell(Cell::maybe(event.from_state.as_ref(), Cell::text)),
        tell(Cell::maybe(event.to_state.as_ref(), Cell::text)),
        Cell::text(hex(&event.prev_hash)),
        Cell::text(hex(&event.hash)),
    ]
}

/// Whether who did it is not told: who asked about a project, and who of the house acted.
fn is_unsaid(kind: &str) -> bool {
    use EventKind::{EnquiryMade, ProjectHeld, ProjectReleased};
    let is_unsaid = |kind| matches!(kind, EnquiryMade | ProjectHeld | ProjectReleased) || kind.audience() == Audience::Kept;
    EventKind::parse(kind).is_some_and(is_unsaid)
}
