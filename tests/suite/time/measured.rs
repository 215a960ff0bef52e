//! How fast a session is written down among few and among a million. Run by hand:
//! `cargo test --release --test suite -- --ignored --nocapture among_a_million`
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Text;
use guildhall::domain::work::Span;

use super::Ground;
use crate::support::database::TestDatabase;
use crate::support::given;

/// Sessions in all, all of the one who writes.
const SIZES: [i64; 5] = [100, 1_000, 10_000, 100_000, 1_000_000];
const TIMED: usize = 400;

#[test]
#[ignore = "measures: by hand, with --release"]
fn among_a_million_a_session_is_written_as_fast_as_among_a_hundred() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let ground = Ground::new(&database);
    given::past_triggers(conn, &format!("UPDATE contracts SET accepted_at = '1990-01-01' WHERE id = {}", ground.contract));
    let mut worst = Vec::new();
    for (place, size) in SIZES.into_iter().enumerate() {
        fill(conn, &ground, size);
        conn.batch_execute("ANALYZE work_logs; ANALYZE timesheets; CHECKPOINT").expect("a superuser");
        let mut times: Vec<Duration> = (0..TIMED)
            .map(|one| {
                let minutes = i64::try_from(place * TIMED + one).unwrap() * 3;
                let from = ground.at(0, minutes);
                let span = Span { from, to: Some(from + chrono::TimeDelta::minutes(2)) };
                let began = Instant::now();
                ground.records(conn, span).expect("a session");
                began.elapsed()
            })
            .collect();
        times.sort_unstable();
        let (p50, p99) = (times[TIMED / 2], times[TIMED * 99 / 100]);
        println!("{size:>9} sessions: p50 {p50:?}, p99 {p99:?}");
        worst.push(p99);
        assert!(p99 < Duration::from_millis(50), "{p99:?}");
    }
    assert!(worst[4] < worst[0].max(Duration::from_millis(5)) * 4, "not flat: {worst:?}");
    for query in [
        format!(
            "SELECT FROM work_logs WHERE freelancer_id = {} AND deleted_at IS NULL AND tstzrange(started_at, coalesce(ended_at, 'infinity'), '[)') && tstzrange(now() - interval '1 hour', now(), '[)')",
            ground.freelancer.id
        ),
        format!(
            "SELECT FROM work_logs WHERE freelancer_id = {} AND started_at >= now() - interval '7 days' AND started_at < now()",
            ground.freelancer.id
        ),
    ] {
        let plan = explain(conn, &query);
        println!("{plan}");
        assert!(!plan.contains("Seq Scan"), "{plan}");
    }
}

/// Sessions of one minute, every eighth minute into the past: all of one freelancer, which is the worst that can be.
fn fill(conn: &mut PgConnection, ground: &Ground, size: i64) {
    let (contract, freelancer) = (ground.contract, ground.freelancer.id);
    let weeks = format!(
        "INSERT INTO timesheets (contract_id, freelancer_id, week, zone, starts_at, ends_at) \
         SELECT {contract}, {freelancer}, d::date, 'UTC', d, d + interval '7 days' FROM generate_series(timestamptz '{monday}' - interval '7 days' * 900, \
         timestamptz '{monday}' - interval '7 days', interval '7 days') d ON CONFLICT DO NOTHING",
        monday = ground.monday.to_rfc3339()
    );
    let logs = format!(
        "INSERT INTO work_logs (timesheet_id, contract_id, freelancer_id, started_at, ended_at, origin, created_at, updated_at) \
         SELECT t.id, {contract}, {freelancer}, s, s + interval '1 minute', 'IMPORT', now(), now() \
         FROM (SELECT timestamptz '{monday}' - interval '8 minutes' * n AS s FROM generate_series((SELECT count(*) FROM work_logs) + 1, {size}) n) made \
         JOIN timesheets t ON t.contract_id = {contract} AND t.starts_at <= s AND s < t.ends_at",
        monday = ground.monday.to_rfc3339()
    );
    given::past_triggers(conn, &weeks);
    given::past_triggers(conn, &logs);
}

fn explain(conn: &mut PgConnection, query: &str) -> String {
    #[derive(QueryableByName)]
    struct Line {
        #[diesel(sql_type = Text, column_name = "QUERY PLAN")]
        line: String,
    }
    let lines: Vec<Line> = diesel::sql_query(format!("EXPLAIN {query}")).load(conn).expect("a plan");
    lines.into_iter().map(|line| line.line + "\n").collect()
}
