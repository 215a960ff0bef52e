//! The schema: whether it is this program's, and whether each guard that the migrations put up still stands.

use diesel::prelude::*;

use super::Finding;
use crate::db::migrations::{self, Standing};
use crate::db::verify;

/// What to do about a guard that is gone; nothing is put up by itself, because rows may stand in its way by now.
const CURE: &str = "put it up again as its migration has it, then run `guildhall verify`";

/// Looks at migrations first: of a schema of another age every guard would be missed.
pub fn examine(conn: &mut PgConnection) -> QueryResult<Vec<Finding>> {
    let migrated = migrated(&migrations::standing(conn)?);
    if migrated.verdict != super::Verdict::Well {
        return Ok(vec![migrated]);
    }
    let mut findings = vec![migrated];
    let guards = verify::guards(conn)?;
    if guards.faults.is_empty() {
        findings.push(Finding::well("guards", format!("{} constraints, triggers, unique indexes and functions", guards.checked.guards)));
    }
    findings.extend(guards.faults.into_iter().map(|fault| Finding::wrong(fault.at, format!("{}: {CURE}", fault.what))));
    let (wanted, missing) = verify::supports(conn)?;
    if missing.is_empty() {
        findings.push(Finding::well("indexes", format!("{wanted}, with extensions")));
    }
    findings.extend(missing.into_iter().map(|name| Finding::wrong(name, format!("is gone or not valid: {CURE}"))));
    Ok(findings)
}

fn migrated(standing: &Standing) -> Finding {
    match *standing {
        Standing { unknown: 1.., .. } => {
            Finding::wrong("schema", "is newer than this program: run the program that brought it up to date, or a newer one")
        }
        Standing { pending: 0, shared, .. } => Finding::well("schema", format!("{shared} migrations, up to date")),
        Standing { pending, .. } => {
            Finding::wrong("schema", format!("{pending} migrations were not run: run `guildhall migrate`, or start `guildhall serve`"))
        }
    }
}
