//! Killed after each of its statements, what the house does by the clock leaves nothing behind.
use chrono::TimeDelta;
use diesel::prelude::*;
use guildhall::operations::house::{close_overdue_project, open_due_bids, tell_of_deadline, warn_of_closing};

use super::{closes_in, overdue, passed, rule};
use crate::award::kill_points::{kill_everywhere_after, outcome};
use crate::support::given::{self, OpenProject, patient};

#[test]
fn a_killed_closing_leaves_nothing_behind() {
    let ready = |conn: &mut PgConnection, on: &OpenProject| overdue(conn, on.id);
    kill_everywhere_after(ready, "close_overdue_project", |conn, on| outcome(close_overdue_project(&mut patient(conn), on.id, rule())));
}

#[test]
fn a_killed_warning_leaves_nothing_behind() {
    let ready = |conn: &mut PgConnection, on: &OpenProject| passed(conn, on.id, 91);
    kill_everywhere_after(ready, "warn_of_closing", |conn, on| outcome(warn_of_closing(&mut patient(conn), on.id, rule())));
}

#[test]
fn a_killed_telling_of_a_deadline_leaves_nothing_behind() {
    let ready = |conn: &mut PgConnection, on: &OpenProject| closes_in(conn, on.id, 10);
    kill_everywhere_after(ready, "tell_of_deadline", |conn, on| outcome(tell_of_deadline(&mut patient(conn), on.id)));
}

#[test]
fn a_killed_opening_by_the_house_leaves_nothing_behind() {
    let ready = |conn: &mut PgConnection, on: &OpenProject| {
        given::past_triggers(conn, &format!("UPDATE projects SET sealed = true WHERE id = {}", on.id));
        given::close(conn, on.id);
    };
    kill_everywhere_after(ready, "open_due_bids", |conn, on| outcome(open_due_bids(&mut patient(conn), on.id, TimeDelta::zero())));
}
