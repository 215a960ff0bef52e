//! Everything that a naive site does otherwise, in one place: for `guildhall race --naive`, which must catch it. Compiled only
//! under the feature `naive`, with which the program does nothing but race, on a database of its own.
//!
//! Three things make the site naive, as programs are often written: rows are read without a lock and decided on a moment
//! later; statements write what was decided over whatever stands there by then; and the schema's guards are gone.

use std::borrow::Cow;
use std::sync::atomic::{AtomicU32, Ordering};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;

/// What lies between reading and writing, in seconds: long enough that others come in between.
const PAUSE: &str = "0.03";

/// How statements are spelled instead: those that state what they expect to find, and count in SQL, write what was read.
const SWAPPED: [(&str, &str); 8] = [
    // the award: whatever state the proposals and the project are in by then, and whatever their history has come to
    (" WHERE status = 'PENDING' AND project_id = ", " WHERE project_id = "),
    (" WHERE status = 'OPEN' AND id = ", " WHERE id = "),
    (" AND event_count = ", " AND 0 <= "),
    // a ticket's moves, and its level
    (" AND status = $9 AND assignee_id IS NOT DISTINCT FROM $10 AND level = $11 AND merged_into IS NULL", ""),
    (", level = level + 1", ", level = $11 + 1"),
    // a list in a column of JSON: read, made longer, and written back
    (
        "history = history || jsonb_build_array($2)",
        "history = (SELECT history FROM tickets AS read, pg_sleep(0.03) WHERE id = $1) || jsonb_build_array($2)",
    ),
    // a job's end: whether it runs and whose it is, is looked at first
    (
        " WHERE id = $1 AND status = 'RUNNING' AND lock_token = $2::uuid RETURNING id, attempts, version) INSERT",
        " FROM (SELECT lock_token AS had, pg_sleep(0.03) FROM jobs WHERE id = $1 AND status = 'RUNNING') AS read \
         WHERE id = $1 AND had = $2::uuid RETURNING id, attempts, version) INSERT",
    ),
    // a name: looked for first, then inserted
    (
        "VALUES (nextval('projects_id_seq'), $1, $2, $3) ON CONFLICT (organisation_id, source_key, ref_key) DO NOTHING",
        "SELECT nextval('projects_id_seq'), $1, $2, $3 FROM pg_sleep(0.03)",
    ),
];

/// The guards that stand behind the program's own: taken down.
const DROPPED: &str = "
    DROP TRIGGER projects_legal_moves ON projects;
    DROP TRIGGER proposals_legal_moves ON proposals;
    DROP TRIGGER proposals_scope_is_current ON proposals;
    DROP TRIGGER proposals_only_while_open_insert ON proposals;
    DROP TRIGGER proposals_only_while_open_update ON proposals;
    DROP TRIGGER projects_whole_award_insert ON projects;
    DROP TRIGGER projects_whole_award_update ON projects;
    DROP TRIGGER proposals_whole_award_insert ON proposals;
    DROP TRIGGER proposals_whole_award_update ON proposals;
    ALTER TABLE projects DROP CONSTRAINT projects_winner_iff_assigned;
    ALTER TABLE proposals DROP CONSTRAINT proposals_declined_is_rejected;
    DROP INDEX proposals_one_accepted_per_project;
    DROP INDEX contracts_one_live_per_project;
    DROP INDEX contracts_one_per_proposal;
    DROP TRIGGER contracts_legal_moves ON contracts;
    DROP TRIGGER projects_end_with_contract ON projects;
    DROP TRIGGER contracts_complete_projects ON contracts;
    ALTER TABLE events DROP CONSTRAINT events_pkey;
    ALTER TABLE project_references DROP CONSTRAINT project_references_one_per_key;
    ALTER TABLE work_logs DROP CONSTRAINT work_logs_no_overlap;
    DROP TRIGGER jobs_moves ON jobs;
    DROP TRIGGER jobs_beat ON jobs;
    DROP INDEX job_events_one_per_version;
    ALTER TABLE ticket_words DROP CONSTRAINT ticket_words_one_per_place;
    DROP TRIGGER tickets_moves ON tickets;
    DROP TRIGGER tickets_history_grows ON tickets;
    DROP TRIGGER tickets_level_is_escalations ON tickets;
";

/// How often each spelling was used.
static USED: [AtomicU32; SWAPPED.len()] = [const { AtomicU32::new(0) }; SWAPPED.len()];

/// Takes the guards of a database down.
///
/// # Errors
/// The database's: a guard is called otherwise by now.
pub fn take_down(url: &str) -> anyhow::Result<()> {
    Ok(PgConnection::establish(url)?.batch_execute(DROPPED)?)
}

/// Spellings that were never used: the statements are written otherwise by now.
pub fn unused() -> Vec<&'static str> {
    let unused = SWAPPED.iter().zip(&USED).filter(|(_, used)| used.load(Ordering::Relaxed) == 0);
    unused.map(|((right, _), _)| *right).collect()
}

/// A statement, or a piece of one, as the naive site sends it.
pub(super) fn spelled(text: &str) -> Cow<'_, str> {
    let mut spelled = Cow::Borrowed(text);
    for ((right, naive), used) in SWAPPED.iter().zip(&USED) {
        if spelled.contains(right) {
            used.fetch_add(1, Ordering::Relaxed);
            spelled = Cow::Owned(spelled.replace(right, naive));
        }
    }
    spelled
}

/// Before a row is locked: what is locked from here on can be let go.
pub(super) fn before_lock(conn: &mut PgConnection) -> QueryResult<()> {
    conn.batch_execute("SAVEPOINT naive")
}

/// Lets the lock go as if there had been none, and takes its time.
pub(super) fn let_go(conn: &mut PgConnection) -> QueryResult<()> {
    conn.batch_execute(&format!("ROLLBACK TO SAVEPOINT naive; RELEASE SAVEPOINT naive; SELECT pg_sleep({PAUSE})"))
}
