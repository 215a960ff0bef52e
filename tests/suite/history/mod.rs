//! What happened, as each of those concerned reads it.
use chrono::{TimeDelta, Utc};
use diesel::prelude::*;
use guildhall::domain::membership::Role;
use guildhall::domain::project::Seen;
use guildhall::domain::words::Reason;
use guildhall::operations::organisations::{RoleChange, change_role};
use guildhall::operations::projects::{cancel_project, edit_project};
use guildhall::operations::proposals::{accept_proposal, decline_proposal, undecline_proposal, withdraw_proposal};
use guildhall::schema::users;

use crate::support::browser::Browser;
use crate::support::database::TestDatabase;
use crate::support::given::{self, OpenProject};
use crate::support::page::Page;
use crate::support::site::TestSite;

/// A project on which much has happened: two sent, the second declined, taken back, declined again, the first accepted,
/// the third withdrawn; and one who came too late.
struct Story {
    project: OpenProject,
    site: TestSite,
    database: TestDatabase,
}

impl Story {
    fn new() -> Self {
        let (database, project) = given::database_with_open_project(3);
        let mut conn = database.connect();
        let mut conn = given::patient(&mut conn);
        let (manager, owner) = (project.organisation.manager.id, project.organisation.owner.id);
        let [first, second, third] = [0, 1, 2].map(|place| project.proposals[place]);
        let reason = Reason::parse("Too dear").unwrap();
        decline_proposal(&mut conn, manager, second, None, &reason).unwrap();
        undecline_proposal(&mut conn, manager, second).unwrap();
        decline_proposal(&mut conn, manager, second, None, &reason).unwrap();
        withdraw_proposal(&mut conn, project.freelancers[2].id, third).unwrap();
        accept_proposal(&mut conn, manager, first, Seen { version: 1, scope_version: None, unconfirmed: None }).unwrap();
        accept_proposal(&mut conn, owner, second, Seen { version: 1, scope_version: None, unconfirmed: None }).unwrap_err();
        let site = TestSite::on(&database);
        Self { project, site, database }
    }

    fn read_by(&self, browser: &Browser) -> Page {
        browser.get(&format!("/projects/{}/history", self.project.id))
    }

    #[track_caller]
    fn read_as(&self, email: &str) -> Page {
        let page = self.read_by(&self.site.signed_in(email));
        assert_eq!(page.status, 200, "{}", page.says());
        page
    }

    fn reference(&self, place: usize) -> String {
        self.project.proposals[place].reference()
    }
}

/// What each event says, oldest first.
fn told(page: &Page) -> Vec<String> {
    page.texts(".timeline p")
}

const WITHHELD: &str = "Something that concerns others happened.";

#[test]
fn members_read_all_of_it_in_plain_words() {
    let story = Story::new();
    let page = story.read_as(&story.project.organisation.viewer.email);
    let [first, second, third] = [0, 1, 2].map(|place| story.reference(place));
    let [ada, ivo, mira] = [0, 1, 2].map(|place| story.project.freelancers[place].name.clone());
    let told = told(&page);
    assert_eq!(told.len(), 10, "{told:#?}");
    assert_eq!(told[0], "Tomas Weber wrote the project down.");
    assert!(told[1].starts_with("Tomas Weber published the project"), "{told:#?}");
    assert_eq!(told[2], format!("{ada} sent proposal {first} (version 1)."));
    assert_eq!(told[5], format!("Tomas Weber declined proposal {second} of {ivo} (version 1). It can be undone until the award."));
    assert_eq!(told[6], format!("Tomas Weber took back the decline of proposal {second} of {ivo}."));
    assert_eq!(told[8], format!("{mira} withdrew proposal {third}."));
    assert!(told[9].starts_with(&format!("Tomas Weber accepted proposal {first} of {ada}. Contract CTR-")), "{told:#?}");
    let moves = page.texts(".timeline .meta > span:first-child");
    assert_eq!(moves[1], "Draft → Open");
    assert_eq!(moves[9], "Open → Assigned");
    assert_eq!(page.texts(".timeline .key").len(), 1);
    let links = page.each(".timeline a", |link| link.attr("href").unwrap().to_owned());
    assert!(links.contains(&format!("/proposals/{}", story.project.proposals[1])), "{links:?}");
    assert!(links.iter().any(|link| link.starts_with("/contracts/")), "{links:?}");
}

