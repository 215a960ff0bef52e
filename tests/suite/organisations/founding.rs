//! Founding and renaming.
use std::sync::Barrier;

use diesel::prelude::*;
use guildhall::db::Failure;
use guildhall::domain::organisation::FoundRefused;
use guildhall::domain::request::{Request, RequestKey};
use guildhall::domain::words::OrganisationName;
use guildhall::operations::organisations::found_organisation;
use guildhall::schema::organisations;

use crate::support::database::TestDatabase;
use crate::support::site::TestSite;
use crate::support::{given, invariants};

#[test]
fn one_form_sent_many_times_founds_one_organisation() {
    let database = TestDatabase::new();
    let by = given::somebody(&mut database.connect(), "Ada Byron").id;
    let name = OrganisationName::parse("Harbour Foods").unwrap();
    let request = |name: &str| Request::new(RequestKey::parse("the-form-and-its-key").unwrap(), "found_organisation", &[name]);
    let start = Barrier::new(16);
    let founded: Vec<_> = std::thread::scope(|scope| {
        let racers: Vec<_> = (0..16)
            .map(|_| {
                scope.spawn(|| {
                    let mut conn = database.connect();
                    start.wait();
                    found_organisation(&mut given::patient(&mut conn), by, &name, Some(&request(name.as_str()))).unwrap()
                })
            })
            .collect();
        racers.into_iter().map(|racer| racer.join().unwrap()).collect()
    });
    assert!(founded.iter().all(|id| *id == founded[0]), "{founded:?}");
    let conn = &mut database.connect();
    assert_eq!(organisations::table.count().get_result(conn), Ok(1));
    let other = OrganisationName::parse("Another").unwrap();
    let reused = found_organisation(&mut given::patient(conn), by, &other, Some(&request("Another")));
    assert!(matches!(reused, Err(Failure::Refused(FoundRefused::KeyReused))), "{reused:?}");
    // somebody else's key of the same name is another key
    let somebody = given::somebody(conn, "Ivo Tanaka").id;
    found_organisation(&mut given::patient(conn), somebody, &other, Some(&request("Another"))).unwrap();
    invariants::hold(&database);
}

#[test]
fn a_form_sent_twice_leads_to_the_same_organisation() {
    let database = TestDatabase::new();
    let somebody = given::somebody(&mut database.connect(), "Ada Byron");
    let site = TestSite::on(&database);
    let browser = site.signed_in(&somebody.email);
    let form = browser.get("/organisations/new");
    let first = browser.submit(&form, "main form", &[("name", "Harbour Foods")]);
    let second = browser.submit(&form, "main form", &[("name", "Harbour Foods")]);
    assert_eq!(first.location(), second.location());
    assert_eq!(browser.submit(&form, "main form", &[("name", "Another")]).status, 422);
    let page = browser.follow(first);
    assert_eq!(page.text("h1"), "Harbour Foods");
    assert_eq!(browser.submit(&form, "main form", &[("name", " ")]).status, 422);
}

#[test]
fn only_owners_rename_and_a_stale_name_is_shown_beside_the_new_one() {
    let database = TestDatabase::new();
    let organisation = given::organisation(&mut database.connect());
    given::published(&mut database.connect(), &organisation);
    let site = TestSite::on(&database);
    let address = format!("/organisations/{}/edit", organisation.id);
    assert_eq!(site.signed_in(&organisation.manager.email).get(&address).status, 403);
    assert_eq!(site.signed_in(&organisation.manager.email).post(&address, &[("name", "Ours")]).status, 403);
    let stranger = given::somebody(&mut database.connect(), "Sami Haddad");
    assert_eq!(site.signed_in(&stranger.email).post(&address, &[("name", "Ours")]).status, 404);
    let owner = site.signed_in(&organisation.owner.email);
    let form = owner.get(&address);
    assert_eq!(owner.follow(owner.submit(&form, "main form", &[("name", "Harbour Group")])).text("h1"), "Harbour Group");
    let page = owner.submit(&form, "main form", &[("name", "Harbour SA")]);
    assert_eq!(page.status, 409);
    assert_eq!(page.texts("[data-conflict] strong"), ["Harbour Group", "Harbour SA"]);
    assert_eq!(owner.follow(owner.submit(&page, "main form", &[])).text("h1"), "Harbour SA");
    assert!(site.browser().get("/projects").text(".list .meta").contains("Harbour SA"), "its projects carry the new name");
    invariants::hold(&database);
}
