//! What background work costs: run by hand, in a release build,
//! `cargo test --release --test suite -- --ignored --nocapture jobs::measured`.
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Double, Text};
use guildhall::db::Database;
use guildhall::operations::jobs::enqueue_job;
use guildhall::schema::jobs;

use super::working::with_crew;
use super::{drill, state};
use crate::support::database::TestDatabase;
use crate::support::race::start_together;

const JOBS: i64 = 20_000;
const LANES: u16 = 8;
const TIMES: usize = 500;

fn many(database: &TestDatabase) {
    let many = format!(
        "INSERT INTO jobs (queue, kind, arguments, unique_key, priority, run_at, most_attempts) \
         SELECT 'HOUSE', 'DRILL', '{{\"steps\": 0, \"millis\": 0}}', 'job ' || n, 1, now(), 5 FROM generate_series(1, {JOBS}) n"
    );
    database.connect().batch_execute(&many).expect("jobs");
    database.connect().batch_execute("VACUUM ANALYZE jobs").expect("statistics");
}

fn left(conn: &mut PgConnection) -> i64 {
    jobs::table.filter(jobs::ended_at.is_null()).count().get_result(conn).expect("a count")
}

#[test]
#[ignore = "measures; run by hand"]
fn empty_jobs_a_second() {
    let database = TestDatabase::new();
    many(&database);
    let conn = &mut database.connect();
    let began = Instant::now();
    with_crew(&database, LANES, None, |_| {
        while left(conn) > 0 {
            std::thread::sleep(Duration::from_millis(20));
        }
    });
    let crew = rate(began);
    let database = TestDatabase::new();
    many(&database);
    let took = start_together(usize::from(LANES), |_| database.connect(), |_, mut conn| plain(&mut conn));
    let longest = took.into_iter().max().expect("a loop");
    let plain = f64::from(i32::try_from(JOBS).expect("a number")) / longest.as_secs_f64();
    println!("{JOBS} empty jobs, {LANES} at a time: {crew:.0} a second; a plain SQL loop, the limit: {plain:.0} a second");
}

fn rate(began: Instant) -> f64 {
    f64::from(i32::try_from(JOBS).expect("a number")) / began.elapsed().as_secs_f64()
}

/// The least that a queue in PostgreSQL has to do: take a row, and mark it done, each in a transaction of its own; no
/// history, no versions, no token.
fn plain(conn: &mut PgConnection) -> Duration {
    #[derive(QueryableByName)]
    struct Id {
        #[diesel(sql_type = BigInt)]
        id: i64,
    }
    conn.batch_execute(
        "SET session_replication_role = replica; SET enable_seqscan = off; SET plan_cache_mode = force_generic_plan; \
         PREPARE take AS UPDATE jobs SET status = 'RUNNING', attempts = 1, lock_token = gen_random_uuid(), worker = 'plain', heartbeat_at = now(), \
            leased_until = now(), started_at = now() WHERE id = (SELECT id FROM jobs WHERE status = 'QUEUED' AND queue = 'HOUSE' \
            ORDER BY priority, run_at, id LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING id; \
         PREPARE done (bigint) AS UPDATE jobs SET status = 'COMPLETED', result = '{}', progress = 100, ended_at = now(), lock_token = NULL, \
            worker = NULL, heartbeat_at = NULL, leased_until = NULL WHERE id = $1",
    )
    .expect("statements");
    let began = Instant::now();
    while let Some(next) = diesel::sql_query("EXECUTE take").get_result::<Id>(conn).optional().expect("a row") {
        conn.batch_execute(&format!("EXECUTE done ({})", next.id)).expect("done");
    }
    began.elapsed()
}

#[test]
#[ignore = "measures; run by hand"]
fn time_from_asking_to_beginning_when_idle() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    with_crew(&database, 2, None, |bridge| {
        measure("the same process", bridge, conn, "here");
        // a bridge of its own hears of the crew only over the wire
        let other = Database::new(database.url(), 4);
        other.listen(()).expect("a wire");
        measure("another process", &other, conn, "there");
    });
}

fn measure(what: &str, bridge: &Database, conn: &mut PgConnection, key: &str) {
    let system = actix_web::rt::System::new();
    for place in 0..TIMES {
        let job = drill(&format!("{key} {place}"), 0, 0);
        let id = system.block_on(bridge.change(move |conn| enqueue_job(conn, &job))).expect("a job").id();
        while state(conn, id) != "COMPLETED" {
            std::thread::sleep(Duration::from_millis(3));
        }
        std::thread::sleep(Duration::from_millis(u64::try_from(place % 29).expect("a number")));
    }
    #[derive(QueryableByName)]
    struct Waited {
        #[diesel(sql_type = Double)]
        half: f64,
        #[diesel(sql_type = Double)]
        most: f64,
        #[diesel(sql_type = Double)]
        longest: f64,
    }
    let query = "SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY waited) AS half, percentile_cont(0.99) WITHIN GROUP (ORDER BY waited) AS most, \
        max(waited) AS longest FROM (SELECT extract(epoch FROM started_at - created_at)::float8 * 1000 AS waited FROM jobs WHERE unique_key LIKE $1) w";
    let waited: Waited = diesel::sql_query(query).bind::<Text, _>(format!("{key} %")).get_result(conn).expect("figures");
    println!(
        "asked for in {what}: began after {:.1} ms (half), {:.1} ms (99 in 100), {:.1} ms (longest) of {TIMES}",
        waited.half, waited.most, waited.longest
    );
}
