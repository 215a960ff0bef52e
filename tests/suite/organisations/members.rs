//! Members and roles, through the pages.
use crate::support::database::TestDatabase;
use crate::support::site::TestSite;
use crate::support::{given, invariants};

#[test]
fn members_see_each_other_and_strangers_see_nothing() {
    let database = TestDatabase::new();
    let organisation = given::organisation(&mut database.connect());
    let stranger = given::somebody(&mut database.connect(), "Sami Haddad");
    let site = TestSite::on(&database);
    let home = format!("/organisations/{}", organisation.id);
    let page = site.signed_in(&organisation.viewer.email).get(&home);
    assert_eq!(page.texts("main li h3"), ["Bruno Conti", "Lena Voss", "Nadia Osei", "Tomas Weber"]);
    assert!(!page.has("main li form"));
    assert_eq!(site.signed_in(&stranger.email).get(&home).status, 404);
    assert_eq!(site.browser().get(&home).status, 303);
}

#[test]
fn an_owner_changes_a_role_and_is_told_if_it_changed_meanwhile() {
    let database = TestDatabase::new();
    let organisation = given::organisation(&mut database.connect());
    let site = TestSite::on(&database);
    let owner = site.signed_in(&organisation.owner.email);
    let home = owner.get(&format!("/organisations/{}", organisation.id));
    let form = format!("form[action$='/members/{}/role']", organisation.viewer.id);
    owner.submit(&home, &form, &[("role", "MANAGER")]).location();
    let late = owner.submit(&home, &form, &[("role", "FINANCE")]);
    assert_eq!((late.status, late.says().contains("changed this role to Manager")), (409, true));
    let last = owner.submit(&home, &format!("form[action$='/members/{}/role']", organisation.owner.id), &[("role", "VIEWER")]);
    assert_eq!((last.status, last.says().contains("keeps an owner")), (409, true));
    let manager = site.signed_in(&organisation.manager.email);
    let address = format!("/organisations/{}/members/{}/role", organisation.id, organisation.manager.id);
    assert_eq!(manager.post(&address, &[("role", "OWNER")]).status, 403);
    invariants::hold(&database);
}

#[test]
fn a_removed_member_sees_nothing_from_the_next_page_on() {
    let database = TestDatabase::new();
    let organisation = given::organisation(&mut database.connect());
    let site = TestSite::on(&database);
    let (owner, manager) = (site.signed_in(&organisation.owner.email), site.signed_in(&organisation.manager.email));
    let home = format!("/organisations/{}", organisation.id);
    assert_eq!(manager.get(&home).status, 200);
    let asks = owner.get(&format!("{home}/members/{}/remove", organisation.manager.id));
    assert_eq!(asks.text("h1"), "Remove Tomas Weber from Harbour Foods?");
    let page = owner.follow(owner.submit(&asks, "main form", &[]));
    assert!(!page.texts("main li h3").contains(&"Tomas Weber".to_owned()));
    assert_eq!(manager.get(&home).status, 404);
    assert_eq!(owner.submit(&asks, "main form", &[]).status, 409);
    invariants::hold(&database);
}

#[test]
fn anyone_leaves_but_the_last_owner() {
    let database = TestDatabase::new();
    let organisation = given::organisation(&mut database.connect());
    let site = TestSite::on(&database);
    let leave = |email: &str, who| {
        let browser = site.signed_in(email);
        let asks = browser.get(&format!("/organisations/{}/members/{who}/remove", organisation.id));
        assert_eq!(asks.text("h1"), "Leave Harbour Foods?");
        browser.submit(&asks, "main form", &[])
    };
    assert_eq!(leave(&organisation.viewer.email, organisation.viewer.id).location(), "/account");
    assert_eq!(leave(&organisation.owner.email, organisation.owner.id).status, 409);
    let manager = site.signed_in(&organisation.manager.email);
    let others = format!("/organisations/{}/members/{}/remove", organisation.id, organisation.finance.id);
    assert_eq!((manager.get(&others).status, manager.post(&others, &[]).status), (403, 403));
    invariants::hold(&database);
}
