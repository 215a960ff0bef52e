//! A twin of the house's closing: it closes what it read as overdue, however long ago that was.
use diesel::prelude::*;
use guildhall::domain::event::EventKind;
use guildhall::domain::project::ProjectContent;
use guildhall::operations::house::close_overdue_project;
use guildhall::operations::projects::edit_project;

use super::lab::{self, guard, read, run, scene};
use crate::schedule::{overdue, rule};
use crate::support::given::{self, OpenProject, patient};
use crate::support::invariants;

const OVERDUE: &str = "SELECT count(*) AS n FROM projects WHERE id = $1 AND status = 'OPEN' AND deadline <= now() - interval '90 days'";
const LOCK: &str = "SELECT FROM projects WHERE id = $1 FOR UPDATE";
const REJECT: &str = "UPDATE proposals SET status = 'REJECTED' WHERE project_id = $1 AND status = 'PENDING'";
const CLOSE: &str = "UPDATE projects SET status = 'CANCELLED', cancel_reason = 'Overdue.' WHERE id = $1 AND status = 'OPEN'";

/// A sweep as it is often written: one query finds the ids, another closes each. The lock comes too late, and nothing is
/// asked under it but the state.
fn naive_close(conn: &mut PgConnection, on: &OpenProject, pause: impl FnOnce()) -> QueryResult<()> {
    let found = read(conn, OVERDUE, on.id.0) == 1;
    pause();
    if !found {
        return Ok(());
    }
    conn.transaction(|conn| {
        run(conn, LOCK, &[on.id.0])?;
        run(conn, REJECT, &[on.id.0])?;
        run(conn, CLOSE, &[on.id.0])?;
        let chain = lab::chain(conn, on);
        let what = guildhall::domain::event::Happening::by_house(EventKind::ProjectCancelled)
            .moved(Some("OPEN"), "CANCELLED")
            .facts(serde_json::json!({ "days": 90 }));
        lab::put(conn, on, chain, what)
    })
}

fn the_deadline_moves(conn: &mut PgConnection, on: &OpenProject) {
    let words = ProjectContent { deadline: given::in_days(5), ..given::project_words() };
    edit_project(&mut patient(conn), on.organisation.manager.id, on.id, &words, None).expect("an edit");
}

#[test]
fn closing_what_was_read_as_overdue_is_caught() {
    for weakened in [true, false] {
        let (database, on) = scene(weakened);
        let (mut conn, mut other) = (database.connect(), database.connect());
        overdue(&mut conn, on.id);
        let done = guard(naive_close(&mut conn, &on, || the_deadline_moves(&mut other, &on)));
        assert_eq!(done, None, "the schema cannot know: only the lock protects");
        let found = invariants::broken(&mut conn);
        assert!(found.iter().any(|found| found.starts_with("closed by the house before its time")), "{found:?}");
    }
}

#[test]
fn where_the_naive_one_closes_the_operation_does_not() {
    let (database, on) = scene(false);
    let (mut conn, mut other) = (database.connect(), database.connect());
    overdue(&mut conn, on.id);
    the_deadline_moves(&mut other, &on);
    assert!(!close_overdue_project(&mut patient(&mut conn), on.id, rule()).unwrap());
    assert!(invariants::broken(&mut conn).is_empty());
}
