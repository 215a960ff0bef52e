//! Twins of the opening, of a late revision and of an award, on sealed bids: what they read holds no more when they write.
use diesel::prelude::*;
use guildhall::domain::event::EventKind;
use guildhall::domain::project::ProjectContent;
use guildhall::operations::projects::{edit_project, open_bids};

use super::lab::{DROPPED, guard, read, run, tell};
use super::twins;
use crate::award::act::Act;
use crate::support::database::TestDatabase;
use crate::support::given::{self, OpenProject, patient};
use crate::support::invariants;

const LOCK: &str = "SELECT FROM projects WHERE id = $1 FOR UPDATE";
const CLOSED: &str = "SELECT count(*) AS n FROM projects WHERE id = $1 AND clock_timestamp() >= deadline AND bids_opened_at IS NULL";
const OPENED: &str = "UPDATE projects SET bids_opened_at = clock_timestamp() WHERE id = $1";

type Twin = fn(&mut PgConnection, &OpenProject, &mut dyn FnMut()) -> QueryResult<()>;
type Rival = fn(&mut PgConnection, &OpenProject);

/// Asks whether proposals are still taken, and then revises.
fn revise(conn: &mut PgConnection, on: &OpenProject, pause: &mut dyn FnMut()) -> QueryResult<()> {
    let in_time = read(conn, "SELECT count(*) AS n FROM projects WHERE id = $1 AND clock_timestamp() < deadline", on.id.0) == 1;
    pause();
    if !in_time {
        return Ok(());
    }
    conn.transaction(|conn| {
        run(conn, LOCK, &[on.id.0])?;
        let revised = "UPDATE proposals SET status = 'PENDING', amount = 1, version = version + 1 WHERE id = $1";
        run(conn, revised, &[on.proposals[0].0])?;
        tell(conn, on, EventKind::ProposalRevised, Some(on.proposals[0].0), None)
    })
}

/// Asks whether proposals have closed and are sealed, and then opens.
fn open(conn: &mut PgConnection, on: &OpenProject, pause: &mut dyn FnMut()) -> QueryResult<()> {
    let may_open = read(conn, CLOSED, on.id.0) == 1;
    pause();
    if !may_open {
        return Ok(());
    }
    conn.transaction(|conn| {
        run(conn, LOCK, &[on.id.0])?;
        run(conn, OPENED, &[on.id.0])?;
        tell(conn, on, EventKind::BidsOpened, None, None)
    })
}

fn time_passes_and_they_are_opened(conn: &mut PgConnection, on: &OpenProject) {
    given::close(conn, on.id);
    they_are_opened(conn, on);
}

fn they_are_opened(conn: &mut PgConnection, on: &OpenProject) {
    assert!(open_bids(&mut patient(conn), on.organisation.owner.id, on.id, None).expect("an opening"));
}

fn the_deadline_moves_later(conn: &mut PgConnection, on: &OpenProject) {
    let words = ProjectContent { sealed: true, ..given::project_words() };
    edit_project(&mut patient(conn), on.organisation.owner.id, on.id, &words, None).expect("a later deadline");
}

#[test]
fn revising_because_it_was_not_yet_time_is_caught() {
    is_caught("revise", revise, Some(time_passes_and_they_are_opened), false, "a bid that changed after", "proposals_none_after_opening");
}

#[test]
fn opening_because_it_was_time_is_caught() {
    is_caught("open", open, Some(the_deadline_moves_later), true, "opened before its deadline", "projects_bids_opened_after_deadline");
    is_caught("open", open, Some(they_are_opened), true, "an opening that the history", "projects_bids_opened_once");
}

#[test]
fn an_award_that_does_not_ask_whether_bids_are_sealed_is_caught() {
    let award: Twin = |conn, on, pause| twins::naive(Act::Accept, conn, on, pause);
    is_caught("accept", award, None, false, "decided while", "projects_sealed_until_opened");
}

#[test]
fn moving_a_deadline_because_nobody_had_sent_a_bid_is_stopped() {
    let database = TestDatabase::new();
    let (mut conn, mut other) = (database.connect(), database.connect());
    let on = given::sealed_project(&mut conn, 0);
    let nobody = read(&mut conn, "SELECT 1 - least(1, count(*)) AS n FROM proposals WHERE project_id = $1", on.id.0) == 1;
    let author = given::freelancer(&mut other, "Ada Byron");
    given::proposal(&mut other, on.id, &author, 600_000);
    let moved = conn.transaction(|conn| {
        run(conn, LOCK, &[on.id.0])?;
        run(conn, "UPDATE projects SET deadline = deadline - interval '1 day' WHERE id = $1", &[on.id.0])
    });
    assert!(nobody);
    assert_eq!(guard(moved).as_deref(), Some("projects_sealed_deadline_only_later"));
}

/// The twin alone does no harm (where it has a rival); with the rival in between, harm is found; the whole schema stops it.
#[track_caller]
fn is_caught(name: &str, twin: Twin, rival: Option<Rival>, closed: bool, found: &str, guard: &str) {
    if rival.is_some() {
        assert_eq!(act(twin, None, closed, true), (Vec::new(), None), "{name} alone");
    }
    let (harm, _) = act(twin, rival, closed, true);
    assert!(harm.iter().any(|what| what.starts_with(found)), "{name} was not caught: {harm:?}");
    assert_eq!(act(twin, rival, closed, false), (Vec::new(), Some(guard.to_owned())), "{name} on the whole schema");
    println!("{name} on sealed bids: caught ({}), stopped by {guard}", harm.join(", "));
}

fn act(twin: Twin, rival: Option<Rival>, closed: bool, weakened: bool) -> (Vec<String>, Option<String>) {
    let database = if weakened { TestDatabase::weakened(DROPPED) } else { TestDatabase::new() };
    let (mut conn, mut other) = (database.connect(), database.connect());
    let on = given::sealed_project(&mut conn, 2);
    if closed {
        given::close(&mut conn, on.id);
    }
    let mut pause = || {
        if let Some(rival) = rival {
            rival(&mut other, &on);
        }
    };
    let done = twin(&mut conn, &on, &mut pause);
    (invariants::broken(&mut conn), guard(done))
}
