//! Many at once: by operations and over HTTP, every path against the others.
use std::time::{Duration, Instant};

use diesel::prelude::*;
use diesel::sql_types::BigInt;
use guildhall::db::{Failure, clock};
use guildhall::domain::ids::WorkLogId;
use guildhall::domain::words::WorkNote;
use guildhall::domain::work::{LogRefused, SheetRefused, SheetState, Span, whole_minute};
use guildhall::operations::time::{Edit, delete_work, edit_work, import_work, restore_work, start_timer, stop_forgotten_timer, stop_timer};
use guildhall::schema::work_logs;

use super::weeks::{approves, queries, submits};
use super::{Ground, entry};
use crate::support::database::TestDatabase;
use crate::support::given::patient;
use crate::support::invariants;
use crate::support::race::{race, start_together};
use crate::support::site::TestSite;

const ROUNDS: i64 = 12;
/// Nobody waits longer.
const WORST: Duration = Duration::from_secs(2);

/// Of some answers: how many were taken; every other must say that other work lies there.
#[track_caller]
fn taken<T: std::fmt::Debug>(done: &[Result<T, Failure<LogRefused>>]) -> usize {
    for one in done {
        assert!(matches!(one, Ok(_) | Err(Failure::Refused(LogRefused::Overlaps(_)))), "{one:?}");
    }
    done.iter().filter(|one| one.is_ok()).count()
}

fn deadlocks(conn: &mut PgConnection) -> i64 {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        n: i64,
    }
    let query = "SELECT deadlocks AS n FROM pg_stat_database WHERE datname = current_database()";
    diesel::sql_query(query).get_result::<Row>(conn).expect("the statistics").n
}

#[test]
fn of_three_sixteen_and_a_hundred_one_is_taken() {
    let database = TestDatabase::new();
    let ground = Ground::new(&database);
    let other = ground.other(&database);
    for (place, clients) in [3, 16, 100].into_iter().enumerate() {
        let from = 24 * i64::try_from(place).unwrap() + 9;
        let began = Instant::now();
        let done = race(&database, clients, |place, conn| {
            // on two contracts by turns, and never the same hours
            let minutes = i64::try_from(place % 7).unwrap();
            let span = Span { from: ground.at(from, minutes), to: Some(ground.at(from + 1, minutes)) };
            if place % 2 == 0 { ground.records(conn, span) } else { other.records(conn, span) }
        });
        assert_eq!(taken(&done), 1);
        println!("{clients} clients: one taken, all answered within {:?}", began.elapsed());
    }
    assert_eq!(deadlocks(&mut database.connect()), 0);
    invariants::hold(&database);
}

#[test]
fn over_http_one_is_led_on_and_the_others_are_told() {
    let database = TestDatabase::new();
    let ground = Ground::new(&database);
    let site = TestSite::on(&database);
    let browser = site.signed_in(&ground.freelancer.email);
    let path = format!("/contracts/{}/work-logs", ground.contract);
    for (place, clients) in [3_i64, 16, 100].into_iter().enumerate() {
        let from = 24 * i64::try_from(place).unwrap() + 9;
        let (began, ended) = (ground.at(from, 0).to_rfc3339(), ground.at(from + 1, 0).to_rfc3339());
        let fields = [("started_at", began.as_str()), ("ended_at", ended.as_str()), ("note", "Shelves")];
        let done = start_together(
            usize::try_from(clients).unwrap(),
            |_| browser.clone(),
            |_, browser| {
                let began = Instant::now();
                let page = browser.post(&path, &fields);
                (page, began.elapsed())
            },
        );
        let won = done.iter().filter(|(page, _)| page.status == 303).count();
        let busy = done.iter().filter(|(page, _)| page.status == 409 && !page.header("retry-after").is_empty()).count();
        let told = done.iter().filter(|(page, _)| page.status == 409 && page.says().contains("You worked on something else then")).count();
        let worst = done.iter().map(|(_, long)| *long).max().unwrap();
        println!("{clients} over HTTP: {won} led on, {told} told, {busy} found it busy, the last after {worst:?}");
        assert_eq!((won, told + busy), (1, usize::try_from(clients).unwrap() - 1));
        assert!(worst < WORST, "{worst:?}");
    }
    assert_eq!(deadlocks(&mut database.connect()), 0);
    invariants::hold(&database);
}

