//! What the house does by the clock: telling of deadlines, opening sealed bids, closing what nobody decides.
mod closing;
mod killed;
mod once;
mod races;
mod turns;

use diesel::prelude::*;
use guildhall::domain::ids::ProjectId;
use guildhall::domain::project::ClosesAfter;
use guildhall::operations::house::warn_of_closing;
use guildhall::schema::{events, notices};

use crate::support::given::{self, patient};

/// The rule of these tests.
pub fn rule() -> ClosesAfter {
    ClosesAfter::days(90).expect("a rule")
}

/// As if its deadline had passed so many days ago.
pub fn passed(conn: &mut PgConnection, project: ProjectId, days: i64) {
    let when = format!("date_trunc('second', now() - interval '{days} days')");
    given::past_triggers(
        conn,
        &format!("UPDATE projects SET deadline = {when}, published_at = {when} - interval '30 days' WHERE id = {project}"),
    );
}

/// As if its deadline came in so many hours.
pub fn closes_in(conn: &mut PgConnection, project: ProjectId, hours: i64) {
    let when = format!("date_trunc('second', now() + interval '{hours} hours')");
    given::past_triggers(conn, &format!("UPDATE projects SET deadline = {when} WHERE id = {project}"));
}

/// As if it had been overdue for long, and its people had been told a week ago.
pub fn overdue(conn: &mut PgConnection, project: ProjectId) {
    passed(conn, project, 91);
    assert!(warn_of_closing(&mut patient(conn), project, rule()).expect("a warning"));
    let told = format!("UPDATE project_reminders SET told_at = told_at - interval '8 days' WHERE project_id = {project}");
    given::past_triggers(conn, &told);
}

/// How often this stands in the project's history.
pub fn told(conn: &mut PgConnection, project: ProjectId, kind: &str) -> i64 {
    let of = events::table.filter(events::stream_kind.eq("PROJECT")).filter(events::stream_id.eq(project.0));
    of.filter(events::kind.eq(kind)).count().get_result(conn).expect("a count")
}

/// Who was told this about the project, in order.
pub fn notified(conn: &mut PgConnection, project: ProjectId, kind: &str) -> Vec<i64> {
    let of = notices::table.filter(notices::stream_kind.eq("PROJECT")).filter(notices::stream_id.eq(project.0));
    of.filter(notices::kind.eq(kind)).order(notices::user_id).select(notices::user_id).load(conn).expect("the notices")
}
