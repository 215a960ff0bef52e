//! Projects, proposals and contracts as rows.

use super::list::{Part, Read};
use super::table::Cell;
use crate::db::dashboard::{self, Agreed, Sent};
use crate::db::projects::{self, Filter, Listed};
use crate::db::{PgConnection, Portion};
use crate::domain::ids::{ContractId, ProjectId, ProposalId, UserId};

/// Columns of a list of projects.
pub const LISTED: &[&str] = &[
    "Project",
    "Title",
    "Client",
    "State",
    "Skills",
    "Paid",
    "Budget from",
    "Budget to",
    "Currency",
    "Closes",
    "Proposals",
    "Sealed bids",
    "Bids opened",
    "Published",
    "Excerpt",
];

/// Open projects, as they were searched for.
pub fn open(conn: &mut PgConnection, filter: &Filter, after: Option<i64>) -> Read {
    let filter = Filter { after: after.map(ProjectId), ..filter.clone() };
    let (found, more) = projects::portion(conn, &filter, Portion::Batch)?;
    Ok(Part::of(&found, more, |project| project.id.0, listed))
}

/// All projects of the reader's organisations.
pub fn own(conn: &mut PgConnection, reader: UserId, after: Option<i64>) -> Read {
    let (found, more) = dashboard::all_before(conn, reader, after.map(ProjectId))?;
    Ok(Part::of(&found, more, |project| project.id.0, listed))
}

fn listed(project: &Listed) -> Vec<Cell> {
    vec![
        Cell::text(project.id.reference()),
        Cell::text(&project.title),
        Cell::text(&project.organisation),
        Cell::text(project.status.label()),
        Cell::Many(project.skills.clone()),
        Cell::text(project.kind.label()),
        Cell::Amount(project.budget_min),
        Cell::Amount(project.budget_max),
        Cell::text(&project.currency),
        Cell::Time(project.deadline),
        Cell::Number(project.proposal_count.into()),
        Cell::Yes(project.sealed),
        Cell::maybe(project.bids_opened_at, Cell::Time),
        Cell::maybe(project.published_at, Cell::Time),
        Cell::text(&project.excerpt),
    ]
}

/// Columns of the proposals that somebody sent.
pub const SENT: &[&str] =
    &["Proposal", "Project", "Title", "Client", "State", "Price", "Currency", "Since", "Closes", "Asks for your confirmation since"];

/// The proposals that the reader sent.
pub fn sent(conn: &mut PgConnection, reader: UserId, after: Option<i64>) -> Read {
    let (found, more) = dashboard::sent_before(conn, reader, after.map(ProposalId))?;
    let cells = |sent: &Sent| {
        vec![
            Cell::text(sent.id.reference()),
            Cell::text(sent.project.reference()),
            Cell::text(&sent.title),
            Cell::text(&sent.organisation),
            Cell::text(sent.status.label()),
            Cell::Amount(sent.price().minor),
            Cell::text(sent.price().currency),
            Cell::Time(sent.since),
            Cell::Time(sent.deadline),
            Cell::maybe(sent.outgrown_at(), Cell::Time),
        ]
    };
    Ok(Part::of(&found, more, |sent| sent.id.0, cells))
}

/// Columns of contracts.
pub const AGREED: &[&str] = &["Contract", "Title", "Client", "Freelancer", "State", "Price", "Currency", "Accepted"];

/// The contracts of the reader and of their organisations.
pub fn contracts(conn: &mut PgConnection, reader: UserId, after: Option<i64>) -> Read {
    let (found, more) = dashboard::agreed_before(conn, reader, after.map(ContractId))?;
    let cells = |agreed: &Agreed| {
        vec![
            Cell::text(agreed.id.reference()),
            Cell::text(&agreed.title),
            Cell::text(&agreed.organisation),
            Cell::text(&agreed.freelancer_name),
            Cell::text(agreed.status.label()),
            Cell::Amount(agreed.price().minor),
            Cell::text(agreed.price().currency),
            Cell::Time(agreed.at),
        ]
    };
    Ok(Part::of(&found, more, |agreed| agreed.id.0, cells))
}