/// What one of two does.
type Path<'p> = dyn Fn(&mut PgConnection, i64) -> Result<(), Failure<LogRefused>> + Sync + 'p;

#[test]
fn every_path_against_every_other_leaves_no_minute_twice() {
    let database = TestDatabase::new();
    let ground = Ground::new(&database);
    let other = ground.other(&database);
    let by = ground.freelancer.id;
    // for each round: one to edit, and one to restore, onto the same hour
    let conn = &mut database.connect();
    let hour = |round: i64| ground.span(round * 4 + 1, round * 4 + 2);
    let (mut editable, mut deleted) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        let gone = ground.records(conn, hour(round)).unwrap();
        delete_work(&mut patient(conn), by, gone, None).unwrap();
        deleted.push(gone);
        editable.push(ground.records(conn, ground.span(round * 4 + 2, round * 4 + 3)).unwrap());
    }
    let of = |ids: &[WorkLogId], round: i64| ids[usize::try_from(round).unwrap()];
    let record = |conn: &mut PgConnection, round: i64| other.records(conn, hour(round)).map(drop);
    let restore = |conn: &mut PgConnection, round: i64| restore_work(&mut patient(conn), by, of(&deleted, round));
    let edit = |conn: &mut PgConnection, round: i64| {
        let edit = Edit { from: Some(hour(round).from), to: None, note: None, seen: None };
        edit_work(&mut patient(conn), by, of(&editable, round), &edit)
    };
    let import = |conn: &mut PgConnection, round: i64| {
        let done = import_work(&mut patient(conn), by, ground.contract, &[entry(hour(round))])?;
        done.rows.into_iter().flatten().next().map_or(Ok(()), |why| Err(Failure::Refused(why)))
    };
    let paths: [(&str, &Path<'_>); 4] = [("record", &record), ("restore", &restore), ("edit", &edit), ("import", &import)];
    let pairs: Vec<_> = (0..4).flat_map(|one| (one + 1..4).map(move |two| (one, two))).collect();
    for (round, (one, two)) in (0..ROUNDS).zip(pairs.iter().cycle()) {
        let done = race(&database, 2, |place, conn| paths[if place == 0 { *one } else { *two }].1(conn, round));
        assert_eq!(taken(&done), 1, "{} against {} in round {round}", paths[*one].0, paths[*two].0);
    }
    assert_eq!(deadlocks(conn), 0);
    invariants::hold(&database);
}

#[test]
fn two_timers_and_a_session_of_now_leave_one() {
    let database = TestDatabase::new();
    for _ in 0..6 {
        let ground = Ground::new(&database);
        let other = ground.other(&database);
        let now = whole_minute(clock(&mut database.connect()).unwrap());
        let note = WorkNote::parse("").unwrap();
        let done = race(&database, 3, |place, conn| match place {
            0 => start_timer(&mut patient(conn), ground.freelancer.id, ground.contract, &note),
            1 => start_timer(&mut patient(conn), ground.freelancer.id, other.contract, &note),
            _ => ground.records(conn, Span { from: now - chrono::TimeDelta::minutes(10), to: Some(now) }),
        });
        // what ends now does not stand in the way of what begins now
        assert!(matches!(taken(&done), 1 | 2), "{done:?}");
        assert!(done[..2].iter().filter(|one| one.is_ok()).count() <= 1, "{done:?}");
    }
    invariants::hold(&database);
}

#[test]
fn a_stop_and_the_sweep_end_a_timer_once() {
    let database = TestDatabase::new();
    for _ in 0..ROUNDS {
        let ground = Ground::new(&database);
        let (conn, by) = (&mut database.connect(), ground.freelancer.id);
        let log = start_timer(&mut patient(conn), by, ground.contract, &WorkNote::parse("").unwrap()).unwrap();
        ground.ran_for(conn, log, 13);
        let done = race(&database, 2, |place, conn| {
            if place == 0 {
                match stop_timer(&mut patient(conn), by, ground.contract, None, None) {
                    Ok(stopped) => {
                        assert!(stopped.forgotten, "{stopped:?}");
                        true
                    }
                    Err(Failure::Refused(LogRefused::NotRunning)) => false,
                    other => panic!("{other:?}"),
                }
            } else {
                stop_forgotten_timer(&mut patient(conn), log).expect("a sweep")
            }
        });
        assert_eq!(done.iter().filter(|one| **one).count(), 1, "{done:?}");
        let kept = work_logs::table.find(log.0).filter(work_logs::ended_at.is_not_null()).filter(work_logs::stopped_by_house.eq(true));
        assert_eq!(kept.count().get_result(conn), Ok(1_i64));
    }
    invariants::hold(&database);
}

#[test]
fn a_change_beside_the_sending_is_counted_or_told() {
    let database = TestDatabase::new();
    let mut in_time = 0;
    for _ in 0..ROUNDS {
        let ground = Ground::new(&database);
        let conn = &mut database.connect();
        let log = ground.records(conn, ground.span(9, 10)).unwrap();
        let edit = Edit { from: None, to: Some(ground.at(12, 0)), note: None, seen: None };
        let done = race(&database, 2, |place, conn| match place {
            0 => submits(conn, &ground, None).map_err(|why| format!("{why:?}")).map(|()| true),
            _ => match edit_work(&mut patient(conn), ground.freelancer.id, log, &edit) {
                Ok(()) => Ok(true),
                Err(Failure::Refused(LogRefused::WeekIs(_, SheetState::Submitted))) => Ok(false),
                Err(why) => Err(format!("{why:?}")),
            },
        });
        assert_eq!(done[0], Ok(true));
        let sheet = guildhall::db::timesheets::find(conn, ground.contract, ground.week()).unwrap().unwrap();
        let was_in_time = done[1] == Ok(true);
        assert_eq!(sheet.minutes, Some(if was_in_time { 180 } else { 60 }), "{done:?}");
        in_time += usize::from(was_in_time);
    }
    println!("a change beside the sending: {in_time} of {ROUNDS} in time");
    invariants::hold(&database);
}

#[test]
fn of_an_approval_a_question_and_a_late_edit_one_wins_and_the_others_are_told() {
    let database = TestDatabase::new();
    let mut approved = 0;
    for _ in 0..ROUNDS {
        let ground = Ground::new(&database);
        let conn = &mut database.connect();
        let log = ground.records(conn, ground.span(9, 10)).unwrap();
        submits(conn, &ground, None).unwrap();
        let (owner, manager) = (ground.organisation.owner.id, ground.organisation.manager.id);
        let edit = Edit { from: None, to: Some(ground.at(12, 0)), note: None, seen: None };
        let done = race(&database, 3, |place, conn| match place {
            0 => moved(approves(conn, &ground, owner, Some(2))),
            1 => moved(queries(conn, &ground, manager, Some(2))),
            _ => match edit_work(&mut patient(conn), ground.freelancer.id, log, &edit) {
                Ok(()) => "done",
                Err(Failure::Refused(LogRefused::WeekIs(_, SheetState::Submitted))) => "sent",
                Err(Failure::Refused(LogRefused::WeekIs(_, SheetState::Approved))) => "approved",
                why => panic!("{why:?}"),
            },
        });
        let sheet = guildhall::db::timesheets::find(conn, ground.contract, ground.week()).unwrap().unwrap();
        match sheet.state {
            SheetState::Approved => assert!(done[0] == "done" && done[1] == "other" && done[2] != "done", "{done:?}"),
            SheetState::Queried => assert!(done[0] == "other" && done[1] == "done" && done[2] != "approved", "{done:?}"),
            state => panic!("{state}"),
        }
        assert_eq!(sheet.minutes, Some(60), "what was agreed on is what was sent");
        approved += usize::from(sheet.state == SheetState::Approved);
    }
    println!("{approved} of {ROUNDS} approved, the others given back");
    invariants::hold(&database);
}

fn moved(done: Result<(), Failure<SheetRefused>>) -> &'static str {
    match done {
        Ok(()) => "done",
        Err(Failure::Refused(SheetRefused::SheetIs(SheetState::Approved | SheetState::Queried))) => "other",
        why => panic!("{why:?}"),
    }
}
