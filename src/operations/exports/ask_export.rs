//! Asking for a file.

use serde_json::Value;

use crate::db::refused_attempts::Attempt;
use crate::db::{Connection, Failure, Tx, exports, jobs, transaction};
use crate::domain::export::{ExportRefused, MOST_KEPT};
use crate::domain::ids::{ExportId, UserId};
use crate::domain::job::{NewJob, Priority, Task};
use crate::operations::refused;

/// Writes down which file is wanted, and asks for the job that makes it. The same form sent twice asks once.
///
/// # Errors
/// [`ExportRefused`], recorded; or whatever broke, with nothing written.
pub fn ask_export(
    conn: &mut Connection<'_>,
    by: UserId,
    key: &str,
    wanted: &Value,
    name: &str,
) -> Result<ExportId, Failure<ExportRefused>> {
    refused(conn, Attempt::new(by, "ask_export"), |conn| transaction(conn, |tx| ask(tx, by, key, wanted, name)))
}

fn ask(tx: &mut Tx<'_>, by: UserId, key: &str, wanted: &Value, name: &str) -> Result<ExportId, Failure<ExportRefused>> {
    let (id, is_new) = exports::write_asked(tx, by, key, wanted, name)?;
    if is_new {
        if exports::count_of(tx, by)? > MOST_KEPT {
            return Err(Failure::Refused(ExportRefused::TooMany));
        }
        let task = Task::MakeFile { export: id };
        jobs::enqueue(tx, &NewJob { asked_by: Some(by), priority: Priority::Soon, ..NewJob::new(task, exports::job_key(id)) })?;
    }
    Ok(id)
}
