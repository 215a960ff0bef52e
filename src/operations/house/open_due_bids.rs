//! Opening sealed bids at their deadline, where no member has.

use std::convert::Infallible;

use chrono::TimeDelta;

use crate::db::{Connection, Failure, Tx, notices, projects, transaction};
use crate::domain::ids::ProjectId;
use crate::domain::notice::{MEMBERS, Notice, NoticeKind};

/// Opens a project's sealed bids in the house's name, once they have waited for so long after the deadline, under its lock.
/// Answers whether this very call did: a member may have been first, or the deadline was moved.
///
/// # Errors
/// Whatever broke, with nothing written.
pub fn open_due_bids(conn: &mut Connection<'_>, id: ProjectId, waited: TimeDelta) -> Result<bool, Failure<Infallible>> {
    transaction(conn, |tx| open(tx, id, waited))
}

fn open(tx: &mut Tx<'_>, id: ProjectId, waited: TimeDelta) -> Result<bool, Failure<Infallible>> {
    let Some(mut project) = projects::lock_for_opening(tx, id)? else { return Ok(false) };
    let Some(opening) = project.open_bids_when_due(waited, project.at) else { return Ok(false) };
    projects::write_opened(tx, &mut project, &opening)?;
    let members = Notice::members(NoticeKind::BidsOpened, project.organisation_id, MEMBERS);
    notices::tell(tx, &project, None, &[Notice::bidders(NoticeKind::BidsOpened, id), members])?;
    Ok(true)
}
