//! A proposal with all that is said of it to those who decide, read at once.

use chrono::{DateTime, Utc};

use crate::db::proposals::Named;
use crate::db::{PgConnection, QueryResult, projects, proposals};
use crate::domain::ids::{ProposalId, UserId};
use crate::domain::membership::Role;
use crate::domain::person::Person;
use crate::domain::project::{Project, ProjectStatus};

/// A proposal, its project, and how that was decided.
#[derive(Debug, Clone)]
pub struct Standing {
    /// The project.
    pub project: Project,
    /// The proposal with its names.
    pub named: Named,
    /// How the project was decided, if it was.
    pub decision: Option<projects::Decision>,
    /// When this was read, by the database's clock.
    pub at: DateTime<Utc>,
}

/// What somebody is to a proposal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// It is theirs.
    Author,
    /// They belong to the client.
    Member(Role),
}

/// Reads it all; nothing where bids are sealed and the reader is not the proposal's author.
pub fn read(conn: &mut PgConnection, id: ProposalId, reader: UserId) -> QueryResult<Option<Standing>> {
    let Some((project, named, at)) = proposals::with_project(conn, id, reader)? else {
        return Ok(None);
    };
    let decision = match project.status {
        ProjectStatus::Draft | ProjectStatus::Open | ProjectStatus::Cancelled => None,
        ProjectStatus::Assigned | ProjectStatus::Completed => projects::decision(conn, project.id)?,
    };
    Ok(Some(Standing { project, named, decision, at }))
}

impl Standing {
    /// What a person is to it; nothing for those who may not know of it.
    pub fn reader(&self, person: &Person) -> Option<Reader> {
        if self.named.proposal.freelancer_id == person.id {
            return Some(Reader::Author);
        }
        person.role_in(self.project.organisation_id).map(Reader::Member)
    }

    /// The price in words.
    pub fn price(&self) -> String {
        super::price(&self.project, self.named.proposal.amount)
    }
}
