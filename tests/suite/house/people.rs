//! Looking for people, keeping one out, hearing them, letting them in again.
use diesel::prelude::*;
use guildhall::domain::contract::ContractStatus;
use guildhall::domain::token::Scope;
use guildhall::operations::proposals::accept_proposal;
use guildhall::schema::contracts;

use super::suspends;
use crate::api::machine::Machine;
use crate::support::given::{self, FIRST_SEEN, patient};
use crate::support::invariants;
use crate::support::page::Page;
use crate::support::site::TestSite;
use crate::tickets::admin;

#[test]
fn people_are_found_by_part_of_their_name_address_or_number() {
    let (database, on) = given::database_with_open_project(2);
    let conn = &mut database.connect();
    let keeper = admin(conn, "Priya Raman");
    let odd = given::somebody(conn, "100 % Wool_and");
    let site = TestSite::on(&database);
    let browser = site.signed_in(&keeper.email);
    let names = |path: &str| browser.get(path).texts("ul.list h2");
    assert!(names("/admin/people").len() >= 7);
    let ada = &on.freelancers[0];
    let part = &ada.email[1..ada.email.len() - 3];
    assert_eq!(names(&format!("/admin/people?q={}", part.to_uppercase())).len(), 1);
    assert_eq!(names("/admin/people?q=%25"), ["100 % Wool_and"]);
    assert_eq!(names("/admin/people?q=l_a"), ["100 % Wool_and"]);
    assert_eq!(names("/admin/people?which=admins"), ["Priya Raman"]);
    assert!(names("/admin/people?which=out").is_empty());
    assert_eq!(browser.get(&format!("/admin/people?q=usr-{:04}", odd.id.0)).location(), format!("/admin/people/{}", odd.id));
    let page = browser.get(&format!("/admin/people/{}", ada.id));
    assert!(page.says().contains("proposals pending 1") && page.says().contains(&ada.email), "{}", page.says());
    assert!(browser.get("/admin/people.csv?q=wool").html.contains("100 % Wool_and"));
    for other in [&on.organisation.owner, ada] {
        let theirs = site.signed_in(&other.email);
        for path in ["/admin/people", "/admin/people.csv", &format!("/admin/people/{}", odd.id)] {
            assert_eq!(theirs.get(path).status, 404, "{path}");
        }
        for act in ["suspend", "lift", "sign-out"] {
            assert_eq!(theirs.post(&format!("/admin/people/{}/{act}", odd.id), &[("reason", "Because.")]).status, 404, "{act}");
        }
    }
}

/// What somebody sees who types the right password.
fn tries(site: &TestSite, email: &str) -> Page {
    site.browser().post("/sign-in", &[("email", email), ("password", given::PASSWORD)])
}

