//! Opening sealed bids.

use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, Tx, notices, projects, transaction};
use crate::domain::ids::{ProjectId, UserId};
use crate::domain::notice::{MEMBERS, Notice, NoticeKind};
use crate::domain::project::OpenRefused;
use crate::operations::{once, refused};

/// Opens a project's sealed bids once its deadline has passed by the database's clock, under its lock: from this moment
/// its members read them. Answers whether this very call did it; otherwise they were open before.
///
/// # Errors
/// [`OpenRefused`], recorded; or whatever broke, with nothing written.
pub fn open_bids(conn: &mut Connection<'_>, by: UserId, id: ProjectId, seen: Option<i32>) -> Result<bool, Failure<OpenRefused>> {
    let attempt = Attempt { by, act: "open_bids", project: Some(id), proposal: None };
    refused(conn, attempt, |conn| transaction(conn, |tx| once(tx, by, |tx| open(tx, by, id, seen))))
}

fn open(tx: &mut Tx<'_>, by: UserId, id: ProjectId, seen: Option<i32>) -> Result<bool, Failure<OpenRefused>> {
    let Some(mut project) = projects::lock_for_opening(tx, id)? else { return Err(Failure::Refused(OpenRefused::Missing)) };
    let member = projects::membership(tx, project.organisation_id, by)?;
    match project.open_bids(member.as_ref(), seen, project.at).map_err(Failure::Refused)? {
        None => Ok(false),
        Some(opening) => {
            projects::write_opened(tx, &mut project, &opening)?;
            let members = Notice::members(NoticeKind::BidsOpened, project.organisation_id, MEMBERS);
            notices::tell(tx, &project, by, &[Notice::bidders(NoticeKind::BidsOpened, id), members])?;
            Ok(true)
        }
    }
}
