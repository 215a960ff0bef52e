//! Progress: never back, every report kept, and three tries where somebody else was first.
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use guildhall::db::{Database, Failure};
use guildhall::domain::job::JobRefused;
use guildhall::operations::jobs::enqueue_job;
use guildhall::schema::{job_events, jobs};
use guildhall::worker::report;

use super::{asked, claimed, drill};
use crate::support::database::TestDatabase;
use crate::support::given::patient;
use crate::support::invariants;
use crate::support::race::start_together;

/// J3
#[test]
fn of_sixteen_who_report_up_to_a_hundred_no_report_is_lost_and_none_goes_back() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let id = enqueue_job(&mut patient(conn), &drill("long", 0, 0)).unwrap().id();
    let job = claimed(conn);
    let bridge = Database::new(database.url(), 32);
    let is_over = AtomicBool::new(false);
    let (acknowledged, refused, watched) = std::thread::scope(|threads| {
        let watcher = threads.spawn(|| {
            let (mut conn, mut seen) = (database.connect(), vec![0]);
            while !is_over.load(Ordering::SeqCst) {
                let now: i16 = jobs::table.find(id.0).select(jobs::progress).first(&mut conn).expect("the job");
                assert!(now >= *seen.last().expect("a number"), "it went back from {seen:?} to {now}");
                seen.push(now);
                std::thread::sleep(Duration::from_millis(2));
            }
            seen.len()
        });
        let done = start_together(
            16,
            |_| actix_web::rt::System::new(),
            |place, system| {
                let (mut version, mut done) = (job.version, [0, 0]);
                for progress in 1..=100 {
                    let words = format!("{place}: {progress}");
                    match system.block_on(report(&bridge, job.claim, &mut version, progress, &words)) {
                        Ok(_) => done[0] += 1,
                        Err(Failure::Refused(JobRefused::ConcurrentUpdate { .. })) => done[1] += 1,
                        other => panic!("{other:?}"),
                    }
                }
                done
            },
        );
        is_over.store(true, Ordering::SeqCst);
        let sum = |which: usize| done.iter().map(|done| done[which]).sum::<i64>();
        (sum(0), sum(1), watcher.join().expect("the watcher"))
    });
    println!("{acknowledged} reports kept, {refused} refused in the end, looked at {watched} times");
    assert_eq!(acknowledged + refused, 1600);
    let count = |kind: &str, conn: &mut PgConnection| {
        job_events::table.filter(job_events::kind.eq(kind.to_owned())).count().get_result::<i64>(conn).unwrap()
    };
    assert_eq!(count("PROGRESS", conn), acknowledged);
    let words: Vec<Option<String>> =
        job_events::table.select(job_events::step).filter(job_events::step.is_not_null()).distinct().load(conn).unwrap();
    assert_eq!(words.len(), 1600, "each report is kept, the refused ones with both versions");
    assert!(count("CONFLICT", conn) > 0, "reporters that never meet prove nothing");
    let (progress, version): (i16, i32) = jobs::table.find(id.0).select((jobs::progress, jobs::version)).first(conn).unwrap();
    assert_eq!((progress, i64::from(version)), (100, 2 + acknowledged));
    invariants::hold(&database);
}

/// J6
#[test]
fn a_report_is_tried_three_times_and_then_says_both_versions() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    asked(conn, "contested");
    let job = claimed(conn);
    let (mut rival, is_over) = (database.connect(), Arc::new(AtomicBool::new(false)));
    rival.batch_execute("SET session_replication_role = replica").unwrap();
    rival.batch_execute("UPDATE jobs SET version = version + 1").unwrap();
    let over = Arc::clone(&is_over);
    let thread = std::thread::spawn(move || {
        while !over.load(Ordering::SeqCst) {
            rival.batch_execute("UPDATE jobs SET version = version + 1").expect("a rival's report");
            std::thread::sleep(Duration::from_millis(5));
        }
    });
    let bridge = Database::new(database.url(), 4);
    let (mut version, began) = (job.version, Instant::now());
    let done = actix_web::rt::System::new().block_on(report(&bridge, job.claim, &mut version, 50, "Half"));
    let took = began.elapsed();
    is_over.store(true, Ordering::SeqCst);
    thread.join().unwrap();
    let Err(Failure::Refused(JobRefused::ConcurrentUpdate { expected, found })) = done else { panic!("{done:?}") };
    assert!(found > expected && expected > job.version, "expected version {expected}, found {found}");
    assert!((300..600).contains(&took.as_millis()), "100 ms and 200 ms between three tries: {took:?}");
    let kept: Vec<(i32, Option<i32>)> = job_events::table
        .filter(job_events::kind.eq("CONFLICT"))
        .order(job_events::id)
        .select((job_events::version, job_events::found))
        .load(conn)
        .unwrap();
    assert_eq!(kept.len(), 3, "{kept:?}");
    assert_eq!(kept[2], (expected, Some(found)), "counted for whoever watches");
}
