//! What is found when all is over.
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text, Timestamptz};
use guildhall::schema::{contracts, jobs, projects};

use super::ground::Ground;
use super::strikes::Struck;
use super::work::Work;
use crate::support::invariants;

/// How soon the job of a killed worker has to run again.
const AGAIN: TimeDelta = TimeDelta::seconds(45);

/// Waits until nothing waits and nothing runs but what has its time later.
pub fn all_jobs_end(ground: &Ground, longest: Duration) {
    let (mut conn, began) = (ground.connect(), Instant::now());
    loop {
        let left = jobs::table.filter(jobs::ended_at.is_null()).filter(jobs::unique_key.like("kills:%")).count();
        match left.get_result::<i64>(&mut conn) {
            Ok(0) => return,
            Ok(left) => assert!(began.elapsed() < longest, "{left} jobs are not done after {longest:?}"),
            Err(_) => conn = ground.connect(),
        }
        std::thread::sleep(Duration::from_millis(200));
    }
}

/// Compares what was acknowledged with what there is, and prints it.
pub fn report(ground: &Ground, work: &Work, struck: &[Struck]) {
    let conn = &mut ground.connect();
    let done = work.done.lock().expect("what is done");
    let mut lost = Vec::new();
    for (number, id) in &done.drafts {
        let title: Option<String> = projects::table.find(id).select(projects::title).first(conn).optional().expect("an answer");
        if title != Some(format!("Kill {number}")) {
            lost.push(format!("project {id}: {title:?}"));
        }
    }
    for (proposal, id) in &done.awards {
        let of: Option<i64> = contracts::table.find(id).select(contracts::proposal_id).first(conn).optional().expect("an answer");
        if of != Some(*proposal) {
            lost.push(format!("contract {id} of proposal {proposal}: {of:?}"));
        }
    }
    for (number, id) in &done.jobs {
        let row: Option<(String, String)> =
            jobs::table.find(id).select((jobs::unique_key, jobs::status)).first(conn).optional().expect("an answer");
        if row != Some((format!("kills:{number}"), "COMPLETED".to_owned())) {
            lost.push(format!("job {id}: {row:?}"));
        }
    }
    let doubled = texts(
        conn,
        "SELECT title AS found FROM projects WHERE title LIKE 'Kill %' GROUP BY title HAVING count(*) > 1 \
         UNION ALL SELECT 'proposal ' || proposal_id FROM contracts GROUP BY proposal_id HAVING count(*) > 1 \
         UNION ALL SELECT 'job ' || unique_key FROM jobs GROUP BY unique_key HAVING count(*) > 1",
    );
    println!(
        "{} operations acknowledged: {} projects drafted, {} proposals accepted, {} jobs; {} attempts were repeated",
        done.drafts.len() + done.awards.len() + done.jobs.len(),
        done.drafts.len(),
        done.awards.len(),
        done.jobs.len(),
        work.repeated.load(std::sync::atomic::Ordering::SeqCst)
    );
    println!("{} lost, {} doubled", lost.len(), doubled.len());
    assert!(lost.is_empty() && doubled.is_empty(), "lost: {lost:?}; doubled: {doubled:?}");
    let broken = invariants::broken(conn);
    assert!(broken.is_empty(), "{}", broken.join("\n"));
    begun_again(conn, struck);
}

/// How long the jobs of killed workers took until they ran again.
fn begun_again(conn: &mut PgConnection, struck: &[Struck]) {
    #[derive(QueryableByName)]
    struct Pair {
        #[diesel(sql_type = BigInt)]
        job: i64,
        #[diesel(sql_type = Text)]
        worker: String,
        #[diesel(sql_type = Timestamptz)]
        again: DateTime<Utc>,
    }
    let pairs: Vec<Pair> = diesel::sql_query(
        "SELECT l.job_id AS job, \
            (SELECT c.worker FROM job_events c WHERE c.job_id = l.job_id AND c.kind = 'CLAIMED' AND c.id < l.id ORDER BY c.id DESC LIMIT 1) AS worker, \
            (SELECT min(c.at) FROM job_events c WHERE c.job_id = l.job_id AND c.kind = 'CLAIMED' AND c.id > l.id) AS again \
         FROM job_events l JOIN jobs j ON j.id = l.job_id WHERE l.kind = 'LOST' AND j.unique_key LIKE 'kills:%'",
    )
    .load(conn)
    .expect("the jobs that were lost");
    let mut longest = TimeDelta::zero();
    let mut of_killed = 0;
    for pair in &pairs {
        let pid = pair.worker.rsplit(':').next().and_then(|pid| pid.parse::<i32>().ok()).expect("a process");
        let Some(killed) = struck.iter().filter(|one| one.pid == pid && one.at < pair.again).map(|one| one.at).max() else { continue };
        let took = pair.again - killed;
        of_killed += 1;
        longest = longest.max(took);
        assert!(took <= AGAIN, "job {} ran again only after {took}", pair.job);
    }
    println!(
        "{} jobs were taken from workers that were gone, {of_killed} from killed ones; the last ran again after {:.1} s",
        pairs.len(),
        longest.as_seconds_f64()
    );
    assert!(of_killed > 0, "no killed worker had a job in its hands");
}

fn texts(conn: &mut PgConnection, query: &str) -> Vec<String> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        found: String,
    }
    let rows: Vec<Row> = diesel::sql_query(query).load(conn).expect("rows");
    rows.into_iter().map(|row| row.found).collect()
}
