//! Opening sealed bids: by whom, when, and what everybody is told.
use diesel::prelude::*;
use guildhall::db::Failure;
use guildhall::domain::project::{AwardRefused, OpenRefused, ProjectStatus};
use guildhall::domain::proposal::DeclineRefused;
use guildhall::domain::words::Reason;
use guildhall::operations::projects::{cancel_project, open_bids};
use guildhall::operations::proposals::{accept_proposal, decline_proposal, withdraw_proposal};
use guildhall::schema::{events, projects};

use crate::support::database::TestDatabase;
use crate::support::given::{self, FIRST_SEEN, OpenProject, Somebody, patient};
use crate::support::invariants;
use crate::support::site::TestSite;

fn scene(bids: usize) -> (TestDatabase, OpenProject) {
    let database = TestDatabase::new();
    let project = given::sealed_project(&mut database.connect(), bids);
    (database, project)
}

fn open(database: &TestDatabase, project: &OpenProject, by: &Somebody) -> Result<bool, OpenRefused> {
    match open_bids(&mut patient(&mut database.connect()), by.id, project.id, None) {
        Ok(new) => Ok(new),
        Err(Failure::Refused(why)) => Err(why),
        Err(Failure::Broken(fault)) => panic!("{fault}"),
    }
}

#[test]
fn an_owner_or_manager_opens_them_once_the_deadline_has_passed() {
    let (database, project) = scene(2);
    let client = &project.organisation;
    assert!(matches!(open(&database, &project, &client.manager), Err(OpenRefused::TooEarly { .. })));
    let mut conn = database.connect();
    given::close(&mut conn, project.id);
    for nobody in [&client.viewer, &client.finance] {
        assert_eq!(open(&database, &project, nobody), Err(OpenRefused::NotAllowed));
    }
    assert_eq!(open(&database, &project, &project.freelancers[0]), Err(OpenRefused::Missing));
    assert_eq!(open(&database, &project, &client.manager), Ok(true));
    assert_eq!(open(&database, &project, &client.owner), Ok(false), "once is enough");
    let opened: i64 = events::table.filter(events::kind.eq("BIDS_OPENED")).count().get_result(&mut conn).unwrap();
    let is_open: bool = projects::table.find(project.id.0).select(projects::bids_opened_at.is_not_null()).first(&mut conn).unwrap();
    assert_eq!((opened, is_open), (1, true));
    invariants::hold(&database);
}

#[test]
fn what_cannot_be_opened_is_said() {
    let (database, project) = scene(1);
    let mut conn = database.connect();
    let plain = given::open_project_with(&mut conn, project.organisation.clone(), Vec::new());
    given::close(&mut conn, project.id);
    assert_eq!(open(&database, &plain, &project.organisation.owner), Err(OpenRefused::NotSealed));
    let stale = open_bids(&mut patient(&mut conn), project.organisation.owner.id, project.id, Some(3));
    assert!(matches!(stale, Err(Failure::Refused(OpenRefused::Changed { seen: 3, now: 1 }))));
    withdraw_proposal(&mut patient(&mut conn), project.freelancers[0].id, project.proposals[0]).expect("a withdrawal");
    assert_eq!(open(&database, &project, &project.organisation.owner), Err(OpenRefused::NoBids));
    invariants::hold(&database);
}

#[test]
fn nothing_is_decided_before_the_opening() {
    let (database, project) = scene(1);
    let (mut conn, reason) = (database.connect(), Reason::parse("Unread.").unwrap());
    let (owner, bid) = (project.organisation.owner.id, project.proposals[0]);
    let accepted = accept_proposal(&mut patient(&mut conn), owner, bid, FIRST_SEEN);
    assert!(matches!(accepted, Err(Failure::Refused(AwardRefused::Sealed))), "{accepted:?}");
    let declined = decline_proposal(&mut patient(&mut conn), owner, bid, Some(1), &reason);
    assert!(matches!(declined, Err(Failure::Refused(DeclineRefused::Sealed))), "{declined:?}");
    given::close(&mut conn, project.id);
    let accepted = accept_proposal(&mut patient(&mut conn), owner, bid, FIRST_SEEN);
    assert!(matches!(accepted, Err(Failure::Refused(AwardRefused::Sealed))), "the deadline alone opens nothing: {accepted:?}");
    open(&database, &project, &project.organisation.owner).expect("an opening");
    accept_proposal(&mut patient(&mut conn), owner, bid, FIRST_SEEN).expect("an award");
    invariants::hold(&database);
}

