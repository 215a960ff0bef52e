//! Weeks that are sent, given back, sent again and approved; and what they say meanwhile.
use diesel::prelude::*;
use guildhall::db::{Failure, timesheets as sheets};
use guildhall::domain::ids::UserId;
use guildhall::domain::refusal::{Refusal, RefusalKind};
use guildhall::domain::words::{Reason, WorkNote};
use guildhall::domain::work::{Cell, LogRefused, Minutes, SheetRefused, SheetState};
use guildhall::operations::time::{
    approve_week, delete_work, edit_work, fill_week, import_work, query_week, record_work, restore_work, start_timer, submit_week,
};
use guildhall::schema::{notices, timesheets, work_logs};

use super::{Ground, entry, refusal};
use crate::support::database::TestDatabase;
use crate::support::given::{self, patient};
use crate::support::invariants;

pub fn submits(conn: &mut PgConnection, ground: &Ground, seen: Option<i32>) -> Result<(), Failure<SheetRefused>> {
    submit_week(&mut patient(conn), ground.freelancer.id, ground.contract, ground.week(), seen)
}

pub fn approves(conn: &mut PgConnection, ground: &Ground, by: UserId, seen: Option<i32>) -> Result<(), Failure<SheetRefused>> {
    approve_week(&mut patient(conn), by, ground.contract, ground.week(), seen)
}

pub fn queries(conn: &mut PgConnection, ground: &Ground, by: UserId, seen: Option<i32>) -> Result<(), Failure<SheetRefused>> {
    query_week(&mut patient(conn), by, ground.contract, ground.week(), seen, &Reason::parse("Eight hours on Monday?").unwrap())
}

#[test]
fn a_week_goes_back_and_forth_until_it_is_approved() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let ground = Ground::new(&database);
    let (owner, manager) = (ground.organisation.owner.id, ground.organisation.manager.id);
    assert_eq!(refusal(submits(conn, &ground, None)), SheetRefused::Nothing);
    ground.records(conn, ground.span(9, 12)).unwrap();
    assert_eq!(refusal(approves(conn, &ground, owner, None)), SheetRefused::SheetIs(SheetState::Open));
    submits(conn, &ground, Some(1)).expect("sent");
    assert_eq!(refusal(submits(conn, &ground, None)), SheetRefused::SheetIs(SheetState::Submitted));
    queries(conn, &ground, manager, Some(2)).expect("given back");
    let log = ground.records(conn, ground.span(13, 14)).expect("it takes changes again");
    submits(conn, &ground, Some(3)).expect("sent again");
    assert_eq!(refusal(approves(conn, &ground, owner, Some(2))), SheetRefused::Changed { seen: 2, now: 4 });
    approves(conn, &ground, owner, Some(4)).expect("approved");
    let sheet = sheets::find(conn, ground.contract, ground.week()).unwrap().expect("the week");
    assert_eq!((sheet.state, sheet.minutes, sheet.version, sheet.decided_by), (SheetState::Approved, Some(240), 5, Some(owner)));
    assert_eq!(refusal(queries(conn, &ground, manager, None)), SheetRefused::SheetIs(SheetState::Approved));
    let is = |why| assert_eq!(why, LogRefused::WeekIs(ground.week(), SheetState::Approved));
    is(refusal(delete_work(&mut patient(conn), ground.freelancer.id, log, None)));
    let told =
        |kind: &str| notices::table.filter(notices::kind.eq(kind)).select(notices::user_id).order(notices::user_id).load::<i64>(conn);
    let mut told = told;
    assert_eq!(told("WEEK_APPROVED"), Ok(vec![ground.freelancer.id.0]));
    assert_eq!(told("WEEK_QUERIED"), Ok(vec![ground.freelancer.id.0]));
    assert_eq!(told("WEEK_SUBMITTED").unwrap().len(), 4, "owner and manager, twice");
    invariants::hold(&database);
}

