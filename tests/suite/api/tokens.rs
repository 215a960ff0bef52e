//! Tokens: made on a page, shown once, kept as a hash, and gone at once when they are revoked.
use chrono::{DateTime, Utc};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use guildhall::domain::membership::Role;
use guildhall::domain::token::Scope;
use guildhall::operations::organisations::{RoleChange, change_role};
use guildhall::schema::api_tokens;

use super::machine::Machine;
use crate::support::database::TestDatabase;
use crate::support::given::{self, patient};
use crate::support::invariants;
use crate::support::page::Page;
use crate::support::site::TestSite;

fn secret(page: &Page) -> String {
    let says = page.says();
    let begins = says.find("guildhall_").expect("a secret");
    says[begins..].chars().take_while(|letter| letter.is_ascii_alphanumeric() || *letter == '_').collect()
}

#[test]
fn a_token_is_made_shown_once_used_and_revoked() {
    let database = TestDatabase::new();
    let organisation = given::organisation(&mut database.connect());
    let site = TestSite::on(&database);
    let browser = site.signed_in(&organisation.manager.email);
    let form = browser.get("/account/tokens");
    assert!(form.says().contains("You have no token"));
    let made = browser.submit(&form, "main form", &[("name", "Night import"), ("scope", "READ"), ("scope", "PROJECTS")]);
    assert_eq!(made.status, 303);
    let page = browser.follow(made);
    let secret = secret(&page);
    assert_eq!(secret.len(), "guildhall_".len() + 64);
    assert!(page.says().contains("Night import") && page.says().contains("read, projects") && page.says().contains("never used"));
    let again = browser.submit(&form, "main form", &[("name", "Night import"), ("scope", "READ"), ("scope", "PROJECTS")]);
    assert_eq!(self::secret(&browser.follow(again)), secret, "a double click makes one");
    assert!(!browser.get("/account/tokens").says().contains(&secret), "it is not shown again");

    let mut conn = database.connect();
    let kept: Vec<(Vec<u8>, String)> = api_tokens::table.select((api_tokens::secret_hash, api_tokens::hint)).load(&mut conn).unwrap();
    assert_eq!(kept.len(), 1);
    assert!(secret.ends_with(&kept[0].1));
    let machine = Machine::with(&site, Some(secret));
    let me = machine.get("/api/v1/me");
    assert_eq!((me.status, me.json["name"].as_str()), (200, Some(organisation.manager.name.as_str())));
    assert_eq!(me.json["organisations"][0]["role"].as_str(), Some("MANAGER"));

    let page = browser.get("/account/tokens");
    assert!(page.says().contains("last used"), "{}", page.says());
    let ask = browser.get(page.each("main .sum a", |link| link.attr("href").unwrap_or_default().to_owned())[0].as_str());
    assert_eq!(machine.get("/api/v1/me").status, 200);
    let done = browser.submit(&ask, "main form", &[]);
    assert_eq!(done.status, 303);
    let refused = machine.get("/api/v1/me");
    assert_eq!((refused.status, refused.code(), refused.header("www-authenticate")), (401, "no_token", "Bearer"));
    assert!(browser.get("/account/history").says().contains("You revoked a token."));
    assert_eq!(browser.submit(&ask, "main form", &[]).status, 404, "it is gone");
    invariants::hold(&database);
}

#[test]
fn what_is_wrong_with_a_token_is_said_at_once() {
    let database = TestDatabase::new();
    let mut conn = database.connect();
    let organisation = given::organisation(&mut conn);
    let freelancer = given::freelancer(&mut conn, "Ada Byron");
    let site = TestSite::on(&database);
    let browser = site.signed_in(&organisation.manager.email);
    let page = browser.post("/account/tokens", &[("name", ""), ("days", "7")]);
    assert_eq!(page.status, 422);
    let pointed = page.each("[data-error-summary] a", |link| link.attr("href").unwrap_or_default().to_owned());
    assert_eq!(pointed, ["#name", "#scope", "#days"]);
    for (organisation, status) in [("999", 422), ("", 422)] {
        let fields = [("name", "Runner"), ("scope", "RUNNER"), ("days", "30"), ("organisation", organisation)];
        assert_eq!(browser.post("/account/tokens", &fields).status, status);
    }
    assert!(!site.signed_in(&freelancer.email).get("/account/tokens").has("[value=RUNNER]"), "for whom there is nothing to run");
    let other = site.signed_in(&freelancer.email);
    let token = given::token(&mut conn, &organisation.manager, &[Scope::Read], None);
    let id: i64 = api_tokens::table.select(api_tokens::id).first(&mut conn).unwrap();
    assert_eq!(other.get(&format!("/account/tokens/{id}/revoke")).status, 404, "another person's is not there");
    assert_eq!(other.post(&format!("/account/tokens/{id}/revoke"), &[]).status, 404);
    assert_eq!(Machine::with(&site, Some(token)).get("/api/v1/me").status, 200);
}

