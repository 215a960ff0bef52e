//! What is taken and what is not, by every path.
use chrono::TimeDelta;
use diesel::prelude::*;
use guildhall::db::clock;
use guildhall::domain::refusal::{Refusal, RefusalKind};
use guildhall::domain::words::WorkNote;
use guildhall::domain::work::{LogRefused, Minutes, Span, whole_minute};
use guildhall::operations::time::{
    Edit, copy_last_week, delete_work, edit_work, import_work, record_work, restore_work, start_timer, stop_forgotten_timer, stop_timer,
    try_import,
};
use guildhall::schema::{refused_attempts, timesheets, work_logs};

use super::{Ground, entry, refusal};
use crate::support::database::TestDatabase;
use crate::support::given::{self, patient};
use crate::support::invariants;
use crate::support::statements::{asked, listen};

#[test]
fn sessions_touch_but_never_overlap_across_contracts() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let ground = Ground::new(&database);
    let other = ground.other(&database);
    let first = ground.records(conn, ground.span(9, 10)).expect("a session");
    // back to back on both sides, on another contract too
    ground.records(conn, ground.span(8, 9)).expect("before it");
    other.records(conn, ground.span(10, 11)).expect("behind it");
    for (from, to) in [(9, 10), (8, 10), (9, 11), (7, 12)] {
        let why = refusal(other.records(conn, ground.span(from, to)));
        assert!(matches!(why, LogRefused::Overlaps(_)), "{why:?}");
        assert_eq!(why.kind(), RefusalKind::TooLate);
    }
    let inside = Span { from: ground.at(9, 20), to: Some(ground.at(9, 40)) };
    match refusal(other.records(conn, inside)) {
        LogRefused::Overlaps(near) => assert_eq!((near.id, near.contract), (first, ground.contract)),
        why => panic!("{why:?}"),
    }
    assert_eq!(work_logs::table.count().get_result(conn), Ok(3_i64));
    invariants::hold(&database);
}

#[test]
fn hours_must_make_sense() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let ground = Ground::new(&database);
    let (now, long) = (clock(conn).unwrap(), TimeDelta::hours(1));
    let cases = [
        (ground.span(9, 9), LogRefused::NotPositive),
        (ground.span(10, 9), LogRefused::NotPositive),
        (Span { from: ground.at(0, 0), to: Some(ground.at(24, 1)) }, LogRefused::TooLong),
        (Span { from: whole_minute(now - long), to: Some(whole_minute(now + long)) }, LogRefused::InFuture),
    ];
    for (span, why) in cases {
        assert_eq!(refusal(ground.records(conn, span)), why);
        assert_eq!(why.kind(), RefusalKind::Invalid);
    }
    let before = ground.at(-24 * 70, 0);
    let why = refusal(ground.records(conn, Span { from: before, to: Some(before + long) }));
    assert!(matches!(why, LogRefused::BeforeContract(_)), "{why:?}");
    // a whole day is one, and one that goes into the next week is two
    ground.records(conn, ground.span(24, 48)).expect("a day");
    ground.records(conn, ground.span(167, 169)).expect("Sunday to Monday");
    assert_eq!(timesheets::table.count().get_result(conn), Ok(2_i64));
    assert_eq!(work_logs::table.count().get_result(conn), Ok(3_i64));
    invariants::hold(&database);
}

#[test]
fn the_freelancer_alone_keeps_time() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let ground = Ground::new(&database);
    let stranger = given::freelancer(conn, "Rosa Ferreira");
    let log = ground.records(conn, ground.span(9, 10)).unwrap();
    let of = |why: LogRefused| why.kind();
    for (who, kind) in [(&ground.organisation.owner, RefusalKind::NotAllowed), (&stranger, RefusalKind::Missing)] {
        let id = who.id;
        assert_eq!(of(refusal(record_work(&mut patient(conn), id, ground.contract, &entry(ground.span(12, 13))))), kind);
        assert_eq!(of(refusal(start_timer(&mut patient(conn), id, ground.contract, &WorkNote::parse("").unwrap()))), kind);
        assert_eq!(of(refusal(delete_work(&mut patient(conn), id, log, None))), kind);
        assert_eq!(of(refusal(stop_timer(&mut patient(conn), id, ground.contract, None, None))), kind);
        assert_eq!(of(refusal(copy_last_week(&mut patient(conn), id, ground.contract, ground.week()))), kind);
        assert_eq!(of(refusal(import_work(&mut patient(conn), id, ground.contract, &[]))), kind);
    }
}

