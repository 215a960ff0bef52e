//! Closing what nobody decides: when, after which warning, and what everybody is told.
use guildhall::domain::project::ClosesAfter;
use guildhall::operations::house::{close_overdue_project, warn_of_closing};
use guildhall::operations::projects::edit_project;

use super::{notified, overdue, passed, rule, told};
use crate::support::given::{self, patient};
use crate::support::invariants;
use crate::support::site::TestSite;

#[test]
fn a_project_is_closed_ninety_days_after_its_deadline_and_a_week_after_the_warning() {
    let (database, project) = given::database_with_open_project(2);
    let mut conn = database.connect();
    let warn = |conn: &mut _| warn_of_closing(&mut patient(conn), project.id, rule()).unwrap();
    let close = |conn: &mut _| close_overdue_project(&mut patient(conn), project.id, rule()).unwrap();
    passed(&mut conn, project.id, 82);
    assert!(!warn(&mut conn) && !close(&mut conn), "too early for either");
    passed(&mut conn, project.id, 84);
    assert!(warn(&mut conn) && !warn(&mut conn), "warned once");
    assert!(!close(&mut conn));
    assert_eq!(notified(&mut conn, project.id, "CLOSING_AHEAD").len(), 4, "every member");
    overdue_by_now(&mut conn, project.id.0);
    assert!(close(&mut conn) && !close(&mut conn), "closed once");
    assert_eq!(told(&mut conn, project.id, "PROJECT_CANCELLED"), 1);
    assert_eq!(notified(&mut conn, project.id, "PROJECT_CANCELLED").len(), 4 + 2, "and both who had offered");

    let site = TestSite::on(&database);
    let (manager, author) = (site.signed_in(&project.organisation.manager.email), site.signed_in(&project.freelancers[0].email));
    let why = "Nobody decided within 90 days after proposals had closed.";
    for (reader, says) in [(&manager, "The house cancelled"), (&author, "The house cancelled")] {
        let page = reader.get("/notices");
        assert!(page.says().contains(says) && page.says().contains(why), "{}", page.says());
        let history = reader.get(&format!("/projects/{}/history", project.id)).says();
        assert!(history.contains("The house cancelled the project") && history.contains(why), "{history}");
    }
    assert!(author.get(&format!("/proposals/{}", project.proposals[0])).says().contains("Not selected"));
    assert!(manager.get("/notices").says().contains("will be closed"));
    invariants::hold(&database);
}

/// As if ten more days had gone by.
fn overdue_by_now(conn: &mut diesel::PgConnection, project: i64) {
    let days = "interval '10 days'";
    given::past_triggers(
        conn,
        &format!(
            "UPDATE projects SET deadline = deadline - {days} WHERE id = {project};
             UPDATE project_reminders SET deadline = deadline - {days}, told_at = told_at - {days} WHERE project_id = {project}"
        ),
    );
}

#[test]
fn without_a_warning_nothing_is_closed_however_late() {
    let (database, project) = given::database_with_open_project(1);
    let mut conn = database.connect();
    passed(&mut conn, project.id, 400);
    assert!(!close_overdue_project(&mut patient(&mut conn), project.id, rule()).unwrap());
    assert!(warn_of_closing(&mut patient(&mut conn), project.id, rule()).unwrap());
    assert!(!close_overdue_project(&mut patient(&mut conn), project.id, rule()).unwrap(), "a week to decide");
}

#[test]
fn a_warning_about_another_deadline_closes_nothing() {
    let (database, project) = given::database_with_open_project(1);
    let mut conn = database.connect();
    overdue(&mut conn, project.id);
    let mut words = given::project_words();
    words.deadline = given::in_days(3);
    edit_project(&mut patient(&mut conn), project.organisation.owner.id, project.id, &words, None).expect("an edit");
    passed(&mut conn, project.id, 200);
    assert!(!close_overdue_project(&mut patient(&mut conn), project.id, rule()).unwrap());
    invariants::hold(&database);
}

#[test]
fn no_days_close_nothing_and_few_warn_for_all_of_them() {
    assert_eq!(ClosesAfter::days(0), None);
    let short = ClosesAfter::days(3).unwrap();
    assert_eq!((short.warning(), short.span()), (chrono::TimeDelta::days(3), chrono::TimeDelta::days(3)));
    let (database, project) = given::database_with_open_project(0);
    let mut conn = database.connect();
    given::close(&mut conn, project.id);
    assert!(warn_of_closing(&mut patient(&mut conn), project.id, short).unwrap());
    assert!(!close_overdue_project(&mut patient(&mut conn), project.id, short).unwrap());
}
