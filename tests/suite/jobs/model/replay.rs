//! Random walks of the model, each step of which PostgreSQL has to answer as the model does.
use diesel::prelude::*;
use guildhall::db::{Failure, jobs};
use guildhall::domain::ids::{JobId, UserId};
use guildhall::domain::job::{Claim, Ending, JobRefused, NewJob, Task};
use guildhall::operations::jobs::{cancel_job, end_job, enqueue_job, reap_job, report_progress};
use guildhall::schema::jobs as table;

use super::{Act, How, MOST_ATTEMPTS, Status, World};
use crate::jobs::{drill, reported};
use crate::support::database::TestDatabase;
use crate::support::given::{self, past_triggers, patient};
use crate::support::invariants;

const WALKS: u64 = 80;
const STEPS: usize = 25;

/// A number that looks like chance, the same each time.
struct Chance(u64);

impl Chance {
    fn of<T: Copy>(&mut self, all: &[T]) -> T {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        all[usize::try_from(self.0 >> 33).expect("a number") % all.len()]
    }
}

/// The real thing, beside a model of it.
struct Real<'c> {
    conn: &'c mut PgConnection,
    id: JobId,
    by: UserId,
    /// The claims that were made, by the model's numbers, from 1.
    claims: Vec<Claim>,
}

impl Real<'_> {
    /// Does what the model did, and says whether it was accepted.
    fn act(&mut self, act: Act, before: &World) -> bool {
        let held = |worker: usize| before.workers[worker].map(|held| (self.claims[usize::from(held.token) - 1], i32::from(held.known)));
        let accepted = |done: Result<(), Failure<JobRefused>>| match done {
            Ok(()) => true,
            Err(Failure::Refused(_)) => false,
            Err(Failure::Broken(fault)) => panic!("{act:?}: {fault}"),
        };
        match act {
            Act::Claim(_) => {
                past_triggers(self.conn, "UPDATE jobs SET run_at = now() - interval '1 second' WHERE status = 'QUEUED'");
                let claimed = jobs::claim(self.conn, Task::DONE_BY_HOUSE, "model").expect("a claim");
                self.claims.extend(claimed.iter().map(|job| job.claim));
                claimed.is_some()
            }
            Act::Beat(worker) => !jobs::beat(self.conn, &[held(worker).expect("a claim").0]).expect("a heartbeat").is_empty(),
            Act::Report(worker, progress) => {
                let (claim, known) = held(worker).expect("a claim");
                accepted(report_progress(&mut patient(self.conn), &claim, known, i16::from(progress), "walked").map(drop))
            }
            Act::End(worker, how) => {
                let (claim, known) = held(worker).expect("a claim");
                let ending = match how {
                    How::Complete => Ending::Completed(serde_json::json!(before.workers[worker].map(|held| held.token))),
                    How::Fail => Ending::Failed("walked".to_owned()),
                    How::GiveBack => Ending::GivenBack,
                    How::Stop => Ending::Stopped,
                };
                accepted(end_job(&mut patient(self.conn), &claim, known, &ending).map(drop))
            }
            // nothing reaches the database
            Act::Kill(_) => true,
            Act::Expire => {
                let late = "UPDATE jobs SET leased_until = clock_timestamp() - interval '1 second' WHERE status = 'RUNNING'";
                diesel::sql_query(late).execute(self.conn).expect("time") == 1
            }
            Act::Reap => reap_job(&mut patient(self.conn), self.id).expect("a look"),
            Act::Cancel => accepted(cancel_job(&mut patient(self.conn), self.by, self.id).map(drop)),
        }
    }

    /// The row is what the model says.
    fn agrees(&mut self, world: &World, trace: &[Act]) {
        let columns = (table::status, table::version, table::attempts, table::progress, table::result, table::stop_asked_at.is_not_null());
        let row: (String, i32, i32, i16, Option<serde_json::Value>, bool) =
            table::table.find(self.id.0).select(columns).first(self.conn).expect("the job");
        let status = format!("{:?}", world.status).to_uppercase();
        let result = world.result.map(|token| serde_json::json!(token));
        let model = (status, i32::from(world.version), i32::from(world.attempts), i16::from(world.progress), result, world.asked);
        assert_eq!(row, model, "after {trace:?}");
        let kept = reported(self.conn, self.id).into_iter().filter(|(kind, _)| kind != "CONFLICT").count();
        assert_eq!(kept, usize::from(world.version) - 1, "one report for each version, after {trace:?}");
    }
}

#[test]
fn postgresql_answers_every_step_as_the_model_does() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let by = given::somebody(conn, "Ada Byron").id;
    let (mut steps, mut refused, mut ended) = (0, 0, 0);
    for walk in 1..=WALKS {
        let new = NewJob { asked_by: Some(by), ..drill(&format!("walk {walk}"), 0, 0) };
        let id = enqueue_job(&mut patient(conn), &new).unwrap().id();
        past_triggers(conn, &format!("UPDATE jobs SET most_attempts = {MOST_ATTEMPTS} WHERE id = {id}"));
        let (mut world, mut chance, mut trace) = (World::new(), Chance(walk), Vec::new());
        let mut real = Real { conn, id, by, claims: Vec::new() };
        for _ in 0..STEPS {
            let act = chance.of(&world.acts());
            trace.push(act);
            let before = world.clone();
            let accepted = world.act(act, true);
            assert_eq!(real.act(act, &before), accepted, "{trace:?}");
            real.agrees(&world, &trace);
            steps += 1;
            refused += usize::from(!accepted);
        }
        ended += usize::from(world.status.is_final());
        // out of the way of the next walk
        if world.status == Status::Queued {
            cancel_job(&mut patient(conn), by, id).unwrap();
        } else if world.status == Status::Running {
            diesel::sql_query("UPDATE jobs SET leased_until = clock_timestamp() - interval '1 second' WHERE status = 'RUNNING'")
                .execute(conn)
                .unwrap();
            cancel_job(&mut patient(conn), by, id).unwrap();
            assert!(reap_job(&mut patient(conn), id).unwrap());
        }
    }
    println!("{WALKS} walks of {STEPS} steps: {steps} agreed on, {refused} of them refusals, {ended} jobs ended on the way");
    assert!(refused > 100 && ended > 10, "walks on which nothing happens prove nothing");
    invariants::hold(&database);
}