#[test]
fn a_deleted_session_bars_nobody_and_may_not_come_back() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let ground = Ground::new(&database);
    let log = ground.records(conn, ground.span(9, 10)).unwrap();
    assert_eq!(refusal(restore_work(&mut patient(conn), ground.freelancer.id, log)), LogRefused::NotDeleted);
    delete_work(&mut patient(conn), ground.freelancer.id, log, Some(1)).expect("deleted");
    assert_eq!(refusal(delete_work(&mut patient(conn), ground.freelancer.id, log, Some(1))), LogRefused::Deleted);
    let second = ground.records(conn, ground.span(9, 11)).expect("the hours are free");
    assert!(matches!(refusal(restore_work(&mut patient(conn), ground.freelancer.id, log)), LogRefused::Overlaps(_)));
    delete_work(&mut patient(conn), ground.freelancer.id, second, None).expect("deleted");
    restore_work(&mut patient(conn), ground.freelancer.id, log).expect("back");
    invariants::hold(&database);
}

#[test]
fn an_edit_is_judged_as_a_new_session_and_states_what_it_saw() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let ground = Ground::new(&database);
    let log = ground.records(conn, ground.span(9, 10)).unwrap();
    ground.records(conn, ground.span(11, 12)).unwrap();
    let edit = |to: i64, seen| Edit { from: None, to: Some(ground.at(to, 0)), note: None, seen };
    assert!(matches!(refusal(edit_work(&mut patient(conn), ground.freelancer.id, log, &edit(12, Some(1)))), LogRefused::Overlaps(_)));
    edit_work(&mut patient(conn), ground.freelancer.id, log, &edit(11, Some(1))).expect("up to the next one");
    let stale = refusal(edit_work(&mut patient(conn), ground.freelancer.id, log, &edit(10, Some(1))));
    assert_eq!(stale, LogRefused::Changed { seen: 1, now: 2 });
    // into the next week: two pieces
    let far = Edit { from: Some(ground.at(167, 0)), to: Some(ground.at(169, 0)), note: None, seen: Some(2) };
    edit_work(&mut patient(conn), ground.freelancer.id, log, &far).expect("another day");
    assert_eq!(work_logs::table.count().get_result(conn), Ok(3_i64));
    invariants::hold(&database);
}

#[test]
fn one_timer_runs_and_bars_what_comes_after_it() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let ground = Ground::new(&database);
    let other = ground.other(&database);
    let note = WorkNote::parse("Timing").unwrap();
    let by = ground.freelancer.id;
    let log = start_timer(&mut patient(conn), by, ground.contract, &note).expect("a timer");
    for contract in [ground.contract, other.contract] {
        assert!(matches!(refusal(start_timer(&mut patient(conn), by, contract, &note)), LogRefused::Overlaps(near) if near.to.is_none()));
    }
    assert_eq!(refusal(stop_timer(&mut patient(conn), by, other.contract, None, None)), LogRefused::NotRunning);
    // under a minute: nothing is kept
    let stopped = stop_timer(&mut patient(conn), by, ground.contract, None, None).expect("stopped");
    assert!(stopped.minutes <= Minutes(1), "{stopped:?}");
    // one that was forgotten thirteen hours ago
    let log = if stopped.minutes.is_zero() {
        start_timer(&mut patient(conn), by, ground.contract, &note).expect("a timer")
    } else {
        given::past_triggers(conn, &format!("UPDATE work_logs SET ended_at = NULL WHERE id = {log}"));
        log
    };
    assert!(matches!(stop_forgotten_timer(&mut patient(conn), log), Ok(false)), "it has not run long enough");
    ground.ran_for(conn, log, 13);
    assert!(matches!(stop_forgotten_timer(&mut patient(conn), log), Ok(true)));
    let (minutes, marked) = ended(conn, log.0);
    assert!(marked && minutes <= 720, "{minutes}");
    assert!(matches!(stop_forgotten_timer(&mut patient(conn), log), Ok(false)));
    invariants::hold(&database);
}

fn ended(conn: &mut PgConnection, log: i64) -> (i64, bool) {
    let row: (chrono::DateTime<chrono::Utc>, Option<chrono::DateTime<chrono::Utc>>, bool) = work_logs::table
        .find(log)
        .select((work_logs::started_at, work_logs::ended_at, work_logs::stopped_by_house))
        .first(conn)
        .expect("the session");
    ((row.1.expect("an end") - row.0).num_minutes(), row.2)
}