#[test]
fn a_week_that_was_sent_takes_no_change_by_any_path() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let ground = Ground::new(&database);
    let by = ground.freelancer.id;
    let log = ground.records(conn, ground.span(9, 12)).unwrap();
    let gone = ground.records(conn, ground.span(20, 21)).unwrap();
    delete_work(&mut patient(conn), by, gone, None).unwrap();
    submits(conn, &ground, None).unwrap();
    let locked = LogRefused::WeekIs(ground.week(), SheetState::Submitted);
    let edit = guildhall::operations::time::Edit { from: None, to: None, note: WorkNote::parse("Other").ok(), seen: None };
    assert_eq!(refusal(ground.records(conn, ground.span(30, 31))), locked);
    assert_eq!(refusal(edit_work(&mut patient(conn), by, log, &edit)), locked);
    assert_eq!(refusal(delete_work(&mut patient(conn), by, log, None)), locked);
    assert_eq!(refusal(restore_work(&mut patient(conn), by, gone)), locked);
    let brought = import_work(&mut patient(conn), by, ground.contract, &[entry(ground.span(30, 31))]).unwrap();
    assert_eq!(brought.rows, [Some(locked.clone())]);
    let cell = Cell { day: 0, log: Some((log, 1)), note: WorkNote::parse("Shelves").unwrap(), minutes: Minutes(60) };
    assert_eq!(refusal(fill_week(&mut patient(conn), by, ground.contract, ground.week(), &[cell])), locked);
    // the next week takes them
    record_work(&mut patient(conn), by, ground.contract, &entry(ground.span(168, 169))).expect("this week");
    invariants::hold(&database);
}

#[test]
fn a_week_with_a_running_timer_is_not_sent() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let ground = Ground::new(&database);
    let log = start_timer(&mut patient(conn), ground.freelancer.id, ground.contract, &WorkNote::parse("").unwrap()).unwrap();
    let week = timesheets::table.inner_join(work_logs::table.on(work_logs::timesheet_id.eq(timesheets::id)));
    let monday: chrono::NaiveDate = week.filter(work_logs::id.eq(log.0)).select(timesheets::week).first(conn).unwrap();
    let week = guildhall::domain::work::Week::of_day(monday);
    let why = refusal(submit_week(&mut patient(conn), ground.freelancer.id, ground.contract, week, None));
    assert_eq!(why, SheetRefused::Running);
}

#[test]
fn freelancers_send_and_those_who_decide_approve() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let ground = Ground::new(&database);
    ground.records(conn, ground.span(9, 12)).unwrap();
    let stranger = given::freelancer(conn, "Rosa Ferreira").id;
    let organisation = &ground.organisation;
    for (by, kind) in [(organisation.owner.id, RefusalKind::NotAllowed), (stranger, RefusalKind::Missing)] {
        let why = refusal(submit_week(&mut patient(conn), by, ground.contract, ground.week(), None));
        assert_eq!(why.kind(), kind);
    }
    submits(conn, &ground, None).unwrap();
    for (by, kind) in [
        (organisation.finance.id, RefusalKind::NotAllowed),
        (organisation.viewer.id, RefusalKind::NotAllowed),
        (ground.freelancer.id, RefusalKind::NotAllowed),
        (stranger, RefusalKind::Missing),
    ] {
        assert_eq!(refusal(approves(conn, &ground, by, None)).kind(), kind);
        assert_eq!(refusal(queries(conn, &ground, by, None)).kind(), kind);
    }
    approves(conn, &ground, organisation.manager.id, None).expect("a manager does");
}

#[test]
fn typed_hours_go_behind_the_days_last_session() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let ground = Ground::new(&database);
    let by = ground.freelancer.id;
    let log = ground.records(conn, ground.span(9, 10)).unwrap();
    let note = || WorkNote::parse("Shelves").unwrap();
    let fill = |conn: &mut PgConnection, cells: &[Cell]| fill_week(&mut patient(conn), by, ground.contract, ground.week(), cells);
    let new = |day, minutes| Cell { day, log: None, note: note(), minutes: Minutes(minutes) };
    let longer = Cell { day: 0, log: Some((log, 1)), note: note(), minutes: Minutes(90) };
    assert_eq!(fill(conn, &[longer, new(0, 60), new(1, 450)]).map_err(|_| "refused"), Ok(true));
    let hours: Vec<(chrono::DateTime<chrono::Utc>, Option<chrono::DateTime<chrono::Utc>>)> =
        work_logs::table.order(work_logs::started_at).select((work_logs::started_at, work_logs::ended_at)).load(conn).unwrap();
    let at = |hours, minutes| ground.at(hours, minutes);
    assert_eq!(hours, [(at(9, 0), Some(at(10, 30))), (at(10, 30), Some(at(11, 30))), (at(33, 0), Some(at(40, 30)))]);
    // a whole day has no room beside them
    assert_eq!(refusal(fill(conn, &[new(0, 1440)])), LogRefused::NoRoom(0));
    // no hours: deleted
    let none = Cell { day: 0, log: Some((log, 2)), note: note(), minutes: Minutes(0) };
    assert_eq!(fill(conn, std::slice::from_ref(&none)).map_err(|_| "refused"), Ok(true));
    assert_eq!(refusal(fill(conn, &[none])), LogRefused::Deleted);
    invariants::hold(&database);
}
