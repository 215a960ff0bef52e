//! Jobs that somebody tampered with are found.
use guildhall::db::verify::verify;

use crate::jobs::in_three_states;
use crate::support::database::TestDatabase;
use crate::support::given;

/// What is found of the waiting, the running and the completed job after this.
fn found(tamper: impl FnOnce([i64; 3]) -> String) -> (Vec<String>, [i64; 3]) {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let ids = in_three_states(conn).map(|id| id.0);
    given::past_triggers(conn, &tamper(ids));
    let report = verify(conn).expect("the database can be read");
    (report.faults.iter().map(|fault| format!("{}: {}", fault.check, fault.at)).collect(), ids)
}

#[test]
fn nothing_is_wrong_where_jobs_were_only_done() {
    assert_eq!(found(|_| "SELECT 1".to_owned()).0, Vec::<String>::new());
}

#[test]
fn a_job_that_was_said_to_be_done() {
    let (faults, [waiting, ..]) = found(|[waiting, ..]| {
        format!("UPDATE jobs SET status = 'COMPLETED', result = '1', progress = 100, ended_at = now() WHERE id = {waiting}")
    });
    assert_eq!(faults, [format!("job_ends_as_reported: job {waiting}")]);
}

#[test]
fn a_second_end_and_a_report_that_is_gone() {
    let second = |id| format!("INSERT INTO job_events (job_id, kind, attempt, version) VALUES ({id}, 'FAILED', 1, 4)");
    let (faults, [.., ended]) = found(|[.., ended]| second(ended));
    let expected = ["job_ends_once", "job_ends_as_reported", "job_reports_are_whole"].map(|rule| format!("{rule}: job {ended}"));
    assert_eq!(faults, expected);
    let (faults, [_, running, _]) =
        found(|[_, running, _]| format!("DELETE FROM job_events WHERE job_id = {running} AND kind = 'CLAIMED'"));
    assert_eq!(faults, [format!("job_reports_are_whole: job {running}")]);
}