#[test]
fn whoever_is_suspended_is_out_at_once_is_told_why_and_can_appeal_and_contracts_run_on() {
    let (database, on) = given::database_with_open_project(2);
    let conn = &mut database.connect();
    let keeper = admin(conn, "Priya Raman");
    let ada = &on.freelancers[0];
    let runs = given::open_project_with(conn, on.organisation.clone(), on.freelancers.clone());
    let won = accept_proposal(&mut patient(conn), on.organisation.owner.id, runs.proposals[0], FIRST_SEEN).expect("an award");
    let token = given::token(conn, ada, &[Scope::Read], None);
    let site = TestSite::on(&database);
    let (browser, theirs) = (site.signed_in(&keeper.email), site.signed_in(&ada.email));
    let machine = |token: &str| Machine::with(&site, Some(token.to_owned())).get("/api/v1/projects").status;
    assert_eq!(machine(&token), 200);
    let path = format!("/admin/people/{}", ada.id);
    let unsaid = browser.submit(&browser.get(&path), &format!("form[action='{path}/suspend']"), &[("reason", " ")]);
    assert_eq!((unsaid.status, unsaid.texts(".wrong").len()), (422, 1));
    let done = browser.submit(&browser.get(&path), &format!("form[action='{path}/suspend']"), &[("reason", "Asked to be paid elsewhere.")]);
    assert_eq!(done.location(), path);
    // out at once, whatever was open
    assert_eq!(theirs.get("/account").status, 303);
    assert_eq!(machine(&token), 401);
    let told = tries(&site, &ada.email);
    assert_eq!(told.status, 403);
    assert!(told.says().contains("Your account is suspended") && told.says().contains("Asked to be paid elsewhere."), "{}", told.says());
    assert_eq!(site.browser().post("/sign-in", &[("email", &ada.email), ("password", "not this one")]).status, 422);
    // what runs is not touched, and nothing new is agreed
    let status: ContractStatus = contracts::table.find(won.contract.0).select(contracts::status).first(conn).unwrap();
    assert_eq!(status, ContractStatus::Active);
    let manager = site.signed_in(&on.organisation.manager.email);
    let form = manager.get(&format!("/proposals/{}/accept", on.proposals[0]));
    let refused = manager.submit(&form, "main form", &[]);
    assert_eq!(refused.status, 409);
    assert!(refused.text("[data-conflict]").contains("is kept out by the house"), "{}", refused.says());
    // an appeal without a session: only with what that page gave
    let anybody = site.browser();
    let empty = anybody.submit(&told, "form[action='/appeal']", &[("words", "")]);
    assert_eq!(empty.status, 422);
    let forged = [("person", ada.id.to_string()), ("sign", "0".repeat(43)), ("words", "Let me in.".to_owned())];
    let forged = forged.each_ref().map(|(name, value)| (*name, value.as_str()));
    assert_eq!(anybody.post("/appeal", &forged).status, 404);
    let sent = anybody.submit(&told, "form[action='/appeal']", &[("words", "It was a **misunderstanding**.")]);
    assert_eq!(sent.location(), "/sign-in");
    assert!(anybody.follow(sent).text(".flash").contains("The house has your appeal"));
    let again = tries(&site, &ada.email);
    assert!(again.says().contains("It was a misunderstanding."), "{}", again.says());
    assert_eq!(anybody.submit(&again, "form[action='/appeal']", &[("words", "I mean it.")]).location(), "/sign-in");
    let ticket = browser.get(&browser.get(&path).attribute("a[href^='/tickets/']:not([href='/tickets'])", "href").expect("the appeal"));
    assert!(ticket.says().contains("I mean it."), "{}", ticket.says());
    assert_eq!(browser.get("/admin/people?which=out").texts("ul.list h2").len(), 1);
    // and in again
    let done = browser.submit(&browser.get(&path), &format!("form[action='{path}/lift']"), &[("reason", "Explained.")]);
    assert!(browser.follow(done).says().contains("let the person in again"));
    assert_eq!(tries(&site, &ada.email).location(), "/dashboard");
    assert_eq!(machine(&token), 401);
    assert_eq!(anybody.submit(&told, "form[action='/appeal']", &[("words", "Too late.")]).status, 404);
    let history = site.signed_in(&ada.email).get("/account/history");
    assert!(history.says().contains("The house suspended your account") && !history.html.contains("Priya"), "{}", history.says());
    let twice = browser.post(&format!("{path}/lift"), &[("reason", "Once more.")]);
    assert_eq!(twice.status, 409);
    assert!(twice.says().contains("Priya Raman let the person in again") && twice.says().contains("Once more."), "{}", twice.says());
    invariants::hold(&database);
}

#[test]
fn admins_end_sign_ins_of_others_and_touch_nothing_of_their_own() {
    let (database, on) = given::database_with_open_project(1);
    let conn = &mut database.connect();
    let keeper = admin(conn, "Priya Raman");
    let site = TestSite::on(&database);
    let (browser, theirs) = (site.signed_in(&keeper.email), site.signed_in(&on.freelancers[0].email));
    let path = format!("/admin/people/{}", on.freelancers[0].id);
    assert_eq!(browser.post(&format!("{path}/sign-out"), &[("reason", "A lost laptop.")]).location(), path);
    assert_eq!(theirs.get("/account").status, 303);
    assert_eq!(tries(&site, &on.freelancers[0].email).location(), "/dashboard");
    assert!(browser.get(&path).says().contains("A lost laptop."));
    for act in ["suspend", "sign-out"] {
        assert_eq!(browser.post(&format!("/admin/people/{}/{act}", keeper.id), &[("reason", "Me.")]).status, 403, "{act}");
    }
    assert_eq!(browser.get("/account").status, 200);
    assert_eq!(browser.get("/admin/people/999999").status, 404);
    assert_eq!(browser.post("/admin/people/999999/suspend", &[("reason", "Who?")]).status, 404);
    suspends(conn, keeper.id, on.organisation.owner.id).expect("an owner is suspended as everybody");
    invariants::hold(&database);
}
