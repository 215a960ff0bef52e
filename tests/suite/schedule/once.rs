//! Each is told once, and only those whom it concerns.
use chrono::TimeDelta;
use diesel::connection::SimpleConnection;
use guildhall::domain::draft::{DraftFields, Form, Stamp};
use guildhall::operations::drafts::save_draft;
use guildhall::operations::house::{open_due_bids, tell_of_deadline, warn_of_closing};
use guildhall::operations::projects::{edit_project, invite_freelancer};

use super::{closes_in, notified, passed, rule, told};
use crate::support::database::TestDatabase;
use crate::support::given::{self, patient};
use crate::support::invariants;
use crate::support::race::race;
use crate::support::site::TestSite;

#[test]
fn a_near_deadline_is_told_once_to_those_for_whom_it_matters() {
    let (database, project) = given::database_with_open_project(1);
    let mut conn = database.connect();
    let [guest, drafter, bystander] = ["Rosa Ferreira", "Jonas Brandt", "Sami Haddad"].map(|name| given::freelancer(&mut conn, name));
    let owner = project.organisation.owner.id;
    for invited in [&guest, &project.freelancers[0]] {
        invite_freelancer(&mut patient(&mut conn), owner, project.id, invited.id).expect("an invitation");
    }
    let form = Form::Proposal(project.id);
    let fields = DraftFields::gather(form, [("cover_letter", "I could.")].into_iter()).expect("a draft");
    for by in [&drafter, &project.freelancers[0]] {
        save_draft(&mut patient(&mut conn), by.id, form, &fields, &Stamp::NOW).expect("a draft");
    }
    assert!(!tell_of_deadline(&mut patient(&mut conn), project.id).unwrap(), "a month ahead is not near");
    closes_in(&mut conn, project.id, 40);
    let done = race(&database, 8, |_, conn| tell_of_deadline(&mut patient(conn), project.id).unwrap());
    assert_eq!(done.iter().filter(|told| **told).count(), 1, "{done:?}");
    let mut expected = vec![owner.0, project.organisation.manager.id.0, guest.id.0, drafter.id.0];
    expected.sort_unstable();
    assert_eq!(notified(&mut conn, project.id, "DEADLINE_NEAR"), expected, "not those who have offered, not {}", bystander.id);
    assert_eq!(told(&mut conn, project.id, "DEADLINE_NEAR"), 1);

    let site = TestSite::on(&database);
    let page = site.signed_in(&guest.email).get("/notices");
    assert!(page.says().contains("close soon"), "{}", page.says());
    let history = site.signed_in(&project.organisation.viewer.email).get(&format!("/projects/{}/history", project.id));
    assert!(history.says().contains("told those concerned that proposals close soon"), "{}", history.says());
    invariants::hold(&database);
}

#[test]
fn another_deadline_is_told_of_again_and_one_that_passed_is_not() {
    let (database, project) = given::database_with_open_project(0);
    let mut conn = database.connect();
    let tell = |conn: &mut _| tell_of_deadline(&mut patient(conn), project.id).unwrap();
    closes_in(&mut conn, project.id, 10);
    assert!(tell(&mut conn) && !tell(&mut conn));
    let mut words = given::project_words();
    words.deadline = given::in_days(1);
    edit_project(&mut patient(&mut conn), project.organisation.owner.id, project.id, &words, None).expect("an edit");
    assert!(tell(&mut conn) && !tell(&mut conn));
    passed(&mut conn, project.id, 1);
    assert!(!tell(&mut conn));
    let draft = given::draft(&mut conn, &project.organisation);
    assert!(!tell_of_deadline(&mut patient(&mut conn), draft).unwrap());
    invariants::hold(&database);
}

#[test]
fn whoever_switched_it_off_is_not_told() {
    let (database, project) = given::database_with_open_project(0);
    let mut conn = database.connect();
    let owner = project.organisation.owner.id;
    conn.batch_execute(&format!("INSERT INTO notice_settings (user_id, kind) VALUES ({owner}, 'CLOSING_AHEAD')")).unwrap();
    passed(&mut conn, project.id, 84);
    assert!(warn_of_closing(&mut patient(&mut conn), project.id, rule()).unwrap());
    let told = notified(&mut conn, project.id, "CLOSING_AHEAD");
    assert!(!told.contains(&owner.0) && told.contains(&project.organisation.manager.id.0), "{told:?}");
}

#[test]
fn the_house_opens_sealed_bids_that_no_member_opened() {
    let database = TestDatabase::new();
    let mut conn = database.connect();
    let (project, empty) = (given::sealed_project(&mut conn, 2), given::sealed_project(&mut conn, 0));
    let open = |conn: &mut _, id, minutes| open_due_bids(&mut patient(conn), id, TimeDelta::minutes(minutes)).unwrap();
    assert!(!open(&mut conn, project.id, 0), "too early");
    for id in [project.id, empty.id] {
        given::close(&mut conn, id);
    }
    assert!(!open(&mut conn, project.id, 60), "the members have an hour");
    assert!(!open(&mut conn, empty.id, 0), "there is nothing to open");
    assert!(open(&mut conn, project.id, 0) && !open(&mut conn, project.id, 0));
    assert_eq!(notified(&mut conn, project.id, "BIDS_OPENED").len(), 2 + 4, "both authors, and every member");
    let site = TestSite::on(&database);
    let manager = site.signed_in(&project.organisation.manager.email);
    assert!(manager.get(&format!("/projects/{}/proposals", project.id)).html.contains("Ada Byron"));
    assert!(manager.get(&format!("/projects/{}/history", project.id)).says().contains("The house opened the sealed bids"));
    assert!(manager.get("/notices").says().contains("The house opened the sealed bids"));
    invariants::hold(&database);
}
