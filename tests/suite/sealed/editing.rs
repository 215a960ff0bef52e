//! What may still be changed about a project with sealed bids.
use diesel::prelude::*;
use guildhall::db::Failure;
use guildhall::domain::project::{ChangeRefused, ProjectContent};
use guildhall::operations::projects::{edit_project, open_bids};
use guildhall::operations::proposals::withdraw_proposal;
use guildhall::schema::projects;

use crate::support::database::TestDatabase;
use crate::support::given::{self, OpenProject, patient};
use crate::support::site::TestSite;

fn edit(conn: &mut PgConnection, on: &OpenProject, days: i64, sealed: bool) -> Result<(), ChangeRefused> {
    let words = ProjectContent { deadline: on.deadline + chrono::TimeDelta::days(days), sealed, ..given::project_words() };
    match edit_project(&mut patient(conn), on.organisation.manager.id, on.id, &words, None) {
        Ok(()) => Ok(()),
        Err(Failure::Refused(why)) => Err(why),
        Err(Failure::Broken(fault)) => panic!("{fault}"),
    }
}

#[test]
fn the_deadline_only_moves_later_once_a_sealed_bid_has_come() {
    let database = TestDatabase::new();
    let mut conn = database.connect();
    let (empty, answered) = (given::sealed_project(&mut conn, 0), given::sealed_project(&mut conn, 1));
    assert_eq!(edit(&mut conn, &empty, -1, true), Ok(()), "nobody has trusted it so far");
    assert_eq!(edit(&mut conn, &answered, -1, true), Err(ChangeRefused::DeadlineOnlyLater));
    withdraw_proposal(&mut patient(&mut conn), answered.freelancers[0].id, answered.proposals[0]).expect("a withdrawal");
    assert_eq!(edit(&mut conn, &answered, -1, true), Err(ChangeRefused::DeadlineOnlyLater), "one that was withdrawn has come too");
    assert_eq!(edit(&mut conn, &answered, 1, true), Ok(()));
    let plain = given::open_project(&mut conn, 1);
    assert_eq!(edit(&mut conn, &plain, -1, false), Ok(()));
}

#[test]
fn after_the_opening_the_deadline_stays() {
    let database = TestDatabase::new();
    let mut conn = database.connect();
    let project = given::sealed_project(&mut conn, 1);
    given::close(&mut conn, project.id);
    assert_eq!(edit(&mut conn, &project, 1, true), Ok(()), "closed but sealed: more may come");
    given::close(&mut conn, project.id);
    open_bids(&mut patient(&mut conn), project.organisation.owner.id, project.id, None).expect("an opening");
    for days in [-1, 1] {
        assert_eq!(edit(&mut conn, &project, days, true), Err(ChangeRefused::BidsOpened));
    }
}

#[test]
fn whether_bids_are_sealed_is_settled_by_publishing() {
    let database = TestDatabase::new();
    let mut conn = database.connect();
    let (sealed, plain) = (given::sealed_project(&mut conn, 0), given::open_project(&mut conn, 0));
    assert_eq!(edit(&mut conn, &sealed, 1, false), Err(ChangeRefused::SealSettled));
    assert_eq!(edit(&mut conn, &plain, 1, true), Err(ChangeRefused::SealSettled));
}

#[test]
fn the_form_asks_before_publishing_and_says_so_after() {
    let database = TestDatabase::new();
    let organisation = given::organisation(&mut database.connect());
    let site = TestSite::on(&database);
    let manager = site.signed_in(&organisation.manager.email);
    let words = [
        ("title", "Tills"),
        ("description", "Three tills."),
        ("kind", "FIXED"),
        ("budget_min", "100"),
        ("budget_max", "200"),
        ("deadline", "2199-12-01T17:00"),
    ];
    let is_sealed = || projects::table.select(projects::sealed).first::<bool>(&mut database.connect()).unwrap();
    let made = manager.submit(&manager.get("/projects/new"), "main form", &words);
    let address = made.location().to_owned();
    assert!(!is_sealed(), "only if somebody says so");
    let form = manager.get(&format!("{address}/edit"));
    assert_eq!(manager.submit(&form, "main form", &[("sealed", "yes")]).status, 303);
    assert!(is_sealed());
    let unsaid: Vec<_> = words.into_iter().chain([("currency", "EUR"), ("version", "2"), ("skills", "tills")]).collect();
    assert_eq!(manager.post(&format!("{address}/edit"), &unsaid).status, 303);
    assert!(is_sealed(), "whoever does not say changes nothing");
    let publish = manager.get(&format!("{address}/publish"));
    assert!(publish.says().contains("Bids are sealed: nobody reads a price"), "{}", publish.says());
    assert_eq!(manager.submit(&publish, "main form", &[]).status, 303);
    let form = manager.get(&format!("{address}/edit"));
    assert!(!form.has("input[type=radio][name=sealed]") && form.says().contains("Sealed until they are opened"));
    let refused = manager.submit(&form, "main form", &[("sealed", "no")]);
    assert_eq!(refused.status, 422);
    assert!(refused.has("a[href='#sealed']") && refused.has("#sealed"), "{}", refused.says());
}
