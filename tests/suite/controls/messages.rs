//! Messages as they are often written: what is read decides, and nothing holds it still.
use diesel::prelude::*;
use guildhall::domain::event::EventKind;
use guildhall::domain::message::About;

use super::lab::{guard, read, run, scene, tell};
use crate::award::act::Act;
use crate::support::given::{self, OpenProject};
use crate::support::invariants;

const BEGIN: &str = "INSERT INTO threads (project_id, proposal_id, organisation_id, freelancer_id, opened_by, opened_at) \
    SELECT project_id, id, $2, freelancer_id, $3, clock_timestamp() FROM proposals WHERE id = $1";
const SEND: &str = "INSERT INTO messages (thread_id, number, author_id, words, sent_at) VALUES ($1, $2, $3, 'When?', clock_timestamp())";
const COUNT: &str = "UPDATE threads t SET message_count = message_count + 1, \
    last_message_id = (SELECT max(id) FROM messages WHERE thread_id = t.id) WHERE id = $1";

/// Begins a thread because there was none when it was read, and writes in the place that was free then.
fn write(conn: &mut PgConnection, on: &OpenProject, pause: &mut dyn FnMut()) -> QueryResult<()> {
    let (proposal, owner) = (on.proposals[0].0, on.organisation.owner.id.0);
    let open = read(conn, "SELECT count(*) AS n FROM projects WHERE id = $1 AND status = 'OPEN'", on.id.0) == 1;
    let begun = read(conn, "SELECT coalesce(max(id), 0) AS n FROM threads WHERE proposal_id = $1", proposal);
    let number = read(conn, "SELECT coalesce(max(message_count), 0)::bigint + 1 AS n FROM threads WHERE proposal_id = $1", proposal);
    pause();
    if !open {
        return Ok(());
    }
    conn.transaction(|conn| {
        let mut thread = begun;
        if thread == 0 {
            run(conn, BEGIN, &[proposal, on.organisation.id.0, owner])?;
            thread = read(conn, "SELECT max(id) AS n FROM threads WHERE proposal_id = $1", proposal);
        }
        run(conn, SEND, &[thread, number, owner])?;
        run(conn, COUNT, &[thread])?;
        run(conn, "SELECT FROM projects WHERE id = $1 FOR UPDATE", &[on.id.0])?;
        tell(conn, on, EventKind::MessageSent, Some(proposal), None)
    })
}

type Rival = fn(&mut PgConnection, &OpenProject);

#[track_caller]
fn is_caught(rival: Rival, has_begun: bool, harm: &str, stopped_by: &str) {
    for (weakened, with_rival) in [(true, false), (true, true), (false, true)] {
        let (database, on) = scene(weakened);
        let (mut conn, mut other) = (database.connect(), database.connect());
        if has_begun {
            given::thread(&mut conn, &on, 0, &["Hello."]);
        }
        let done = guard(write(&mut conn, &on, &mut || {
            if with_rival {
                rival(&mut other, &on);
            }
        }));
        let found = invariants::broken(&mut conn);
        let (is_harmed, is_stopped) = (weakened && with_rival, !weakened);
        assert_eq!(found.iter().any(|found| found.starts_with(harm)), is_harmed, "{harm}: {found:?}");
        assert_eq!(found.is_empty(), !is_harmed, "{harm}: {found:?}");
        assert_eq!(done.as_deref(), is_stopped.then_some(stopped_by), "{harm}");
    }
    println!("{harm}: caught, stopped by {stopped_by}");
}

fn colleague(conn: &mut PgConnection, on: &OpenProject) {
    given::message(conn, &on.organisation.manager, About::Proposal(on.proposals[0]), "Hello.");
}

#[test]
fn beginning_what_was_read_as_not_begun_is_caught() {
    is_caught(colleague, false, "two threads about one thing", "threads_one_per_proposal");
}

#[test]
fn writing_in_the_place_that_was_free_is_caught() {
    is_caught(colleague, true, "messages that are not counted, or stand in one place", "messages_one_per_place");
}

#[test]
fn writing_about_what_was_read_as_open_is_caught() {
    let harm = "a message about a proposal beside a project that is not open";
    is_caught(|conn, on| Act::Cancel.run(conn, on, 0).unwrap(), true, harm, "messages_only_while_open");
    is_caught(|conn, on| Act::AcceptOther.run(conn, on, 0).unwrap(), true, harm, "messages_only_while_open");
}
