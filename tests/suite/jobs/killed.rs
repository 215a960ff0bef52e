//! Killed after each of its statements, an operation on a job leaves nothing behind; killed after its commit, all of it.
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use guildhall::db::Fault;
use guildhall::domain::ids::JobId;
use guildhall::domain::job::{Claim, Ending, NewJob};
use guildhall::operations::jobs::{cancel_job, end_job, enqueue_job, reap_job, run_again};

use super::{claimed, drill};
use crate::award::kill_points::{kill_everywhere, kill_everywhere_after, outcome};
use crate::support::given::{OpenProject, patient};

fn new(on: &OpenProject) -> NewJob {
    NewJob {
        organisation: Some(on.organisation.id),
        asked_by: Some(on.organisation.owner.id),
        ..drill(&format!("project {}", on.id), 0, 0)
    }
}

fn ask(conn: &mut PgConnection, on: &OpenProject) {
    enqueue_job(&mut patient(conn), &new(on)).expect("a job");
}

/// The jobs of other projects wait elsewhere.
fn ask_and_claim(conn: &mut PgConnection, on: &OpenProject) {
    diesel::sql_query("UPDATE jobs SET priority = 9, version = version + 1 WHERE status = 'QUEUED'").execute(conn).expect("others wait");
    diesel::sql_query(
        "INSERT INTO job_events (job_id, kind, attempt, version) SELECT id, 'PUT_BACK', attempts, version FROM jobs WHERE status = 'QUEUED'",
    )
    .execute(conn)
    .expect("others wait");
    ask(conn, on);
    claimed(conn);
}

fn claim_of(conn: &mut PgConnection, on: &OpenProject) -> Result<Claim, Fault> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        id: i64,
        #[diesel(sql_type = Text)]
        token: String,
    }
    let query = "SELECT id, coalesce(lock_token, '00000000-0000-0000-0000-000000000000')::text AS token FROM jobs WHERE unique_key = $1";
    let row: Row = diesel::sql_query(query).bind::<Text, _>(format!("project {}", on.id)).get_result(conn)?;
    Ok(Claim { job: JobId(row.id), token: row.token.parse().expect("a token") })
}

#[test]
fn a_killed_request_for_a_job_leaves_nothing_behind() {
    kill_everywhere("enqueue_job", |conn, on| outcome(enqueue_job(&mut patient(conn), &new(on))));
}

#[test]
fn a_killed_completion_leaves_nothing_behind() {
    kill_everywhere_after(ask_and_claim, "end_job, completed", |conn, on| {
        let claim = claim_of(conn, on)?;
        outcome(end_job(&mut patient(conn), &claim, 2, &Ending::Completed(serde_json::json!({}))))
    });
}

#[test]
fn a_killed_failure_leaves_nothing_behind() {
    kill_everywhere_after(ask_and_claim, "end_job, failed", |conn, on| {
        let claim = claim_of(conn, on)?;
        outcome(end_job(&mut patient(conn), &claim, 2, &Ending::Failed("no".to_owned())))
    });
}

#[test]
fn a_killed_cancellation_leaves_nothing_behind() {
    kill_everywhere_after(ask_and_claim, "cancel_job, of a running one", |conn, on| {
        let claim = claim_of(conn, on)?;
        outcome(cancel_job(&mut patient(conn), on.organisation.owner.id, claim.job))
    });
    kill_everywhere_after(ask, "cancel_job, of a waiting one", |conn, on| {
        let claim = claim_of(conn, on)?;
        outcome(cancel_job(&mut patient(conn), on.organisation.owner.id, claim.job))
    });
}

#[test]
fn a_killed_reaping_leaves_nothing_behind() {
    let lose = |conn: &mut PgConnection, on: &OpenProject| {
        ask_and_claim(conn, on);
        diesel::sql_query("UPDATE jobs SET leased_until = now() - interval '1 second' WHERE status = 'RUNNING'")
            .execute(conn)
            .expect("lost");
    };
    kill_everywhere_after(lose, "reap_job", |conn, on| {
        let claim = claim_of(conn, on)?;
        outcome(reap_job(&mut patient(conn), claim.job))
    });
}

#[test]
fn a_killed_second_run_leaves_nothing_behind() {
    let end = |conn: &mut PgConnection, on: &OpenProject| {
        ask(conn, on);
        let claim = claim_of(conn, on).expect("the job");
        cancel_job(&mut patient(conn), on.organisation.owner.id, claim.job).expect("cancelled");
    };
    kill_everywhere_after(end, "run_again", |conn, on| {
        let claim = claim_of(conn, on)?;
        outcome(run_again(&mut patient(conn), on.organisation.owner.id, claim.job))
    });
}
