//! Inviting freelancers, and who may.
use diesel::prelude::*;
use guildhall::db::Failure;
use guildhall::domain::project::{InviteRefused, Visibility};
use guildhall::operations::projects::{choose_visibility, invite_freelancer, publish_project, uninvite_freelancer};
use guildhall::schema::{notices, project_invitations};

use crate::support::database::TestDatabase;
use crate::support::given::{self, patient};
use crate::support::invariants;
use crate::support::race::race;
use crate::support::site::TestSite;

#[test]
fn a_manager_invites_once_and_takes_back() {
    let (database, project) = given::database_with_open_project(0);
    let guest = given::freelancer(&mut database.connect(), "Rosa Ferreira");
    let site = TestSite::on(&database);
    let manager = site.signed_in(&project.organisation.manager.email);
    let address = format!("/projects/{}/invitations", project.id);
    let form = manager.get(&address);
    for typed in [guest.id.to_string(), guest.id.reference(), format!("{}/freelancers/{}", site.url(), guest.id)] {
        assert_eq!(manager.submit(&form, "form[action$='/invitations']", &[("freelancer", &typed)]).location(), address);
    }
    let page = manager.get(&address);
    assert_eq!((page.text("#invited"), page.texts("section h3")), ("1 freelancer is invited".to_owned(), vec!["Rosa Ferreira".to_owned()]));
    let rosa = site.signed_in(&guest.email);
    let needs = rosa.get("/dashboard").text("section[aria-labelledby=needs]");
    assert!(needs.contains("You are invited") && needs.contains("Look at the project"), "{needs}");
    assert_eq!(rosa.get("/projects?for=me").texts("li h3").len(), 1);
    assert!(!site.browser().get("/projects?for=me").texts("li h3").is_empty(), "a visitor's list is everybody's");
    let told: Vec<String> =
        notices::table.filter(notices::user_id.eq(guest.id.0)).select(notices::kind).load(&mut database.connect()).unwrap();
    assert_eq!(told, ["INVITED"]);
    manager.submit(&page, "form[action$='/take-back']", &[]).location();
    manager.submit(&page, "form[action$='/take-back']", &[]).location();
    assert!(rosa.get("/projects?for=me").texts("li h3").is_empty());
    let history = manager.get(&format!("/projects/{}/history", project.id)).says();
    assert!(history.contains("Tomas Weber invited Rosa Ferreira.") && history.contains("took back the invitation of Rosa"), "{history}");
    invariants::hold(&database);
}

#[test]
fn from_a_profile_too() {
    let (database, project) = given::database_with_open_project(0);
    let conn = &mut database.connect();
    let guest = given::freelancer(conn, "Rosa Ferreira");
    let draft = given::draft(conn, &project.organisation);
    let site = TestSite::on(&database);
    let (manager, address) = (site.signed_in(&project.organisation.manager.email), format!("/freelancers/{}", guest.id));
    let form = manager.get(&address);
    assert_eq!(form.texts("select option").len(), 2);
    assert_eq!(manager.submit(&form, "main form", &[("project", &project.id.to_string())]).location(), address);
    let page = manager.get(&address);
    assert_eq!((page.texts("select option").len(), page.texts("section .plain li").len()), (1, 1));
    for other in [&site.browser(), &site.signed_in(&project.organisation.viewer.email), &site.signed_in(&guest.email)] {
        assert!(!other.get(&address).has("#invite"));
    }
    manager.submit(&page, "main form", &[]).location();
    let told = |conn: &mut PgConnection| notices::table.filter(notices::user_id.eq(guest.id.0)).count().get_result::<i64>(conn);
    assert_eq!(told(conn), Ok(1), "nobody is told of a draft");
    publish_project(&mut patient(conn), project.organisation.manager.id, draft, None).unwrap();
    assert_eq!(told(conn), Ok(2), "but when it is published");
    invariants::hold(&database);
}

