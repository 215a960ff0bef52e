//! Writing work down as it is often done: what is read decides, and nothing holds it still.
use diesel::prelude::*;
use guildhall::domain::words::Reason;
use guildhall::operations::time::{Edit, edit_work, query_week, submit_week};

use super::lab::{DROPPED, guard, read, run};
use crate::support::database::TestDatabase;
use crate::support::given::{self, patient};
use crate::support::invariants;
use crate::time::Ground;

const TAKEN: &str = "SELECT count(*) AS n FROM work_logs WHERE freelancer_id = $1 AND deleted_at IS NULL \
    AND started_at < (SELECT starts_at + interval '35 hours' FROM timesheets ORDER BY id LIMIT 1) \
    AND ended_at > (SELECT starts_at + interval '33 hours' FROM timesheets ORDER BY id LIMIT 1)";
/// Tuesday from nine to eleven.
const RECORD: &str = "INSERT INTO work_logs (timesheet_id, contract_id, freelancer_id, started_at, ended_at, origin, created_at, updated_at) \
    SELECT id, contract_id, freelancer_id, starts_at + interval '33 hours', starts_at + interval '35 hours', 'ENTRY', now(), now() \
    FROM timesheets WHERE contract_id = $1";

/// Acts, and lets a rival act at the moment that is handed on.
type Twin = dyn Fn(&mut PgConnection, &Ground, &mut dyn FnMut()) -> QueryResult<()>;

/// Lets a twin act alone, beside a rival, and on the whole schema.
#[track_caller]
fn is_caught(
    prepare: &dyn Fn(&mut PgConnection, &Ground),
    twin: &Twin,
    rival: &dyn Fn(&mut PgConnection, &Ground, &Ground),
    (harm, stopped_by): (&str, Option<&str>),
) {
    for (weakened, with_rival) in [(true, false), (true, true), (false, true)] {
        let database = if weakened { TestDatabase::weakened(DROPPED) } else { TestDatabase::new() };
        let ground = Ground::new(&database);
        let other = ground.other(&database);
        let (mut conn, mut rivals) = (database.connect(), database.connect());
        ground.records(&mut conn, ground.span(9, 10)).expect("a session");
        prepare(&mut conn, &ground);
        let done = guard(twin(&mut conn, &ground, &mut || {
            if with_rival {
                rival(&mut rivals, &ground, &other);
            }
        }));
        let found = invariants::broken(&mut conn);
        let is_harmed = with_rival && (weakened || stopped_by.is_none());
        assert_eq!(found.iter().any(|found| found.starts_with(harm)), is_harmed, "{harm}: {found:?}");
        assert_eq!(done.as_deref(), if weakened { None } else { stopped_by }, "{harm}");
    }
    println!("{harm}: caught, stopped by {}", stopped_by.unwrap_or("nothing but the lock"));
}

fn record(conn: &mut PgConnection, ground: &Ground, pause: &mut dyn FnMut()) -> QueryResult<()> {
    let is_free = read(conn, TAKEN, ground.freelancer.id.0) == 0;
    pause();
    if is_free { run(conn, RECORD, &[ground.contract.0]) } else { Ok(()) }
}

#[test]
fn writing_down_on_hours_that_were_read_as_free_is_caught() {
    let rival = |conn: &mut PgConnection, ground: &Ground, other: &Ground| {
        other.records(conn, ground.span(34, 36)).expect("the rival is first");
    };
    is_caught(&|_, _| {}, &record, &rival, ("overlapping sessions", Some("work_logs_no_overlap")));
}

#[test]
fn writing_down_within_a_limit_that_was_read_is_caught() {
    let limit = |conn: &mut PgConnection, ground: &Ground| {
        given::past_triggers(conn, &format!("UPDATE contracts SET weekly_limit = 240 WHERE id = {}", ground.contract));
    };
    let twin = |conn: &mut PgConnection, ground: &Ground, pause: &mut dyn FnMut()| {
        let used = read(
            conn,
            "SELECT (sum(extract(epoch FROM ended_at - started_at)) / 60)::bigint AS n FROM work_logs WHERE contract_id = $1",
            ground.contract.0,
        );
        pause();
        if used + 120 <= 240 { run(conn, RECORD, &[ground.contract.0]) } else { Ok(()) }
    };
    let rival = |conn: &mut PgConnection, ground: &Ground, _: &Ground| {
        ground.records(conn, ground.span(57, 59)).expect("the rival is first");
    };
    is_caught(&limit, &twin, &rival, ("more worked in a week than its contract allows", None));
}

#[test]
fn changing_a_week_that_was_read_as_open_is_caught() {
    let twin = |conn: &mut PgConnection, ground: &Ground, pause: &mut dyn FnMut()| {
        let is_open = read(conn, "SELECT count(*) AS n FROM timesheets WHERE contract_id = $1 AND state = 'OPEN'", ground.contract.0) == 1;
        pause();
        let longer = "UPDATE work_logs SET ended_at = ended_at + interval '1 hour', version = version + 1 WHERE contract_id = $1";
        if is_open { run(conn, longer, &[ground.contract.0]) } else { Ok(()) }
    };
    let rival = |conn: &mut PgConnection, ground: &Ground, _: &Ground| {
        submit_week(&mut patient(conn), ground.freelancer.id, ground.contract, ground.week(), None).expect("the week is sent first");
    };
    let guard = ("a week that was sent with other minutes than were worked", Some("work_logs_only_in_open_weeks"));
    is_caught(&|_, _| {}, &twin, &rival, guard);
    // the operation itself is told instead
    let database = TestDatabase::new();
    let ground = Ground::new(&database);
    let conn = &mut database.connect();
    let log = ground.records(conn, ground.span(9, 10)).expect("a session");
    rival(conn, &ground, &ground);
    let longer = Edit { from: None, to: Some(ground.at(11, 0)), note: None, seen: None };
    assert!(edit_work(&mut patient(conn), ground.freelancer.id, log, &longer).is_err());
}

#[test]
fn approving_a_week_that_was_read_as_sent_is_caught() {
    let sent = |conn: &mut PgConnection, ground: &Ground| {
        submit_week(&mut patient(conn), ground.freelancer.id, ground.contract, ground.week(), None).expect("it is sent");
    };
    let twin = |conn: &mut PgConnection, ground: &Ground, pause: &mut dyn FnMut()| {
        let minutes =
            read(conn, "SELECT minutes::bigint AS n FROM timesheets WHERE contract_id = $1 AND state = 'SUBMITTED'", ground.contract.0);
        pause();
        let approve = "UPDATE timesheets SET state = 'APPROVED', minutes = $2, version = version + 1, query_reason = NULL, decided_at = now(), \
            decided_by = (SELECT min(user_id) FROM memberships) WHERE contract_id = $1";
        run(conn, approve, &[ground.contract.0, minutes])
    };
    // given back meanwhile, and what was worked is changed
    let rival = |conn: &mut PgConnection, ground: &Ground, _: &Ground| {
        let (manager, reason) = (ground.organisation.manager.id, Reason::parse("And on Tuesday?").expect("a question"));
        query_week(&mut patient(conn), manager, ground.contract, ground.week(), None, &reason).expect("it is given back first");
        ground.records(conn, ground.span(33, 35)).expect("a session more");
    };
    is_caught(&sent, &twin, &rival, ("a week that was sent with other minutes than were worked", Some("timesheets_legal_moves")));
}
