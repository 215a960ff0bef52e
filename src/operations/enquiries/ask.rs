//! Asking a question about a project.

use serde_json::json;

use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, Tx, enquiries, events, notices, projects, transaction};
use crate::domain::chain::words_hash;
use crate::domain::enquiry::AskRefused;
use crate::domain::event::{EventKind, Happening};
use crate::domain::ids::{EnquiryId, ProjectId, UserId};
use crate::domain::notice::{DECIDERS, Notice, NoticeKind};
use crate::domain::proposal::OfferRefused;
use crate::domain::words::EnquiryWords;
use crate::operations::refused;

/// Asks, under the project's lock and before its deadline by the database's clock. The same question of the same
/// person a second time is the first one.
///
/// # Errors
/// [`AskRefused`], recorded; or whatever broke, with nothing written.
pub fn ask(conn: &mut Connection<'_>, by: UserId, project: ProjectId, words: &EnquiryWords) -> Result<EnquiryId, Failure<AskRefused>> {
    let attempt = Attempt { by, act: "ask", project: Some(project), proposal: None };
    refused(conn, attempt, |conn| transaction(conn, |tx| write(tx, by, project, words)))
}

fn write(tx: &mut Tx<'_>, by: UserId, project: ProjectId, words: &EnquiryWords) -> Result<EnquiryId, Failure<AskRefused>> {
    let Some(mut project) = projects::lock(tx, project)? else { return Err(Failure::Refused(AskRefused::NotNow(OfferRefused::Missing))) };
    if let Some(asked) = enquiries::same(tx, project.id, by, words)? {
        return Ok(asked);
    }
    let (asker, has_offered, asked) = enquiries::asker(tx, &project, by)?;
    project.may_ask(asker, has_offered, asked, project.at).map_err(Failure::Refused)?;
    let id = enquiries::write_asked(tx, &project, by, words)?;
    let what =
        Happening::by(by, EventKind::EnquiryMade).facts(json!({ "enquiry": id, "words": words_hash(&project.salt, &[words.as_str()]) }));
    events::append(tx, &mut project, what)?;
    notices::tell(tx, &project, by, &[Notice::members(NoticeKind::NewQuestion, project.organisation_id, DECIDERS)])?;
    Ok(id)
}
