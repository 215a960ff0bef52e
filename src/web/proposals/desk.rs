//! What a freelancer's pages about one project stand on, read at once; and why there might be nothing to send.

use chrono::{DateTime, Utc};

use crate::db::files::Listed;
use crate::db::{PgConnection, QueryResult, clock, files, freelancers, projects, proposals};
use crate::domain::ids::{FileId, ProjectId, UserId};
use crate::domain::project::{Project, ProjectStatus};
use crate::domain::proposal::{Proposal, SubmitRefused, Submitter};

/// A project as one freelancer may send a proposal to it.
#[derive(Debug, Clone)]
pub struct Desk {
    /// The project.
    pub project: Project,
    /// The client's name.
    pub organisation: String,
    /// The freelancer's proposal, if there is one.
    pub own: Option<Proposal>,
    /// Who writes.
    pub writer: Submitter,
    /// When this was read, by the database's clock.
    pub at: DateTime<Utc>,
    /// When the project's words were last changed.
    pub edited_at: Option<DateTime<Utc>>,
    /// The own proposal's files.
    pub files: Vec<Listed>,
    /// When it was decided, and whether for this freelancer; known to those who sent a proposal.
    pub decided: Option<Decided>,
}

/// How it ended, as the freelancers who took part may know.
#[derive(Debug, Clone, Copy)]
pub struct Decided {
    /// When.
    pub at: DateTime<Utc>,
    /// Whether this freelancer was chosen.
    pub mine: bool,
}

/// Reads it all.
pub fn read(conn: &mut PgConnection, project: ProjectId, user: UserId) -> QueryResult<Option<Desk>> {
    let Some(project) = projects::find(conn, project)? else {
        return Ok(None);
    };
    let own = proposals::own(conn, project.id, user)?;
    let decided = match &own {
        Some(_) if project.status != ProjectStatus::Open => projects::decision(conn, project.id)?,
        _ => None,
    };
    Ok(Some(Desk {
        organisation: projects::organisation_name(conn, project.organisation_id)?,
        edited_at: projects::edited_at(conn, project.id)?,
        at: clock(conn)?,
        writer: freelancers::standing(conn, user, &project)?,
        decided: decided.map(|decided| Decided { at: decided.at, mine: decided.freelancer == user }),
        files: match &own {
            Some(own) => files::of_proposal(conn, own.id)?,
            None => Vec::new(),
        },
        project,
        own,
    }))
}

/// The files that a form names, as far as they are this person's to add: their own that wait, and those of their proposal.
pub fn held(conn: &mut PgConnection, desk: &Desk, user: UserId, named: &[FileId]) -> QueryResult<Vec<Listed>> {
    let there: Vec<Listed> = desk.files.iter().filter(|file| named.contains(&file.id)).cloned().collect();
    if there.len() == named.len() {
        return Ok(there);
    }
    files::choosable(conn, user, named, desk.own.as_ref().map(|own| own.id))
}

impl Desk {
    /// Why nothing could be sent at this moment, if so. The operation judges again, under the lock.
    pub fn blocked(&self, seen_version: Option<i32>, seen_scope: Option<i32>) -> Option<SubmitRefused> {
        self.project.may_submit(self.writer, self.own.as_ref(), seen_version, seen_scope, self.at).err()
    }
}