#[test]
fn nobody_comes_in_without_a_token_that_holds() {
    let database = TestDatabase::new();
    let organisation = given::organisation(&mut database.connect());
    let site = TestSite::on(&database);
    let nobody = Machine::with(&site, None);
    let cookie = site.browser().post("/sign-in", &[("email", &organisation.owner.email), ("password", given::PASSWORD)]);
    let cookie = cookie.header("set-cookie").split(';').next().unwrap_or_default().to_owned();
    assert!(cookie.starts_with("id="));
    for headers in
        [vec![], vec![("cookie", cookie.as_str())], vec![("authorization", "Basic YTpi")], vec![("authorization", "Bearer guildhall_00")]]
    {
        assert_eq!(nobody.send("GET", "/api/v1/me", &headers, None).status, 401, "{headers:?}");
        assert_eq!(nobody.send("GET", "/api/v1/nothing", &headers, None).status, 401, "{headers:?}");
    }
    let token = given::token(&mut database.connect(), &organisation.owner, &[Scope::Read], None);
    let machine = Machine::with(&site, Some(token));
    assert_eq!(machine.get("/api/v1/nothing").status, 404);
    let wrong = machine.send("PUT", "/api/v1/me", &[], Some("{}"));
    assert_eq!((wrong.status, wrong.header("allow")), (405, "GET, HEAD"));
    database
        .connect()
        .batch_execute("UPDATE api_tokens SET created_at = now() - interval '2 days', expires_at = now() - interval '1 second'")
        .unwrap();
    assert_eq!(machine.get("/api/v1/me").status, 401, "its time has passed");
}

#[test]
fn when_a_token_was_used_is_kept_to_the_minute() {
    let database = TestDatabase::new();
    let organisation = given::organisation(&mut database.connect());
    let site = TestSite::on(&database);
    let machine = Machine::of(&database, &site, &organisation.owner);
    let mut conn = database.connect();
    let used =
        |conn: &mut PgConnection| -> Option<DateTime<Utc>> { api_tokens::table.select(api_tokens::last_used_at).first(conn).unwrap() };
    assert_eq!(used(&mut conn), None);
    machine.get("/api/v1/me");
    let first = used(&mut conn);
    assert!(first.is_some());
    machine.get("/api/v1/me");
    assert_eq!(used(&mut conn), first);
    conn.batch_execute("UPDATE api_tokens SET last_used_at = last_used_at - interval '61 seconds'").unwrap();
    machine.get("/api/v1/me");
    assert!(used(&mut conn) >= first);
}

#[test]
fn a_token_ends_where_its_person_s_right_ends() {
    let database = TestDatabase::new();
    let mut conn = database.connect();
    let organisation = given::organisation(&mut conn);
    let site = TestSite::on(&database);
    let manager = &organisation.manager;
    let runner = Machine::with(&site, Some(given::token(&mut conn, manager, &[Scope::Runner], Some(organisation.id))));
    let own = Machine::of(&database, &site, manager);
    let draft = given::draft(&mut conn, &organisation);
    assert_eq!(runner.get("/api/v1/me").status, 403, "a runner's token does nothing else");
    assert_eq!(own.get(&format!("/api/v1/projects/{draft}")).status, 200);
    let change = RoleChange { organisation: organisation.id, member: manager.id, seen: Some(Role::Manager), to: Role::Viewer };
    change_role(&mut patient(&mut conn), organisation.owner.id, change).expect("a role");
    assert_eq!(runner.get("/api/v1/me").status, 401, "a viewer runs nothing");
    let publish = own.post(&format!("/api/v1/projects/{draft}/publish"), &serde_json::json!({}));
    assert_eq!(publish.status, 403, "scope or not: a viewer publishes nothing");
    conn.batch_execute(&format!("DELETE FROM memberships WHERE user_id = {}", manager.id)).unwrap();
    assert_eq!(own.get(&format!("/api/v1/projects/{draft}")).status, 404);
}