#[test]
fn the_limit_of_a_week_holds_on_every_path() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let ground = Ground::new(&database);
    let by = ground.freelancer.id;
    given::past_triggers(conn, &format!("UPDATE contracts SET weekly_limit = 120 WHERE id = {}", ground.contract));
    let log = ground.records(conn, ground.span(9, 10)).unwrap();
    let over = |left| LogRefused::OverLimit { week: ground.week(), limit: Minutes(120), left: Minutes(left) };
    assert_eq!(refusal(ground.records(conn, ground.span(12, 14))), over(60));
    let longer = Edit { from: None, to: Some(ground.at(11, 30)), note: None, seen: None };
    assert_eq!(refusal(edit_work(&mut patient(conn), by, log, &longer)), over(120));
    let rows = [entry(ground.span(12, 13)), entry(ground.span(14, 15))];
    let tried = try_import(&mut patient(conn), by, ground.contract, &rows).unwrap();
    assert_eq!(tried.rows, [None, Some(over(0))]);
    assert!(!import_work(&mut patient(conn), by, ground.contract, &rows).unwrap().written);
    ground.records(conn, ground.span(12, 13)).expect("up to it");
    assert_eq!(refusal(ground.records(conn, Span { from: ground.at(20, 0), to: Some(ground.at(20, 1)) })), over(0));
    // the next week has its own
    ground.records(conn, ground.span(168, 169)).expect("another week");
    invariants::hold(&database);
}

#[test]
fn copies_and_files_are_taken_by_the_same_rules() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let ground = Ground::new(&database);
    let by = ground.freelancer.id;
    let earlier = |from: i64, to: i64| ground.span(from - 168, to - 168);
    let rows = [entry(earlier(9, 12)), entry(earlier(33, 36)), entry(earlier(57, 60))];
    assert!(import_work(&mut patient(conn), by, ground.contract, &rows).unwrap().written);
    // one bad row, and none is taken
    let twice = [entry(earlier(80, 81)), entry(earlier(80, 81))];
    let brought = import_work(&mut patient(conn), by, ground.contract, &twice).unwrap();
    assert!(!brought.written && matches!(brought.rows[1], Some(LogRefused::Overlaps(_))), "{brought:?}");
    ground.records(conn, ground.span(10, 11)).unwrap();
    let copied = copy_last_week(&mut patient(conn), by, ground.contract, ground.week()).expect("a copy");
    assert_eq!((copied.sessions, copied.left_out), (2, 1));
    assert_eq!(refusal(copy_last_week(&mut patient(conn), by, ground.contract, ground.week())), LogRefused::NothingToCopy);
    invariants::hold(&database);
}

#[test]
fn the_contract_is_locked_then_the_freelancer_then_it_is_read_and_written() {
    listen();
    let database = TestDatabase::new();
    let ground = Ground::new(&database);
    let conn = &mut database.connect();
    let (done, statements) = asked(&database, || ground.records(conn, ground.span(9, 10)));
    done.expect("a session");
    let place = |what: &str| {
        let found = statements.iter().position(|statement| statement.contains(what));
        found.unwrap_or_else(|| panic!("no {what} in {statements:#?}"))
    };
    let lock = |table: &str| {
        let found = statements.iter().position(|one| one.contains(&format!("FROM \"{table}\"")) && one.contains("FOR NO KEY UPDATE"));
        found.unwrap_or_else(|| panic!("no lock of {table} in {statements:#?}"))
    };
    let order = [
        place("BEGIN"),
        lock("contracts"),
        lock("freelancers"),
        place("clock_timestamp() AS at"),
        place("INSERT INTO \"work_logs\""),
        place("INSERT INTO events"),
        place("COMMIT"),
    ];
    assert!(order.is_sorted(), "{order:?} in {statements:#?}");
    println!("{} statements, in order {order:?}", statements.len());
}

#[test]
fn every_refused_attempt_leaves_a_trace() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let ground = Ground::new(&database);
    ground.records(conn, ground.span(9, 10)).unwrap();
    for _ in 0..7 {
        refusal(ground.records(conn, ground.span(9, 10)));
    }
    let traces = refused_attempts::table.filter(refused_attempts::act.eq("record_work")).count();
    assert_eq!(traces.get_result(conn), Ok(7_i64));
}