#[test]
fn a_freelancer_reads_what_concerns_them_and_the_hashes_of_the_rest() {
    let story = Story::new();
    let page = story.read_as(&story.project.freelancers[1].email);
    let said = told(&page);
    let [_, second, _] = [0, 1, 2].map(|place| story.reference(place));
    assert_eq!(said.len(), 10, "{said:#?}");
    assert_eq!(said[3], format!("{} sent proposal {second} (version 1).", story.project.freelancers[1].name));
    for (place, words) in said.iter().enumerate() {
        assert_eq!(words == WITHHELD, ![1, 3, 9].contains(&place), "{place}: {words}");
    }
    assert!(said[9].ends_with(&format!("Your proposal {second} was not selected.")), "{said:#?}");
    assert!(!page.html.contains("decline") && !page.html.contains("Too dear"), "{}", page.says());
    assert!(!page.html.contains(&story.project.freelancers[2].name), "{}", page.says());
    assert!(!page.says().contains("Attempts that were refused"));
    let links = page.each(".timeline a", |link| link.attr("href").unwrap().to_owned());
    assert_eq!(links, [format!("/proposals/{}", story.project.proposals[1])]);
    // the same chain, whoever reads it
    let of_member = story.read_as(&story.project.organisation.finance.email);
    assert_eq!(page.texts(".timeline .ref"), of_member.texts(".timeline .ref"));
    assert_eq!(page.texts(".timeline .ref").len(), 10);
}

#[test]
fn until_the_award_nothing_shows_a_freelancer_that_they_were_declined() {
    let (database, project) = given::database_with_open_project(2);
    let mut conn = database.connect();
    decline_proposal(
        &mut given::patient(&mut conn),
        project.organisation.manager.id,
        project.proposals[0],
        None,
        &Reason::parse("No").unwrap(),
    )
    .unwrap();
    let site = TestSite::on(&database);
    let page = site.signed_in(&project.freelancers[0].email).get(&format!("/projects/{}/history", project.id));
    assert_eq!(told(&page).last().unwrap(), WITHHELD);
    assert!(!page.html.contains("declined") && !page.html.contains("Not selected"), "{}", page.says());
}

#[test]
fn strangers_and_visitors_do_not_learn_that_there_is_a_history() {
    let story = Story::new();
    let stranger = given::freelancer(&mut story.database.connect(), "Olga Stern");
    let browser = story.site.signed_in(&stranger.email);
    assert_eq!(story.read_by(&browser).status, 404);
    assert_eq!(browser.get("/projects/99999/history").status, 404);
    assert_eq!(browser.get(&format!("/organisations/{}/history", story.project.organisation.id)).status, 404);
    let visitor = story.read_by(&story.site.browser());
    assert!(visitor.location().starts_with("/sign-in"), "{}", visitor.location());
}

#[test]
fn an_admin_reads_what_members_read() {
    let story = Story::new();
    let mut conn = story.database.connect();
    let admin = given::somebody(&mut conn, "House Keeper");
    diesel::update(users::table.find(admin.id.0)).set(users::is_admin.eq(true)).execute(&mut conn).unwrap();
    let page = story.read_as(&admin.email);
    assert!(!told(&page).contains(&WITHHELD.to_owned()));
}

#[test]
fn while_bids_are_sealed_members_see_only_that_something_came() {
    let story = Story::new();
    let seal = format!("UPDATE projects SET sealed = true, bids_opened_at = NULL WHERE id = {}", story.project.id);
    let mut conn = story.database.connect();
    diesel::sql_query("ALTER TABLE projects DROP CONSTRAINT projects_sealed_until_opened").execute(&mut conn).unwrap();
    given::past_triggers(&mut conn, &seal);
    let told = told(&story.read_as(&story.project.organisation.owner.email));
    assert_eq!(told[2..5], [WITHHELD, WITHHELD, WITHHELD]);
    let page = story.read_as(&story.project.freelancers[0].email);
    assert!(page.texts(".timeline p")[2].contains("sent proposal"));
}

