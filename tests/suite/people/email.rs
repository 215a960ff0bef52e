//! Proving an address, putting another one in its place, and taking that back.
use diesel::prelude::*;
use guildhall::domain::organisation::InvitationToken;
use guildhall::operations::people::{confirm_email, revert_email};
use guildhall::schema::users;

use crate::mails::{composed, links};
use crate::support::database::TestDatabase;
use crate::support::given::{self, patient};
use crate::support::invariants;
use crate::support::race::race;
use crate::support::site::TestSite;

fn address(database: &TestDatabase, id: i64) -> (String, bool) {
    let query = users::table.find(id).select((users::email, users::email_confirmed_at.is_not_null()));
    query.first(&mut database.connect()).expect("the account")
}

#[test]
fn whoever_signs_up_confirms_the_address_by_a_link() {
    let database = TestDatabase::new();
    let site = TestSite::on(&database);
    let browser = site.browser();
    let fields = [("as", "freelancer"), ("name", "Ada Byron"), ("email", "ada@example.org"), ("password", "battery staple")];
    browser.post("/sign-up", &fields).location();
    assert!(browser.get("/account/email").says().contains("Not confirmed yet"));
    let (to, path) = links(&database).pop().expect("a link");
    assert_eq!(to, "ada@example.org");
    let page = site.browser().get(&path);
    assert!(page.says().contains("Is ada@example.org your address?"));
    assert!(browser.get("/account/email").says().contains("Not confirmed yet"), "looking changes nothing");
    site.browser().submit(&page, "main form", &[]).location();
    assert!(!browser.get("/account/email").says().contains("Not confirmed yet"));
    assert_eq!(site.browser().submit(&page, "main form", &[]).status, 409);
    // nothing more to ask for
    browser.post("/account/email/confirmation", &[]).location();
    assert!(links(&database).is_empty());
    invariants::hold(&database);
}

#[test]
fn a_new_address_takes_its_place_by_its_own_link_and_the_old_one_is_told() {
    let database = TestDatabase::new();
    let somebody = given::somebody(&mut database.connect(), "Ada Byron");
    let site = TestSite::on(&database);
    let browser = site.signed_in(&somebody.email);
    let form = browser.get("/account/email");
    let css = "form[action='/account/email']";
    let wrong = browser.submit(&form, css, &[("email", "new@example.org"), ("password", "not this one")]);
    assert_eq!((wrong.status, wrong.texts(".wrong").len()), (422, 1));
    browser.submit(&form, css, &[("email", "new@example.org"), ("password", given::PASSWORD)]).location();
    let (to, path) = links(&database).pop().expect("a link");
    assert_eq!((to.as_str(), address(&database, somebody.id.0).0), ("new@example.org", somebody.email.clone()));
    let page = browser.get(&path);
    assert_eq!(browser.submit(&page, "main form", &[]).location(), "/account/email");
    assert_eq!(address(&database, somebody.id.0), ("new@example.org".to_owned(), true));
    let (told, back) = links(&database).pop().expect("a letter to the old address");
    assert_eq!(told, somebody.email);
    assert!(composed(&database).iter().any(|letter| letter.subject.contains("another e-mail address") && letter.address == somebody.email));
    // and it is put back from there, whoever is signed in
    let page = site.browser().get(&back);
    assert_eq!(site.browser().submit(&page, "main form", &[]).location(), "/sign-in");
    assert_eq!(address(&database, somebody.id.0), (somebody.email.clone(), true));
    assert_eq!(browser.get("/account").status, 303, "all sign-ins end");
    let (to, path) = links(&database).pop().expect("a link to a new password");
    assert!(to == somebody.email && path.starts_with("/reset/"), "{to} {path}");
    invariants::hold(&database);
}

#[test]
fn an_address_of_another_account_is_refused_only_to_whoever_reads_it() {
    let database = TestDatabase::new();
    let mut conn = database.connect();
    let (somebody, other) = (given::somebody(&mut conn, "Ada Byron"), given::somebody(&mut conn, "Ivo Tanaka"));
    let site = TestSite::on(&database);
    let browser = site.signed_in(&somebody.email);
    let ask = |email: &str| browser.post("/account/email", &[("email", email), ("password", given::PASSWORD)]);
    assert_eq!(ask(&other.email).location(), ask("free@example.org").location());
    let to_other = links(&database).into_iter().find(|(to, _)| *to == other.email);
    // the later request ended the first one's link
    assert!(to_other.is_none());
    ask(&other.email).location();
    let (_, path) = links(&database).into_iter().find(|(to, _)| *to == other.email).expect("a link");
    let page = site.browser().get(&path);
    let refused = site.browser().submit(&page, "main form", &[]);
    assert_eq!(refused.status, 409);
    assert!(refused.says().contains("Another account has this address"), "{}", refused.says());
    assert_eq!(address(&database, somebody.id.0).0, somebody.email);
    invariants::hold(&database);
}

#[test]
fn of_many_clicks_at_once_one_changes_the_address_and_one_puts_it_back() {
    let database = TestDatabase::new();
    let somebody = given::somebody(&mut database.connect(), "Ada Byron");
    let site = TestSite::on(&database);
    let fields = [("email", "new@example.org"), ("password", given::PASSWORD)];
    site.signed_in(&somebody.email).post("/account/email", &fields).location();
    let token = || {
        let (_, path) = links(&database).pop().expect("a link");
        InvitationToken::parse(path.rsplit('/').next().unwrap()).expect("a token")
    };
    let there = token();
    let done = race(&database, 8, |_, conn| confirm_email(&mut patient(conn), &there).is_ok());
    assert_eq!(done.iter().filter(|done| **done).count(), 1);
    let back = token();
    let done = race(&database, 8, |_, conn| revert_email(&mut patient(conn), &back).is_ok());
    assert_eq!((done.iter().filter(|done| **done).count(), address(&database, somebody.id.0).0), (1, somebody.email));
    invariants::hold(&database);
}