#[test]
fn a_manager_opens_them_by_the_pages_and_everybody_reads_of_it() {
    let (database, project) = scene(2);
    let site = TestSite::on(&database);
    let [owner, manager, viewer] =
        [&project.organisation.owner, &project.organisation.manager, &project.organisation.viewer].map(|who| site.signed_in(&who.email));
    let author = site.signed_in(&project.freelancers[0].email);
    let (page, proposals) = (format!("/projects/{}", project.id), format!("/projects/{}/proposals", project.id));
    let sealed = manager.get(&proposals);
    assert_eq!(sealed.text("h1"), "2 sealed proposals");
    assert!(sealed.says().contains("Nadia Osei or Tomas Weber, of Harbour Foods") && !sealed.html.contains("Ada"), "{}", sealed.says());
    assert!(!sealed.has("a[href$='/open-bids']"), "not yet");
    let early = manager.get(&format!("{page}/open-bids"));
    assert_eq!((early.status, early.text("h1")), (409, "Proposals have not closed yet".to_owned()));
    assert!(site.browser().get("/projects").says().contains("Sealed bids"));
    assert!(author.get(&format!("/proposals/{}", project.proposals[0])).says().contains("nobody but you reads it"));

    given::close(&mut database.connect(), project.id);
    assert_eq!(viewer.get(&format!("{page}/open-bids")).status, 403);
    assert!(!viewer.get(&proposals).has("a[href$='/open-bids']"));
    assert_eq!(author.get(&format!("{page}/open-bids")).status, 404);
    assert_eq!(manager.get(&page).text("aside .btn.full:not(.quiet)"), "Open the bids");
    assert!(manager.get("/dashboard").says().contains("Open 2 sealed proposals"));
    let asks = manager.get(&format!("{page}/open-bids"));
    assert_eq!(asks.text("h1"), "Open 2 sealed bids?");
    let other = owner.get(&format!("{page}/open-bids"));
    let done = manager.follow(manager.submit(&asks, "main form", &[]));
    assert!(done.has("table") && done.html.contains("Ada Byron"), "{}", done.says());
    let late = owner.follow(owner.submit(&other, "main form", &[]));
    assert!(late.html.contains("Tomas Weber opened the bids before you."));
    for reader in [&viewer, &author] {
        assert!(reader.get(&format!("{page}/history")).says().contains("Tomas Weber opened the sealed bids"));
    }
    assert!(site.browser().get(&page).says().contains("Were sealed; opened"));
    assert_eq!(author.post(&proposals, &[("amount", "1"), ("cover_letter", "Cheaper.")]).status, 409, "after the opening none is changed");
    invariants::hold(&database);
}

#[test]
fn bids_of_a_cancelled_project_stay_closed_for_ever() {
    let (database, project) = scene(2);
    let site = TestSite::on(&database);
    let manager = site.signed_in(&project.organisation.manager.email);
    assert!(manager.get(&format!("/projects/{}/cancel", project.id)).says().contains("stay closed for ever"));
    let reason = Reason::parse("No money left.").unwrap();
    cancel_project(&mut patient(&mut database.connect()), project.organisation.owner.id, project.id, Some(1), &reason)
        .expect("a cancellation");
    given::close(&mut database.connect(), project.id);
    assert_eq!(open(&database, &project, &project.organisation.owner), Err(OpenRefused::ProjectIs(ProjectStatus::Cancelled)));
    let page = manager.get(&format!("/projects/{}/proposals", project.id));
    assert!(page.says().contains("They stay closed for ever") && !page.html.contains("Ada"), "{}", page.says());
    assert_eq!(manager.get(&format!("/proposals/{}", project.proposals[0])).status, 404);
    assert!(manager.get(&format!("/projects/{}", project.id)).says().contains("never opened"));
    let author = site.signed_in(&project.freelancers[0].email).get(&format!("/proposals/{}", project.proposals[0]));
    assert!(author.says().contains("Nobody but you has read yours") && author.says().contains("6,000"), "{}", author.says());
    invariants::hold(&database);
}