#[test]
fn who_may_invite_and_whom() {
    let (database, project) = given::database_with_open_project(0);
    let (guest, nobody) = {
        let conn = &mut database.connect();
        (given::freelancer(conn, "Rosa Ferreira"), given::somebody(conn, "Sami Haddad"))
    };
    let site = TestSite::on(&database);
    let address = format!("/projects/{}/invitations", project.id);
    let by = |email: &str, whom: &str| site.signed_in(email).post(&address, &[("freelancer", whom)]);
    let rosa = guest.id.to_string();
    assert_eq!((site.signed_in(&guest.email).get(&address).status, by(&guest.email, &rosa).status), (404, 404));
    assert_eq!(by(&project.organisation.viewer.email, &rosa).status, 403);
    let owner = &project.organisation.owner.email;
    for (whom, wrong) in [
        ("", "Enter the number of a freelancer’s profile, like 12"),
        ("999999", "No freelancer has this number"),
        (nobody.id.to_string().as_str(), "No freelancer has this number"),
    ] {
        let page = by(owner, whom);
        assert_eq!((page.status, page.text("#freelancer-error")), (422, format!("Error: {wrong}")), "{whom}");
    }
    let reason = guildhall::domain::words::Reason::parse("No money").unwrap();
    let conn = &mut database.connect();
    guildhall::operations::projects::cancel_project(&mut patient(conn), project.organisation.manager.id, project.id, None, &reason)
        .unwrap();
    let late = by(owner, &rosa);
    assert_eq!((late.status, late.text("h1")), (409, "Tomas Weber cancelled this project before that".to_owned()));
    assert_eq!(project_invitations::table.count().get_result(conn), Ok(0_i64));
}

#[test]
fn what_everybody_could_read_is_not_hidden_again() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let organisation = given::organisation(conn);
    let (draft, by) = (given::draft(conn, &organisation), organisation.manager.id);
    for to in [Visibility::Invited, Visibility::Public, Visibility::Invited] {
        choose_visibility(&mut patient(conn), by, draft, to).expect("a draft's is free");
    }
    publish_project(&mut patient(conn), by, draft, None).unwrap();
    let site = TestSite::on(&database);
    let manager = site.signed_in(&organisation.manager.email);
    let page = manager.get(&format!("/projects/{draft}/invitations"));
    manager.submit(&page, "form[action$='/visibility']", &[("visibility", "PUBLIC")]).location();
    let late = manager.submit(&page, "form[action$='/visibility']", &[("visibility", "INVITED")]);
    assert_eq!(late.status, 422);
    assert!(late.text("[data-error-summary]").contains("Keep it public"), "{}", late.says());
    assert!(!late.has("form[action$='/visibility']"));
    let again = choose_visibility(&mut patient(conn), by, draft, Visibility::Invited);
    assert!(matches!(again, Err(Failure::Refused(InviteRefused::StaysPublic))), "{again:?}");
    invariants::hold(&database);
}

#[test]
fn two_who_invite_one_person_at_once_invite_once() {
    let database = TestDatabase::new();
    for _ in 0..20 {
        let conn = &mut database.connect();
        let (on, guest) = (given::open_project(conn, 0), given::freelancer(conn, "Rosa Ferreira"));
        let deciders = [on.organisation.owner.id, on.organisation.manager.id];
        race(&database, 4, |place, conn| match place {
            3 => uninvite_freelancer(&mut patient(conn), deciders[0], on.id, guest.id).expect("taken back"),
            _ => invite_freelancer(&mut patient(conn), deciders[place % 2], on.id, guest.id).expect("invited"),
        });
    }
    invariants::hold(&database);
}

#[test]
fn hiding_beside_publishing_is_in_time_or_told() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let organisation = given::organisation(conn);
    for _ in 0..20 {
        let draft = given::draft(conn, &organisation);
        let done = race(&database, 2, |place, conn| match place {
            0 => choose_visibility(&mut patient(conn), organisation.owner.id, draft, Visibility::Invited),
            _ => publish_project(&mut patient(conn), organisation.manager.id, draft, None).map_err(|error| panic!("{error:?}")),
        });
        assert!(matches!(done[0], Ok(()) | Err(Failure::Refused(InviteRefused::StaysPublic))), "{done:?}");
    }
    invariants::hold(&database);
}
