//! Putting one row of a file.

use std::convert::Infallible;

use crate::db::imports::{self, Row};
use crate::db::{Connection, Failure, Tx, jobs, projects, transaction};
use crate::domain::ids::{ImportId, OrganisationId, UserId};
use crate::domain::import::{Judged, Outcome, in_words};
use crate::domain::job::Claim;
use crate::operations::put;

/// Puts the row's project and writes what became of the row, in one transaction: killed before its end, neither happened.
/// Nothing where the claim holds no more.
///
/// # Errors
/// Whatever broke, with nothing written.
pub fn import_row(
    conn: &mut Connection<'_>,
    claim: &Claim,
    by: UserId,
    organisation: OrganisationId,
    (id, source, row): (ImportId, &str, &Row),
) -> Result<Option<Outcome>, Failure<Infallible>> {
    let judged = match row.twin {
        Some(twin) => Err(vec![format!("external_ref: Row {twin} of this file has the same")]),
        None => row.fields().judge(source),
    };
    transaction(conn, |tx| import(tx, claim, by, organisation, (id, row.number), judged))
}

fn import(
    tx: &mut Tx<'_>,
    claim: &Claim,
    by: UserId,
    organisation: OrganisationId,
    (id, number): (ImportId, i32),
    judged: Result<Judged, Vec<String>>,
) -> Result<Option<Outcome>, Failure<Infallible>> {
    let done = match judged {
        Err(wrong) => Err(wrong),
        Ok(Judged { reference, content }) => {
            let known = projects::by_reference(tx, organisation, &reference)?;
            match put(tx, by, organisation, &reference, &content, (known, None)) {
                Ok(put) if put.new => Ok((Outcome::Created, put.project)),
                Ok(put) if put.changed => Ok((Outcome::Updated, put.project)),
                Ok(put) => Ok((Outcome::Unchanged, put.project)),
                // refused before anything was written
                Err(Failure::Refused(why)) => Err(vec![in_words(why)]),
                Err(Failure::Broken(fault)) => return Err(fault.into()),
            }
        }
    };
    // last, because a job's row is the last that is locked
    if !jobs::fence(tx, claim)? {
        return Ok(None);
    }
    let (outcome, project, wrong) = match done {
        Ok((outcome, project)) => (outcome, Some(project), Vec::new()),
        Err(wrong) => (Outcome::Failed, None, wrong),
    };
    imports::write_outcome(tx, id, number, outcome, project, &wrong)?;
    Ok(Some(outcome))
}
