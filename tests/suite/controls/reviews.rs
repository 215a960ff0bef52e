//! Reviews as they are often written: what is read decides, and nothing holds it still.
use diesel::prelude::*;
use guildhall::domain::event::{EventKind, Happening};
use guildhall::operations::reviews::show_review;
use serde_json::json;

use super::contracts::tell;
use super::lab::{DROPPED, guard, read, run};
use crate::contracts::act::{Deal, Scene, deal};
use crate::reviews::{later, writes, writes_anew};
use crate::support::database::TestDatabase;
use crate::support::given::patient;
use crate::support::invariants;

const OTHERS: &str = "SELECT count(*) AS n FROM reviews WHERE contract_id = $1 AND side = 'FREELANCER'";
const HIDDEN: &str = "SELECT count(*) AS n FROM reviews WHERE contract_id = $1 AND shown_at IS NULL";
const IN_TIME: &str = "SELECT count(*) AS n FROM contract_endings WHERE contract_id = $1 AND ended_at > now() - interval '14 days'";
const WRITE: &str =
    "INSERT INTO reviews (contract_id, side, rating, words, written_by, written_at) VALUES ($1, 'CLIENT', 3, 'Fair.', $2, now())";
const CHANGE: &str =
    "UPDATE reviews SET rating = 1, version = version + 1, written_at = clock_timestamp() WHERE contract_id = $1 AND side = 'CLIENT'";
const SHOW: &str = "UPDATE reviews SET shown_at = now() WHERE contract_id = $1";

type Twin = fn(&mut PgConnection, &Deal, &mut dyn FnMut()) -> QueryResult<()>;
type Step = fn(&mut PgConnection, &Deal);

fn happening(on: &Deal, kind: EventKind) -> Happening {
    Happening::by(on.project.organisation.manager.id, kind).facts(json!({ "side": "CLIENT" }))
}

/// Writes, and shows both only where the other's was in when it looked.
fn write(conn: &mut PgConnection, on: &Deal, pause: &mut dyn FnMut()) -> QueryResult<()> {
    let is_second = read(conn, OTHERS, on.id.0) == 1;
    pause();
    conn.transaction(|conn| {
        run(conn, WRITE, &[on.id.0, on.project.organisation.manager.id.0])?;
        tell(conn, on, happening(on, EventKind::ReviewWritten))?;
        if is_second { run(conn, SHOW, &[on.id.0]) } else { Ok(()) }
    })
}

/// Changes what was hidden when it looked.
fn change(conn: &mut PgConnection, on: &Deal, pause: &mut dyn FnMut()) -> QueryResult<()> {
    assert_eq!(read(conn, HIDDEN, on.id.0), 1);
    pause();
    conn.transaction(|conn| {
        run(conn, CHANGE, &[on.id.0])?;
        tell(conn, on, happening(on, EventKind::ReviewChanged))
    })
}

/// Writes because the days were not over when it looked.
fn write_late(conn: &mut PgConnection, on: &Deal, pause: &mut dyn FnMut()) -> QueryResult<()> {
    assert_eq!((read(conn, IN_TIME, on.id.0), read(conn, OTHERS, on.id.0)), (1, 1));
    pause();
    conn.transaction(|conn| {
        run(conn, WRITE, &[on.id.0, on.project.organisation.manager.id.0])?;
        tell(conn, on, happening(on, EventKind::ReviewWritten))?;
        run(conn, SHOW, &[on.id.0])?;
        tell(conn, on, Happening::by_house(EventKind::ReviewsShown).facts(json!({ "reviews": 2 })))
    })
}

/// The house's sweep: shows what was hidden when it looked.
fn show(conn: &mut PgConnection, on: &Deal, pause: &mut dyn FnMut()) -> QueryResult<()> {
    assert_eq!(read(conn, HIDDEN, on.id.0), 1);
    pause();
    conn.transaction(|conn| {
        run(conn, SHOW, &[on.id.0])?;
        tell(conn, on, Happening::by_house(EventKind::ReviewsShown).facts(json!({ "reviews": 1 })))
    })
}

fn the_freelancer_writes(conn: &mut PgConnection, on: &Deal) {
    writes(conn, &on.project.freelancers[0], on.id, "5", "They knew what they wanted.").expect("the freelancer's");
}

fn the_client_writes(conn: &mut PgConnection, on: &Deal) {
    writes(conn, &on.project.organisation.owner, on.id, "4", "Good work.").expect("the client's");
}

fn the_days_pass(conn: &mut PgConnection, on: &Deal) {
    later(conn, on.id, 14);
}

fn the_house_shows(conn: &mut PgConnection, on: &Deal) {
    assert!(show_review(&mut patient(conn), on.id).expect("a showing"), "one review waits");
}

#[test]
fn writing_beside_what_was_read_as_missing_is_caught() {
    is_caught(&[], write, &[the_freelancer_writes], "both reviews are in and not shown together", "reviews_shown_together");
}

#[test]
fn changing_what_was_read_as_hidden_is_caught() {
    let harm = "a review was written after it was shown";
    is_caught(&[the_client_writes], change, &[the_freelancer_writes], harm, "reviews_stay");
    // the operation itself is told instead
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let on = deal(conn);
    Scene::Ended.set(conn, &on);
    the_client_writes(conn, &on);
    the_freelancer_writes(conn, &on);
    assert!(writes_anew(conn, &on.project.organisation.owner, on.id, "1", "Other words.", 1).is_err());
}

#[test]
fn answering_what_has_become_visible_is_caught() {
    let rival: &[Step] = &[the_days_pass, the_house_shows];
    is_caught(&[the_freelancer_writes], write_late, rival, "a review was written after it was shown", "reviews_in_time");
}

#[test]
fn two_workers_that_read_the_same_review_as_hidden_are_caught() {
    is_caught(&[the_client_writes, the_days_pass], show, &[the_house_shows], "reviews are not shown once", "reviews_stay");
}

/// Lets the twin act alone, beside a rival who does everything right, and on the whole schema, whose guard must stop it.
#[track_caller]
fn is_caught(before: &[Step], twin: Twin, rival: &[Step], harm: &str, stopped_by: &str) {
    for (weakened, with_rival) in [(true, false), (true, true), (false, true)] {
        let database = if weakened { TestDatabase::weakened(DROPPED) } else { TestDatabase::new() };
        let (mut conn, mut other) = (database.connect(), database.connect());
        let on = deal(&mut conn);
        Scene::Ended.set(&mut conn, &on);
        before.iter().for_each(|step| step(&mut conn, &on));
        let done = guard(twin(&mut conn, &on, &mut || {
            if with_rival {
                rival.iter().for_each(|step| step(&mut other, &on));
            }
        }));
        let found = invariants::broken(&mut conn);
        match (weakened, with_rival) {
            (true, false) => assert_eq!((&found[..], done), (&[][..], None), "alone"),
            (true, true) => assert!(found.iter().any(|what| what.starts_with(harm)), "{harm}: {found:?}"),
            _ => assert_eq!((&found[..], done.as_deref()), (&[][..], Some(stopped_by)), "on the whole schema"),
        }
    }
}
