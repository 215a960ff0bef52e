//! Sending and letting go of files as it is often written: what is read decides, and nothing holds it still.
use diesel::prelude::*;
use guildhall::domain::ids::FileId;
use guildhall::domain::message::About;
use guildhall::domain::words::MessageWords;
use guildhall::operations::house::let_go_files;
use guildhall::operations::messages::{NewMessage, write_message};

use super::lab::{DROPPED, guard, read, run};
use crate::files::waiting;
use crate::support::database::TestDatabase;
use crate::support::given::{self, OpenProject, past_triggers, patient};

const WAITS: &str =
    "SELECT count(*) AS n FROM files WHERE id = $1 AND proposal_id IS NULL AND message_id IS NULL AND submission_id IS NULL";
/// Messages whose history tells of a file that is not on them.
const LOST: &str = "SELECT count(*) AS n FROM events e, jsonb_array_elements(e.facts -> 'files') told(file) WHERE e.kind = 'MESSAGE_SENT' \
    AND e.stream_id = $1 AND NOT EXISTS (SELECT FROM files f JOIN messages m ON m.id = f.message_id WHERE f.id = told.file::bigint \
        AND m.number = (e.facts ->> 'number')::integer)";

fn sends(conn: &mut PgConnection, on: &OpenProject, id: FileId) -> bool {
    let what = NewMessage { words: MessageWords::parse("Here.").expect("words"), files: vec![id] };
    write_message(&mut patient(conn), on.organisation.owner.id, About::Proposal(on.proposals[0]), &what, None).is_ok()
}

/// The house's cleaning: lets go what it read as waiting, by its number.
fn naive_clean(conn: &mut PgConnection, id: FileId, pause: &mut dyn FnMut()) -> QueryResult<()> {
    let waits = read(conn, WAITS, id.0) == 1;
    pause();
    if waits { run(conn, "DELETE FROM files WHERE id = $1", &[id.0]) } else { Ok(()) }
}

/// The sender's statement: moves to its own message what it read as waiting.
fn naive_send(conn: &mut PgConnection, id: FileId, pause: &mut dyn FnMut()) -> QueryResult<()> {
    let waits = read(conn, WAITS, id.0) == 1;
    pause();
    let add = "UPDATE files SET message_id = (SELECT min(id) FROM messages) WHERE id = $1";
    if waits { run(conn, add, &[id.0]) } else { Ok(()) }
}

/// The twin beside a sender who does everything right: on the weakened schema, where the harm must be found, and on the whole
/// one, with the guard that stops it; none where the one statement alone protects.
#[track_caller]
fn is_caught(twin: fn(&mut PgConnection, FileId, &mut dyn FnMut()) -> QueryResult<()>, stopped_by: Option<&str>) {
    for (weakened, with_rival) in [(true, false), (true, true), (false, true)] {
        let database = if weakened { TestDatabase::weakened(DROPPED) } else { TestDatabase::new() };
        let (mut conn, mut other) = (database.connect(), database.connect());
        let on = given::open_project(&mut conn, 1);
        given::thread(&mut conn, &on, 0, &["Hello."]);
        let id = waiting(&mut conn, on.organisation.owner.id, "plan.txt");
        let done = guard(twin(&mut conn, id, &mut || {
            if with_rival {
                assert!(sends(&mut other, &on, id), "the rival is first");
            }
        }));
        let is_harmed = with_rival && (weakened || stopped_by.is_none());
        assert_eq!(read(&mut conn, LOST, on.id.0) == 1, is_harmed, "{weakened} {with_rival}");
        assert_eq!(done.as_deref(), if weakened { None } else { stopped_by });
    }
}

#[test]
fn letting_go_what_was_read_as_waiting_is_caught() {
    is_caught(naive_clean, None);
    // the operation asks in the statement that lets go
    let (database, on) = given::database_with_open_project(1);
    let conn = &mut database.connect();
    given::thread(conn, &on, 0, &["Hello."]);
    let id = waiting(conn, on.organisation.owner.id, "plan.txt");
    past_triggers(conn, &format!("UPDATE files SET added_at = added_at - interval '25 hours' WHERE id = {id}"));
    assert!(sends(conn, &on, id));
    assert_eq!((let_go_files(conn).expect("a round"), read(conn, LOST, on.id.0)), (0, 0));
}

#[test]
fn the_same_form_twice_that_reads_its_file_as_waiting_is_caught() {
    is_caught(naive_send, Some("files_stay"));
}
