//! Questions and answers as they are often written: what is read decides, and nothing holds it still.
use diesel::prelude::*;
use guildhall::domain::event::EventKind;
use guildhall::domain::words::EnquiryAnswer;
use guildhall::operations::enquiries::answer_enquiry;

use super::lab::{guard, read, run, scene, tell};
use crate::award::act::Act;
use crate::support::given::{self, OpenProject, patient};
use crate::support::invariants;

const OPEN: &str = "SELECT count(*) AS n FROM projects WHERE id = $1 AND status = 'OPEN' AND deadline > clock_timestamp()";
const ASK: &str = "INSERT INTO enquiries (project_id, asker_id, words, asked_at) VALUES ($1, $2, 'When?', clock_timestamp())";
const ANSWERS: &str = "SELECT count(*) AS n FROM enquiry_answers WHERE enquiry_id = $1";
const ANSWER: &str = "INSERT INTO enquiry_answers VALUES ($1, $2, 'In June.', $3, clock_timestamp())";

/// Asks because the project was open when it was read.
fn ask(conn: &mut PgConnection, on: &OpenProject, pause: &mut dyn FnMut()) -> QueryResult<()> {
    let may_ask = read(conn, OPEN, on.id.0) == 1
        && read(conn, "SELECT count(*) AS n FROM enquiries WHERE asker_id = $1", on.freelancers[0].id.0) == 0;
    pause();
    if !may_ask {
        return Ok(());
    }
    conn.transaction(|conn| {
        run(conn, ASK, &[on.id.0, on.freelancers[0].id.0])?;
        run(conn, "SELECT FROM projects WHERE id = $1 FOR UPDATE", &[on.id.0])?;
        tell(conn, on, EventKind::EnquiryMade, None, None)
    })
}

/// Answers because there was no answer when it was read.
fn answer(conn: &mut PgConnection, on: &OpenProject, pause: &mut dyn FnMut()) -> QueryResult<()> {
    let id = read(conn, "SELECT max(id) AS n FROM enquiries WHERE project_id = $1", on.id.0);
    let number = read(conn, ANSWERS, id) + 1;
    let open = read(conn, OPEN, on.id.0) == 1;
    pause();
    if !open {
        return Ok(());
    }
    conn.transaction(|conn| {
        run(conn, ANSWER, &[id, number, on.organisation.owner.id.0])?;
        run(conn, "SELECT FROM projects WHERE id = $1 FOR UPDATE", &[on.id.0])?;
        tell(conn, on, EventKind::EnquiryAnswered, None, None)
    })
}

type Twin = fn(&mut PgConnection, &OpenProject, &mut dyn FnMut()) -> QueryResult<()>;
type Rival = fn(&mut PgConnection, &OpenProject);

#[track_caller]
fn is_caught(twin: Twin, rival: Rival, harm: &str, stopped_by: &str) {
    for (weakened, with_rival) in [(true, false), (true, true), (false, true)] {
        let (database, on) = scene(weakened);
        let (mut conn, mut other) = (database.connect(), database.connect());
        if stopped_by.starts_with("enquiry_answers") {
            given::enquiry(&mut conn, &on, &on.freelancers[1], "Where?", None);
        }
        let done = guard(twin(&mut conn, &on, &mut || {
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

#[test]
fn asking_what_was_read_as_open_is_caught() {
    let (harm, stopped_by) = ("a question or an answer beside a project that is not open", "enquiries_only_before_the_deadline");
    is_caught(ask, |conn, on| Act::AcceptOther.run(conn, on, 0).unwrap(), harm, stopped_by);
    is_caught(ask, |conn, on| Act::Cancel.run(conn, on, 0).unwrap(), harm, stopped_by);
    let deadline_comes: Rival = |conn, on| {
        run(conn, "UPDATE projects SET deadline = clock_timestamp() WHERE id = $1", &[on.id.0]).unwrap();
    };
    is_caught(ask, deadline_comes, "a question after the deadline", stopped_by);
}

#[test]
fn asking_whether_it_was_asked_before_is_caught() {
    let click: Rival = |conn, on| {
        given::enquiry(conn, on, &on.freelancers[0], "When?", None);
    };
    is_caught(ask, click, "duplicate natural keys", "enquiries_one_per_words");
}

#[test]
fn answering_what_was_read_as_unanswered_is_caught() {
    let colleague: Rival = |conn, on| {
        let id = read(conn, "SELECT max(id) AS n FROM enquiries WHERE project_id = $1", on.id.0);
        let words = EnquiryAnswer::parse("In May.").unwrap();
        answer_enquiry(&mut patient(conn), on.organisation.manager.id, guildhall::domain::ids::EnquiryId(id), 0, &words).unwrap();
    };
    is_caught(answer, colleague, "two answers in one place", "enquiry_answers_pkey");
    let harm = "a question or an answer beside a project that is not open";
    is_caught(answer, |conn, on| Act::Cancel.run(conn, on, 0).unwrap(), harm, "enquiry_answers_only_while_open");
}
