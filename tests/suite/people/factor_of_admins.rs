//! A house that asks its admins for a second factor, and whom it helps who has lost theirs.
use std::process::{Command, Output};

use diesel::prelude::*;
use guildhall::domain::token::Scope;
use guildhall::schema::{second_factors, users};

use super::factor::{code, guard, guarded, now};
use crate::support::database::TestDatabase;
use crate::support::given::{self, PASSWORD, Somebody};
use crate::support::invariants;
use crate::support::site::TestSite;

fn admin(conn: &mut PgConnection) -> Somebody {
    let admin = given::somebody(conn, "Grace Murray");
    diesel::update(users::table.find(admin.id.0)).set(users::is_admin.eq(true)).execute(conn).unwrap();
    admin
}

#[test]
fn where_the_house_asks_for_it_nobody_keeps_it_by_a_password_alone() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let (admin, client) = (admin(conn), given::organisation(conn));
    let ticket = crate::tickets::ticket(conn, &client.owner);
    let site = TestSite::asking_admins(&database);
    let browser = site.signed_in(&admin.email);
    for path in
        ["/admin", "/admin/people", "/admin/races", "/dashboard", "/account/tokens", &format!("/tickets/{ticket}"), "/admin/people.csv"]
    {
        assert_eq!(browser.get(path).location(), "/account/second-factor", "{path}");
    }
    for path in [format!("/tickets/{ticket}/take"), format!("/admin/people/{}/suspend", client.owner.id)] {
        let refused = browser.post(&path, &[("reason", "Why not.")]);
        assert_eq!((refused.status, refused.text("h1")), (403, "Set up a second factor first".to_owned()), "{path}");
    }
    // all that anybody sees, and what is their own sign-in
    for path in
        ["/", "/projects", "/account", "/account/password", "/account/sign-ins", "/account/email", "/account/history", "/account/close"]
    {
        assert_eq!(browser.get(path).status, 200, "{path}");
    }
    let page = browser.get("/account/second-factor");
    assert!(page.says().contains("This house asks its admins for a second factor"), "{}", page.says());
    assert_eq!(page.attribute("header nav a[href='/account/second-factor']", "href").as_deref(), Some("/account/second-factor"));
    // whoever keeps no house is asked for nothing, and programs go on
    assert_eq!(site.signed_in(&client.owner.email).get("/dashboard").status, 200);
    let token = given::token(conn, &admin, &[Scope::Read], None);
    let me =
        crate::support::browser::builder().build().unwrap().get(format!("{}/api/v1/me", site.url())).bearer_auth(token).send().unwrap();
    assert_eq!(me.status(), 200);
    // with one, all is open
    let secret = guard(conn, &admin);
    assert_eq!(browser.get("/admin").status, 200);
    let again = site.browser();
    again.post("/sign-in", &[("email", &admin.email), ("password", PASSWORD)]).location();
    again.post("/sign-in/code", &[("code", &code(&secret, now(conn)))]).location();
    assert_eq!(again.get(&format!("/tickets/{ticket}")).status, 200);
    assert!(!again.get("/account/second-factor").says().contains("asks its admins"));
}

#[test]
fn elsewhere_admins_are_asked_for_nothing() {
    let database = TestDatabase::new();
    let admin = admin(&mut database.connect());
    let site = TestSite::on(&database);
    let browser = site.signed_in(&admin.email);
    assert_eq!(browser.get("/admin").status, 200);
    assert!(!browser.get("/account/second-factor").says().contains("asks its admins"));
}

fn reset(database: &TestDatabase, email: &str) -> Output {
    Command::new(env!("CARGO_BIN_EXE_guildhall"))
        .args(["second-factor", "reset", email])
        .env("DATABASE_URL", database.url())
        .output()
        .unwrap()
}

#[test]
fn whoever_is_locked_out_is_helped_from_the_command_line() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let (somebody, secret) = guarded(conn, "Ada Byron");
    let site = TestSite::on(&database);
    let browser = site.browser();
    browser.post("/sign-in", &[("email", &somebody.email), ("password", PASSWORD)]).location();
    browser.post("/sign-in/code", &[("code", &code(&secret, now(conn)))]).location();
    assert_eq!(browser.get("/account").status, 200);
    let done = reset(&database, &somebody.email.to_uppercase());
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    assert!(String::from_utf8_lossy(&done.stdout).contains("signs in by the password alone"));
    assert_eq!(second_factors::table.count().get_result(conn), Ok(0_i64));
    assert_eq!(browser.get("/account").status, 303, "all sign-ins end");
    let again = site.signed_in(&somebody.email);
    assert!(again.get("/account/history").says().contains("The house took your second factor off"));
    for (email, why) in [(somebody.email.as_str(), "has no second factor"), ("nobody@example.org", "there is no account")] {
        let refused = reset(&database, email);
        assert_eq!(refused.status.code(), Some(1));
        assert!(String::from_utf8_lossy(&refused.stderr).contains(why), "{}", String::from_utf8_lossy(&refused.stderr));
    }
    invariants::hold(&database);
}