#[test]
fn members_see_who_was_refused_and_why() {
    let story = Story::new();
    let page = story.read_as(&story.project.organisation.manager.email);
    let cells = page.texts("section[aria-labelledby=refused-h] tbody td");
    assert_eq!(
        cells[1..4],
        ["Nadia Osei".to_owned(), format!("Accept proposal {}", story.reference(1)), "The project was assigned by then.".to_owned()]
    );
}

#[test]
fn the_head_that_is_shown_is_what_verify_takes() {
    let story = Story::new();
    let page = story.read_as(&story.project.organisation.manager.email);
    let shown = page.texts("section[aria-labelledby=check-h] dd code");
    let noted = shown[1].parse().unwrap();
    let report = guildhall::db::verify::verify_with(&mut story.database.connect(), &[noted]).unwrap();
    assert!(!report.faults.iter().any(|fault| fault.check == "noted_head"), "{report}");
    assert_eq!(report.checked.noted, 1);
    assert_eq!(shown[0].len(), 64);
    assert!(shown[0].starts_with(&page.texts(".timeline .ref")[9]));
}

#[test]
fn a_cancelled_project_says_why_unless_the_reason_was_changed_since() {
    let (database, project) = given::database_with_open_project(1);
    let mut conn = database.connect();
    cancel_project(
        &mut given::patient(&mut conn),
        project.organisation.owner.id,
        project.id,
        None,
        &Reason::parse("The shop closed").unwrap(),
    )
    .unwrap();
    let site = TestSite::on(&database);
    let browser = site.signed_in(&project.freelancers[0].email);
    let path = format!("/projects/{}/history", project.id);
    assert_eq!(
        told(&browser.get(&path)).last().unwrap(),
        "Nadia Osei cancelled the project. All pending proposals were not selected with it. Reason: The shop closed"
    );
    diesel::sql_query("UPDATE projects SET cancel_reason = 'Somebody bribed us'").execute(&mut conn).unwrap();
    assert!(!browser.get(&path).html.contains("bribed"));
}

#[test]
fn a_long_history_goes_on_on_the_next_page() {
    let (database, project) = given::database_with_open_project(0);
    let mut conn = database.connect();
    for number in 0..120 {
        let mut words = given::project_words();
        words.deadline = Utc::now() + TimeDelta::days(10 + number);
        edit_project(&mut given::patient(&mut conn), project.organisation.owner.id, project.id, &words, None).unwrap();
    }
    let site = TestSite::on(&database);
    let browser = site.signed_in(&project.organisation.viewer.email);
    let first = browser.get(&format!("/projects/{}/history", project.id));
    assert_eq!(told(&first).len(), 100);
    let second = browser.get(&first.attribute("a[rel=next]", "href").unwrap());
    assert_eq!(told(&second).len(), 22);
    assert!(!second.has("a[rel=next]"));
    assert_eq!(second.attribute("ol.timeline", "start").unwrap(), "101");
    for odd in ["?after=-1", "?after=x", "?after=99999999999999999999", "?after=", "?other=1"] {
        assert_eq!(told(&browser.get(&format!("/projects/{}/history{odd}", project.id))).len(), 100, "{odd}");
    }
    assert!(browser.get(&format!("/projects/{}/history?after=4000", project.id)).has(".empty"));
}

#[test]
fn organisations_and_accounts_have_a_history_too() {
    let (database, project) = given::database_with_open_project(0);
    let organisation = &project.organisation;
    let change = RoleChange { organisation: organisation.id, member: organisation.viewer.id, seen: None, to: Role::Finance };
    change_role(&mut given::patient(&mut database.connect()), organisation.owner.id, change).unwrap();
    let site = TestSite::on(&database);
    let browser = site.signed_in(&organisation.finance.email);
    let page = browser.get(&format!("/organisations/{}/history", organisation.id));
    assert_eq!(told(&page).last().unwrap(), "Nadia Osei made Bruno Conti finance instead of viewer.");
    assert_eq!(page.texts(".timeline .meta > span:first-child").last().unwrap(), "Viewer → Finance");
    assert_eq!(browser.get("/account/history").status, 200);
}
