//! Jobs in the hands of a crew.
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use diesel::prelude::*;
use futures_util::FutureExt;
use guildhall::db::Database;
use guildhall::domain::ids::JobId;
use guildhall::domain::job::{Enqueued, NewJob, Task};
use guildhall::operations::jobs::enqueue_job;
use guildhall::schema::{job_events, jobs};
use guildhall::worker::{Crew, Perform, Trouble};

use super::{asked, drill, reported, state};
use crate::support::database::TestDatabase;
use crate::support::given::patient;
use crate::support::race::race;
use crate::support::wait;

/// Lets a crew work on a database until it is told that all is done.
pub fn with_crew<T>(database: &TestDatabase, lanes: u16, perform: Option<Perform>, meanwhile: impl FnOnce(&Database) -> T) -> T {
    let bridge = Database::new(database.url(), 4);
    bridge.listen(()).expect("a wire");
    let crew = match perform {
        Some(perform) => Crew::performing(&bridge, lanes, perform).expect("a crew"),
        None => Crew::start(&bridge, &guildhall::storage::Storage::memory(), lanes, guildhall::worker::Rules::default()).expect("a crew"),
    };
    let done = meanwhile(&bridge);
    actix_web::rt::System::new().block_on(crew.stop());
    done
}

#[test]
fn a_job_that_is_asked_for_is_done_and_its_steps_are_kept() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let id = enqueue_job(&mut patient(conn), &drill("one", 2, 1)).unwrap().id();
    with_crew(&database, 2, None, |_| wait::until("the job is done", || state(conn, id) == "COMPLETED"));
    let kinds: Vec<_> = reported(conn, id).into_iter().collect();
    let expected = [("CLAIMED", 2), ("PROGRESS", 3), ("PROGRESS", 4), ("COMPLETED", 5)];
    assert_eq!(kinds, expected.map(|(kind, version)| (kind.to_owned(), version)));
    let row: (i16, String, Option<serde_json::Value>) =
        jobs::table.find(id.0).select((jobs::progress, jobs::step, jobs::result)).first(conn).unwrap();
    assert_eq!(row, (100, "Step 2 of 2".to_owned(), Some(serde_json::json!({ "steps": 2 }))));
}

#[test]
fn sixteen_who_ask_under_one_key_get_one_job() {
    let database = TestDatabase::new();
    for round in 0..20 {
        let key = format!("round {round}");
        let done = race(&database, 16, |_, conn| enqueue_job(&mut patient(conn), &drill(&key, 0, 0)).expect("a job"));
        assert_eq!(done.iter().filter(|done| matches!(done, Enqueued::New(_))).count(), 1);
        assert!(done.iter().all(|one| one.id() == done[0].id()), "{done:?}");
    }
    assert_eq!(jobs::table.count().get_result(&mut database.connect()), Ok(20));
}

#[test]
fn a_turn_is_had_once_however_many_crews_there_are() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let turns = |conn: &mut PgConnection| -> Vec<(String, String)> {
        jobs::table.select((jobs::unique_key, jobs::status)).order(jobs::unique_key).load(conn).unwrap()
    };
    with_crew(&database, 2, None, |_| {
        with_crew(&database, 2, None, |_| {
            with_crew(&database, 1, None, |_| {
                wait::until("the turns are over", || {
                    let turns = turns(conn);
                    turns.len() > 1 && turns.iter().all(|(_, status)| status == "COMPLETED")
                });
            });
        });
    });
    let turns = turns(conn);
    assert!(turns.iter().any(|(key, _)| key.starts_with("clear_out:20")), "{turns:?}");
    let claims = job_events::table.filter(job_events::kind.eq("CLAIMED")).count().get_result::<i64>(conn).unwrap();
    assert_eq!(usize::try_from(claims), Ok(turns.len()));
}

#[test]
fn a_job_that_panics_fails_alone_and_is_tried_again() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let (bad, good) = (asked(conn, "bad"), asked(conn, "good"));
    let perform: Perform = Arc::new(|_, hand| {
        async move {
            if hand.attempt == 1 && hand.claim.job.0 % 2 == 0 {
                std::panic::resume_unwind(Box::new("thrown by the test".to_owned()));
            }
            Ok(serde_json::json!({}))
        }
        .boxed()
    });
    let (bad, good) = if bad.0 % 2 == 0 { (bad, good) } else { (good, bad) };
    with_crew(&database, 1, Some(perform), |_| {
        wait::until("both were tried", || state(conn, good) == "COMPLETED" && reported(conn, bad).len() == 2);
    });
    assert_eq!(state(conn, bad), "QUEUED");
    let (error, rests): (Option<String>, bool) =
        jobs::table.find(bad.0).select((jobs::error, jobs::run_at.gt(diesel::dsl::now))).first(conn).unwrap();
    assert_eq!(error.as_deref(), Some("It panicked: thrown by the test"));
    assert!(rests, "it is not tried again at once");
}

#[test]
fn an_idle_crew_begins_at_once() {
    let database = TestDatabase::new();
    let started: Arc<AtomicUsize> = Arc::default();
    let counter = Arc::clone(&started);
    let perform: Perform = Arc::new(move |task, _| {
        counter.fetch_add(usize::from(matches!(task, Task::Drill { .. })), Ordering::SeqCst);
        async { Ok(serde_json::json!({})) }.boxed()
    });
    with_crew(&database, 2, Some(perform), |bridge| {
        std::thread::sleep(Duration::from_millis(300));
        let system = actix_web::rt::System::new();
        let began = Instant::now();
        let job: NewJob = drill("soon", 0, 0);
        let asked = system.block_on(bridge.change(move |conn| enqueue_job(conn, &job)));
        asked.expect("a job");
        wait::until("it has begun", || started.load(Ordering::SeqCst) == 1);
        assert!(began.elapsed() < Duration::from_millis(500), "no bell rang: {:?}", began.elapsed());
    });
}

#[test]
fn a_crew_that_stops_gives_back_what_it_cannot_finish() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let id: JobId = enqueue_job(&mut patient(conn), &drill("long", 100, 1000)).unwrap().id();
    // One that never asks whether it may go on.
    let perform: Perform = Arc::new(|_, _| {
        async {
            tokio::time::sleep(Duration::from_secs(60)).await;
            Err(Trouble::Stopped)
        }
        .boxed()
    });
    let began = with_crew(&database, 1, Some(perform), |_| {
        wait::until("it runs", || state(conn, id) == "RUNNING");
        Instant::now()
    });
    assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
    let (status, attempts): (String, i32) = jobs::table.find(id.0).select((jobs::status, jobs::attempts)).first(conn).unwrap();
    assert_eq!((status.as_str(), attempts), ("QUEUED", 0), "given back, and the attempt does not count");
}
