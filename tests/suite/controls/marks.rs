//! The twins of marking and of writing a note: what was read is written back, with one's own added.
use diesel::prelude::*;
use guildhall::domain::proposal::MarkKind;
use guildhall::operations::proposals::{annotate_proposal, mark_proposal};

use super::lab::{DROPPED, guard, read, run};
use crate::marks::lost::{Acknowledged, lost};
use crate::marks::note;
use crate::support::database::TestDatabase;
use crate::support::given::{self, OpenProject, patient};

fn scene(weakened: bool) -> (TestDatabase, OpenProject) {
    let database = if weakened { TestDatabase::weakened(DROPPED) } else { TestDatabase::new() };
    let project = given::open_project(&mut database.connect(), 1);
    (database, project)
}

/// Saves the whole set of marks, as a form of tick boxes would: what stood when it was read, and the short list.
fn naive_mark(conn: &mut PgConnection, on: &OpenProject, pause: impl FnOnce()) -> QueryResult<()> {
    let (proposal, by) = (on.proposals[0].0, on.organisation.owner.id.0);
    let query = "SELECT count(*) AS n FROM proposal_marks WHERE proposal_id = $1 AND kind = 'ARCHIVED' AND stands";
    let is_archived = read(conn, query, proposal) == 1;
    pause();
    conn.transaction(|conn| {
        run(conn, "DELETE FROM proposal_marks WHERE proposal_id = $1", &[proposal])?;
        let insert = "INSERT INTO proposal_marks (proposal_id, kind, stands, set_by) VALUES ($1, 'SHORTLISTED', true, $2)";
        run(conn, insert, &[proposal, by])?;
        let kept = "INSERT INTO proposal_marks (proposal_id, kind, stands, set_by) SELECT $1, 'ARCHIVED', true, $2 WHERE $3 = 1";
        run(conn, kept, &[proposal, by, i64::from(is_archived)])
    })
}

#[test]
fn saving_the_marks_that_were_read_is_caught() {
    for round in 0..10 {
        let (database, on) = scene(true);
        let (conn, mut other) = (&mut database.connect(), database.connect());
        naive_mark(conn, &on, || {}).expect("alone, nothing is wrong with it");
        let mut told = Acknowledged { marks: vec![MarkKind::Shortlisted], lines: Vec::new() };
        assert_eq!(lost(conn, on.proposals[0], &told), Vec::<String>::new());
        let done = naive_mark(conn, &on, || {
            mark_proposal(&mut patient(&mut other), on.organisation.manager.id, on.proposals[0], MarkKind::Archived).expect("the rival");
        });
        done.expect("nothing stops a twin");
        told.marks.push(MarkKind::Archived);
        let found = lost(conn, on.proposals[0], &told);
        assert_eq!(found, ["a mark is lost: ARCHIVED"], "round {round} was not caught");
    }
}

/// Adds a line to the note that was read, and counts the version that was read on.
fn naive_note(conn: &mut PgConnection, on: &OpenProject, pause: impl FnOnce()) -> QueryResult<()> {
    let proposal = on.proposals[0].0;
    let version = read(conn, "SELECT version::bigint AS n FROM proposal_marks WHERE proposal_id = $1 AND kind = 'NOTED'", proposal);
    pause();
    let words = "UPDATE proposal_marks SET words = 'First. Second, from the twin.', version = $2 WHERE proposal_id = $1 AND kind = 'NOTED'";
    run(conn, words, &[proposal, version + 1])
}

#[test]
fn writing_over_a_note_that_was_read_is_caught() {
    for (weakened, rivals) in [(true, false), (true, true), (false, true)].into_iter().cycle().take(15) {
        let (database, on) = scene(weakened);
        let (conn, mut other, proposal) = (&mut database.connect(), database.connect(), on.proposals[0]);
        let (owner, manager) = (on.organisation.owner.id, on.organisation.manager.id);
        annotate_proposal(&mut patient(conn), owner, proposal, None, &note("First.")).expect("a note");
        let done = naive_note(conn, &on, || {
            if rivals {
                annotate_proposal(&mut patient(&mut other), manager, proposal, Some(1), &note("First. Third.")).expect("the rival");
            }
        });
        let stopped = guard(done);
        let mut lines = vec!["First.".to_owned()];
        lines.extend(rivals.then(|| "Third.".to_owned()));
        lines.extend(stopped.is_none().then(|| "Second, from the twin.".to_owned()));
        let found = lost(conn, proposal, &Acknowledged { marks: Vec::new(), lines });
        match (weakened, rivals) {
            (true, false) => assert_eq!(found, Vec::<String>::new(), "alone"),
            (true, true) => assert_eq!(found, ["a note is lost: Third.", "3 notes were saved, the last one is version 2"]),
            (false, _) => assert_eq!((stopped.as_deref(), found.len()), (Some("proposal_marks_version_rises"), 0), "{found:?}"),
        }
    }
}
