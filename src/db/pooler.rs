//! Whether something between lends one session of the server to several clients, as poolers do by transaction: then a
//! prepared statement, a setting or a LISTEN may be another client's. Diesel's were seen to run another's statement there.

use diesel::prelude::*;
use diesel::sql_types::{Nullable, Text};

/// What nobody else would call a setting.
const SETTING: &str = "guildhall.whose_session";
/// A pooler may hand its sessions out in turn.
const ROUNDS: usize = 3;

#[derive(QueryableByName)]
struct Said {
    #[diesel(sql_type = Nullable<Text>)]
    said: Option<String>,
}

/// Asks over one connection, and answers what stands in the first row.
pub fn ask(conn: &mut PgConnection, statement: &str) -> QueryResult<Option<String>> {
    let rows: Vec<Said> = diesel::sql_query(statement).load(conn)?;
    Ok(rows.into_iter().next().and_then(|row| row.said))
}

/// Whether two clients meet in one session: what one sets there the other finds, or does not find again itself while the
/// other is in a transaction.
///
/// # Errors
/// Whatever either answers.
pub fn is_shared(
    mut one: impl FnMut(&str) -> QueryResult<Option<String>>,
    mut other: impl FnMut(&str) -> QueryResult<Option<String>>,
) -> QueryResult<bool> {
    let (set, read) =
        (format!("SELECT set_config('{SETTING}', 'one', false) AS said"), format!("SELECT current_setting('{SETTING}', true) AS said"));
    for _ in 0..ROUNDS {
        one(&set)?;
        other("BEGIN")?;
        // At once: of a pooler with a single session the first client would wait for the other's transaction.
        if other(&read)?.as_deref() == Some("one") {
            return Ok(true);
        }
        let kept = one(&read)?;
        other("COMMIT")?;
        if kept.as_deref() != Some("one") {
            return Ok(true);
        }
    }
    Ok(false)
}
