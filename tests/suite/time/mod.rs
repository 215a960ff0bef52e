//! Time worked: sessions that never overlap, weeks that are sent and approved.
mod measured;
mod pages;
mod races;
mod recording;
mod sums;
mod weeks;

use chrono::{DateTime, Datelike, Days, TimeDelta, Utc};
use diesel::prelude::*;
use guildhall::db::{Failure, clock};
use guildhall::domain::ids::{ContractId, WorkLogId};
use guildhall::domain::words::WorkNote;
use guildhall::domain::work::{Entry, LogRefused, Span, Week};
use guildhall::operations::proposals::accept_proposal;
use guildhall::operations::time::record_work;

use crate::support::database::TestDatabase;
use crate::support::given::{self, FIRST_SEEN, OpenProject, Organisation, Somebody, patient};

/// A freelancer with a contract that began two months ago.
#[derive(Debug, Clone)]
pub struct Ground {
    pub organisation: Organisation,
    pub freelancer: Somebody,
    pub contract: ContractId,
    /// Monday of the week before last, at midnight in UTC.
    pub monday: DateTime<Utc>,
}

impl Ground {
    pub fn new(database: &TestDatabase) -> Self {
        let conn = &mut database.connect();
        let on = given::open_project(conn, 1);
        Self::of(conn, &on)
    }

    /// The same freelancer on another contract, with another client.
    pub fn other(&self, database: &TestDatabase) -> Self {
        let conn = &mut database.connect();
        let organisation = given::organisation(conn);
        let on = given::open_project_with(conn, organisation, vec![self.freelancer.clone()]);
        Self::of(conn, &on)
    }

    fn of(conn: &mut PgConnection, on: &OpenProject) -> Self {
        let done = accept_proposal(&mut patient(conn), on.organisation.owner.id, on.proposals[0], FIRST_SEEN).expect("an award");
        given::past_triggers(
            conn,
            &format!("UPDATE contracts SET accepted_at = accepted_at - interval '60 days' WHERE id = {}", done.contract),
        );
        let now = clock(conn).expect("the time");
        let monday = now.date_naive() - Days::new(u64::from(now.weekday().num_days_from_monday()) + 14);
        let monday = monday.and_hms_opt(0, 0, 0).expect("midnight").and_utc();
        let (organisation, freelancer) = (on.organisation.clone(), on.freelancers[0].clone());
        Self { organisation, freelancer, contract: done.contract, monday }
    }

    /// Lets a timer have run for so many hours already: its week goes along, if it has to.
    pub fn ran_for(&self, conn: &mut PgConnection, log: WorkLogId, hours: i64) {
        given::past_triggers(conn, &format!("UPDATE work_logs SET started_at = started_at - interval '{hours} hours' WHERE id = {log}"));
        let week = format!(
            "UPDATE timesheets t SET week = t.week - 7, starts_at = t.starts_at - interval '7 days', ends_at = t.ends_at - interval '7 days' \
             FROM work_logs l WHERE l.id = {log} AND t.id = l.timesheet_id AND l.started_at < t.starts_at"
        );
        given::past_triggers(conn, &week);
    }

    /// So many minutes after the Monday of last week.
    pub fn at(&self, hours: i64, minutes: i64) -> DateTime<Utc> {
        self.monday + TimeDelta::hours(hours) + TimeDelta::minutes(minutes)
    }

    pub fn week(&self) -> Week {
        Week::of_day(self.monday.date_naive())
    }

    /// A session, in hours after that Monday.
    pub fn span(&self, from: i64, to: i64) -> Span {
        Span { from: self.at(from, 0), to: Some(self.at(to, 0)) }
    }

    pub fn records(&self, conn: &mut PgConnection, span: Span) -> Result<WorkLogId, Failure<LogRefused>> {
        record_work(&mut patient(conn), self.freelancer.id, self.contract, &entry(span))
    }
}

pub fn entry(span: Span) -> Entry {
    Entry { span, note: WorkNote::parse("Shelves").expect("a note") }
}

/// The refusal; anything else is a fault of the test.
#[track_caller]
pub fn refusal<T: std::fmt::Debug, E: std::fmt::Debug>(done: Result<T, Failure<E>>) -> E {
    match done {
        Err(Failure::Refused(why)) => why,
        other => panic!("not refused: {other:?}"),
    }
}
