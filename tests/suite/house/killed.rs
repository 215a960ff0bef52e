//! Killed after each of its statements, what admins do leaves nothing behind.
use diesel::prelude::*;
use guildhall::db::users;
use guildhall::domain::abuse::{AbuseOf, Subject};
use guildhall::domain::ids::{AbuseId, UserId};
use guildhall::domain::words::{TicketTitle, TicketWords};
use guildhall::operations::abuse::report_abuse;
use guildhall::operations::people::{appeal_suspension, end_sign_ins};
use guildhall::schema::{abuse_reports, users as accounts};

use super::abuse::{reported, settles};
use super::{holds, lifts, reason, releases, suspends};
use crate::award::kill_points::{kill_everywhere_after, outcome};
use crate::support::given::{self, OpenProject, patient};
use crate::tickets::admin;

fn keeper(conn: &mut PgConnection) -> QueryResult<UserId> {
    accounts::table.filter(accounts::is_admin).order(accounts::id).select(accounts::id).first::<i64>(conn).map(UserId)
}

/// Somebody of this project's own, who has offered on it.
fn troubled(conn: &mut PgConnection, on: &OpenProject) -> QueryResult<UserId> {
    accounts::table
        .filter(accounts::email.eq(format!("troubled.{}@example.org", on.id)))
        .select(accounts::id)
        .first::<i64>(conn)
        .map(UserId)
}

fn ready(conn: &mut PgConnection, on: &OpenProject) {
    if keeper(conn).is_err() {
        admin(conn, "Priya Raman");
    }
    let person = given::freelancer(conn, "Rosa Ferreira");
    let email = format!("troubled.{}@example.org", on.id);
    diesel::update(accounts::table.find(person.id.0)).set(accounts::email.eq(email)).execute(conn).expect("an address");
    given::proposal(conn, on.id, &person, 640_000);
}

fn out(conn: &mut PgConnection, on: &OpenProject) {
    ready(conn, on);
    let (by, id) = (keeper(conn).expect("an admin"), troubled(conn, on).expect("somebody"));
    suspends(conn, by, id).expect("suspended");
}

#[test]
fn a_killed_suspension_leaves_nothing_behind() {
    kill_everywhere_after(ready, "suspend_person", |conn, on| {
        let (by, id) = (keeper(conn)?, troubled(conn, on)?);
        outcome(suspends(conn, by, id))
    });
}

#[test]
fn a_killed_letting_in_leaves_nothing_behind() {
    kill_everywhere_after(out, "lift_suspension", |conn, on| {
        let (by, id) = (keeper(conn)?, troubled(conn, on)?);
        outcome(lifts(conn, by, id))
    });
}

#[test]
fn a_killed_end_of_sign_ins_leaves_nothing_behind() {
    kill_everywhere_after(ready, "end_sign_ins", |conn, on| {
        let (by, id) = (keeper(conn)?, troubled(conn, on)?);
        outcome(end_sign_ins(&mut patient(conn), by, id, &reason("A lost laptop.")))
    });
}

#[test]
fn a_killed_appeal_leaves_nothing_behind() {
    kill_everywhere_after(out, "appeal_suspension", |conn, on| {
        let id = troubled(conn, on)?;
        let since = users::find(conn, id)?.and_then(|user| user.suspended_at).expect("suspended");
        let (title, words) = (TicketTitle::parse("Appeal").expect("a title"), TicketWords::parse("Why?").expect("words"));
        outcome(appeal_suspension(&mut patient(conn), id, since, &title, &words))
    });
}

#[test]
fn a_killed_hold_leaves_nothing_behind() {
    kill_everywhere_after(ready, "hold_project", |conn, on| {
        let by = keeper(conn)?;
        outcome(holds(conn, by, on.id))
    });
}

#[test]
fn a_killed_release_leaves_nothing_behind() {
    let held = |conn: &mut PgConnection, on: &OpenProject| {
        ready(conn, on);
        let by = keeper(conn).expect("an admin");
        holds(conn, by, on.id).expect("held");
    };
    kill_everywhere_after(held, "release_project", |conn, on| {
        let by = keeper(conn)?;
        outcome(releases(conn, by, on.id))
    });
}

#[test]
fn a_killed_report_and_a_killed_settling_leave_nothing_behind() {
    kill_everywhere_after(ready, "report_abuse", |conn, on| {
        let id = troubled(conn, on)?;
        let subject = Subject { of: AbuseOf::Project, id: on.id.0 };
        outcome(report_abuse(&mut patient(conn), id, subject, &reason("It asks for a deposit.")))
    });
    let told = |conn: &mut PgConnection, on: &OpenProject| {
        ready(conn, on);
        reported(conn, on.id.0);
    };
    kill_everywhere_after(told, "settle_report", |conn, on| {
        let by = keeper(conn)?;
        let id = abuse_reports::table.filter(abuse_reports::subject_id.eq(on.id.0)).select(abuse_reports::id).first(conn)?;
        outcome(settles(conn, by, AbuseId(id)))
    });
}
