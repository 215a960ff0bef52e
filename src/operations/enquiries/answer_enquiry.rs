//! Answering a question about a project, once for all; and correcting the answer.

use serde_json::json;

use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, Tx, enquiries, events, notices, projects, transaction};
use crate::domain::chain::words_hash;
use crate::domain::enquiry::AnswerRefused;
use crate::domain::event::{EventKind, Happening};
use crate::domain::ids::{EnquiryId, ProjectId, UserId};
use crate::domain::notice::{Notice, NoticeKind};
use crate::domain::words::EnquiryAnswer;
use crate::operations::refused;

/// Puts an answer behind the `seen` ones that the person read, under the project's lock. The words that stand there
/// already, again, change nothing.
///
/// # Errors
/// [`AnswerRefused`], recorded; or whatever broke, with nothing written.
pub fn answer_enquiry(
    conn: &mut Connection<'_>,
    by: UserId,
    id: EnquiryId,
    seen: i32,
    words: &EnquiryAnswer,
) -> Result<ProjectId, Failure<AnswerRefused>> {
    let (project, asker) = enquiries::about(conn, id)?.ok_or(Failure::Refused(AnswerRefused::Missing))?;
    let attempt = Attempt { by, act: "answer_enquiry", project: Some(project), proposal: None };
    refused(conn, attempt, |conn| transaction(conn, |tx| write(tx, by, project, (id, asker), seen, words)))?;
    Ok(project)
}

fn write(
    tx: &mut Tx<'_>,
    by: UserId,
    project: ProjectId,
    (id, asker): (EnquiryId, UserId),
    seen: i32,
    words: &EnquiryAnswer,
) -> Result<(), Failure<AnswerRefused>> {
    let Some(mut project) = projects::lock(tx, project)? else { return Err(Failure::Refused(AnswerRefused::Missing)) };
    let member = projects::membership(tx, project.organisation_id, by)?;
    let standing = enquiries::standing(tx, id)?;
    let (now, said) = standing.map_or((0, String::new()), |standing| (standing.number, standing.words));
    let repeated = said == words.as_str();
    project.may_answer(member.as_ref(), if repeated { now } else { seen }, now).map_err(Failure::Refused)?;
    if repeated {
        return Ok(());
    }
    enquiries::write_answered(tx, &project, id, by, now + 1, words)?;
    let words = words_hash(&project.salt, &[words.as_str()]);
    let what = Happening::by(by, EventKind::EnquiryAnswered).facts(json!({ "enquiry": id, "number": now + 1, "words": words }));
    events::append(tx, &mut project, what)?;
    let (kind, on) = (NoticeKind::QuestionAnswered, project.id);
    notices::tell(tx, &project, by, &[Notice::bidders(kind, on), Notice::person(kind, asker)])?;
    Ok(())
}
