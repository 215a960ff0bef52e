//! The second factor through the pages: set up, asked for at each sign-in, of use once, and gone only with a code.
use chrono::{DateTime, TimeDelta, Utc};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use guildhall::domain::user::FactorSecret;
use guildhall::schema::{recovery_codes, second_factors, sign_ins};

use super::factor::{code, guarded, last_codes, now};
use crate::support::browser::Browser;
use crate::support::database::TestDatabase;
use crate::support::given::{self, PASSWORD, Somebody};
use crate::support::invariants;
use crate::support::page::Page;
use crate::support::site::TestSite;
use crate::support::wait;

fn half_in(site: &TestSite, somebody: &Somebody) -> (Browser, Page) {
    let browser = site.browser();
    let led = browser.post("/sign-in", &[("email", &somebody.email), ("password", PASSWORD), ("next", "/account")]);
    assert_eq!(led.location(), "/sign-in/code?next=%2Faccount");
    let page = browser.follow(led);
    (browser, page)
}

/// The secret that a page shows to be typed.
fn shown(page: &Page) -> FactorSecret {
    let typed = page.text("code.secret").replace(' ', "");
    let bytes = data_encoding::BASE32_NOPAD.decode(typed.as_bytes()).expect("letters of base 32");
    FactorSecret::new(bytes.try_into().expect("160 bits"))
}

#[test]
fn setting_it_up_takes_the_password_and_a_first_code() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let somebody = given::somebody(conn, "Ada Byron");
    let site = TestSite::on(&database);
    let browser = site.signed_in(&somebody.email);
    let page = browser.get("/account/second-factor");
    let wrong = browser.submit(&page, "main form", &[("password", "not this one")]);
    assert_eq!((wrong.status, wrong.texts(".wrong").len()), (422, 1));
    let begun = browser.follow(browser.submit(&page, "main form", &[("password", PASSWORD)]));
    assert_eq!((begun.status, begun.header("cache-control")), (200, "no-store"));
    assert!(begun.has("svg.qr path") && !begun.html.contains("style="), "a picture that the policy lets through");
    let secret = shown(&begun);
    let address = begun.attribute("main a[href^='otpauth:']", "href").expect("an address for this device");
    assert_eq!(address, secret.address("Guildhall at 127.0.0.1", &somebody.email));
    // nobody is asked yet, and the same secret stands there again
    site.browser().sign_in(&somebody.email, PASSWORD);
    assert_eq!(shown(&browser.get("/account/second-factor")), secret);
    let refused = browser.submit(&begun, "form[action$=confirm]", &[("code", "12345")]);
    assert_eq!(refused.status, 422);
    assert_eq!(shown(&refused), secret, "a slip does not begin anew");
    let first = code(&secret, now(conn));
    let codes = browser.submit(&begun, "form[action$=confirm]", &[("code", &first)]);
    assert_eq!((codes.status, codes.header("cache-control"), codes.texts("ol.codes li").len()), (200, "no-store", 10));
    // the second click of two shows the same, another form does not
    let again = browser.submit(&begun, "form[action$=confirm]", &[("code", &first)]);
    assert_eq!(again.texts("ol.codes li"), codes.texts("ol.codes li"));
    assert_eq!(browser.submit(&begun, "form[action$=confirm]", &[("code", &first), ("key", "")]).location(), "/account/second-factor");
    let on = browser.get("/account/second-factor");
    assert!(on.says().contains("10 of ten are left") && !on.has("code.secret"), "{}", on.says());
    assert!(browser.get("/account/history").says().contains("You set up a second factor"));
    // what is kept opens nothing
    let kept: Vec<u8> = second_factors::table.select(second_factors::sealed).first(conn).unwrap();
    let bytes = data_encoding::BASE32_NOPAD.decode(secret.groups().replace(' ', "").as_bytes()).unwrap();
    assert!(!kept.windows(4).any(|part| bytes.windows(4).any(|of| of == part)));
    invariants::hold(&database);
}

#[test]
fn signing_in_takes_a_code_once_and_makes_a_new_session() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let (somebody, secret) = guarded(conn, "Ada Byron");
    let site = TestSite::on(&database);
    let (browser, page) = half_in(&site, &somebody);
    assert_eq!(
        (page.attribute("#code", "autocomplete").as_deref(), page.attribute("#code", "inputmode").as_deref()),
        (Some("one-time-code"), Some("numeric"))
    );
    assert_eq!(browser.get("/account").location(), "/sign-in?next=%2Faccount", "half of it opens nothing");
    let wrong = browser.submit(&page, "main form", &[("code", "000000")]);
    assert_eq!((wrong.status, wrong.texts(".wrong").len()), (422, 1));
    let right = code(&secret, now(conn));
    let planted = Browser::planted(&site.url(), "id=planted");
    planted.post("/sign-in", &[("email", &somebody.email), ("password", PASSWORD)]).location();
    let entered = browser.submit(&page, "main form", &[("code", &right)]);
    assert_eq!(entered.location(), "/account");
    assert!(entered.headers.get_all("set-cookie").iter().any(|cookie| cookie.to_str().unwrap().starts_with("half=;")));
    assert_eq!(browser.get("/account").status, 200);
    // the same code lets nobody in again, whose cookie was planted or not
    let used = planted.post("/sign-in/code", &[("code", &right)]);
    assert_eq!(used.status, 422);
    assert!(used.says().contains("used already"), "{}", used.says());
    wait::until("it is noted", || sign_ins::table.filter(sign_ins::outcome.eq("WRONG_CODE")).count().get_result(conn) == Ok(2_i64));
    let told = browser.get("/account/sign-ins").texts("ol.timeline p:first-child");
    assert!(told.contains(&"Signed in with a code".to_owned()) && told.contains(&"Right password, wrong code".to_owned()), "{told:?}");
    invariants::hold(&database);
}

#[test]
fn codes_of_the_half_minutes_beside_are_taken_and_no_others() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let (somebody, secret) = guarded(conn, "Ada Byron");
    let site = TestSite::on(&database);
    for (seconds, status) in [(-90, 422), (90, 422), (30, 303)] {
        let (browser, page) = half_in(&site, &somebody);
        let away = code(&secret, now(conn) + TimeDelta::seconds(seconds));
        assert_eq!(browser.submit(&page, "main form", &[("code", &away)]).status, status, "{seconds} s away");
    }
    // after the next one, neither the one of now nor one before it
    let (browser, page) = half_in(&site, &somebody);
    assert_eq!(browser.submit(&page, "main form", &[("code", &code(&secret, now(conn)))]).status, 422);
}

#[test]
fn a_recovery_code_opens_once_however_it_is_typed() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let (somebody, _) = guarded(conn, "Ada Byron");
    let site = TestSite::on(&database);
    let written = last_codes()[3].shown();
    let (browser, page) = half_in(&site, &somebody);
    let typed = written.to_uppercase().replace('-', " ");
    assert_eq!(browser.submit(&page, "main form", &[("recovery", &typed)]).location(), "/account");
    let on = browser.get("/account/second-factor");
    assert!(on.says().contains("9 of ten are left"), "{}", on.says());
    assert!(browser.get("/account/sign-ins").texts("ol.timeline p:first-child").contains(&"Signed in with a recovery code".to_owned()));
    assert!(browser.get("/account/history").says().contains("A recovery code was used. 9 are left."));
    let (browser, page) = half_in(&site, &somebody);
    let refused = browser.submit(&page, "main form", &[("recovery", &written)]);
    assert_eq!((refused.status, refused.has("details[open] .wrong")), (422, true));
    invariants::hold(&database);
}

#[test]
fn half_a_sign_in_lasts_five_minutes_and_ends_with_the_password() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let (somebody, secret) = guarded(conn, "Ada Byron");
    let site = TestSite::on(&database);
    let over = |browser: &Browser, page: &Page, code: &str| {
        let led = browser.submit(page, "main form", &[("code", code)]);
        assert_eq!(led.location(), "/sign-in?next=%2Faccount");
        assert!(browser.follow(led).says().contains("Sign in again"));
    };
    let (browser, page) = half_in(&site, &somebody);
    conn.batch_execute("UPDATE users SET session_epoch = session_epoch + 1").unwrap();
    over(&browser, &page, &code(&secret, now(conn)));
    assert_eq!(site.browser().get("/sign-in/code").location(), "/sign-in");
    assert_eq!(site.browser().post("/sign-in/code", &[("code", "123456")]).location(), "/sign-in");
    // and nobody makes one up
    let forged = Browser::planted(&site.url(), "half=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
    assert_eq!(forged.post("/sign-in/code", &[("code", "123456")]).location(), "/sign-in");
}

#[test]
fn a_code_is_guessed_no_more_often_than_a_password() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let (somebody, secret) = guarded(conn, "Ada Byron");
    let site = TestSite::throttled(&database);
    let (browser, page) = half_in(&site, &somebody);
    let answers: Vec<_> = (0..10).map(|_| browser.submit(&page, "main form", &[("code", "000000")])).collect();
    let statuses: Vec<_> = answers.iter().map(|page| page.status).collect();
    assert_eq!(statuses, [[422; 9].as_slice(), &[429]].concat(), "the right password was the first of ten");
    let last = answers.last().unwrap();
    assert!(
        last.says().contains("You can try again in 15 minutes") && last.header("retry-after").parse::<u64>().is_ok(),
        "{}",
        last.says()
    );
    // not even the right one, and the right password buys no new guesses
    assert_eq!(browser.submit(&page, "main form", &[("code", &code(&secret, now(conn)))]).status, 429);
    assert_eq!(site.browser().post("/sign-in", &[("email", &somebody.email), ("password", PASSWORD)]).status, 429);
}

#[test]
fn new_codes_and_the_end_of_it_take_the_password_and_a_code() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let (somebody, secret) = guarded(conn, "Ada Byron");
    let site = TestSite::on(&database);
    let (browser, page) = half_in(&site, &somebody);
    browser.submit(&page, "main form", &[("recovery", &last_codes()[0].shown())]).location();
    let form = browser.get("/account/second-factor/codes");
    for (password, typed, wrong) in [("", "", 2), ("not this one", "000000", 1), (PASSWORD, "000000", 1)] {
        let again = browser.submit(&form, "main form", &[("password", password), ("code", typed)]);
        assert_eq!((again.status, again.texts("main form .wrong").len()), (422, wrong), "{password} {typed}: {}", again.says());
    }
    let right = code(&secret, now(conn));
    let made = browser.submit(&form, "main form", &[("password", PASSWORD), ("code", &right)]);
    let codes = made.texts("ol.codes li");
    assert_eq!((made.status, codes.len()), (200, 10));
    assert_eq!(
        browser.submit(&form, "main form", &[("password", PASSWORD), ("code", &right)]).texts("ol.codes li"),
        codes,
        "a double click"
    );
    let off = browser.get("/account/second-factor/off");
    for old in [last_codes()[5].shown(), right] {
        assert_eq!(
            browser.submit(&off, "main form", &[("password", PASSWORD), ("recovery", &old)]).status,
            422,
            "{old} opens nothing any more"
        );
    }
    let done = browser.submit(&off, "main form", &[("password", PASSWORD), ("recovery", &codes[9])]);
    assert!(browser.follow(done).says().contains("The second factor is off."));
    assert_eq!(browser.get("/account/second-factor/off").location(), "/account/second-factor");
    site.browser().sign_in(&somebody.email, PASSWORD);
    let kept: (i64, i64) =
        (second_factors::table.count().get_result(conn).unwrap(), recovery_codes::table.count().get_result(conn).unwrap());
    assert_eq!(kept, (0, 0));
    let told = browser.get("/account/history").says();
    assert!(told.contains("You made new recovery codes") && told.contains("You switched the second factor off"), "{told}");
    invariants::hold(&database);
}

#[test]
fn what_was_typed_when_the_session_ended_outlives_the_code_too() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let organisation = given::organisation(conn);
    let secret = super::factor::guard(conn, &organisation.owner);
    let site = TestSite::on(&database);
    let browser = site.browser();
    let out = browser.post("/projects/new", &[("title", "A crane that sings"), ("description", "Low notes.")]);
    assert!(out.says().contains("You were signed out"), "{}", out.says());
    let asked = browser.submit(&out, "main form", &[("email", &organisation.owner.email), ("password", PASSWORD)]);
    assert_eq!((asked.status, asked.text("h1")), (200, "Enter your code".to_owned()));
    let slip = browser.submit(&asked, "main form", &[("code", "000000")]);
    assert_eq!(slip.status, 422);
    let entered = browser.submit(&slip, "main form", &[("code", &code(&secret, now(conn)))]);
    assert!(browser.follow(entered).html.contains("A crane that sings"));
}

#[test]
fn neither_a_new_password_by_a_link_nor_signing_up_again_goes_around_it() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let (somebody, secret) = guarded(conn, "Ada Byron");
    let site = TestSite::on(&database);
    let path = super::reset::asked(&database, &somebody);
    let browser = site.browser();
    browser.submit(&browser.get(&path), "main form", &[("new_password", "battery staple")]).location();
    let led = browser.post("/sign-in", &[("email", &somebody.email), ("password", "battery staple")]);
    assert_eq!(led.location(), "/sign-in/code");
    let fields = [("as", "freelancer"), ("name", "Ada Byron"), ("email", somebody.email.as_str()), ("password", "battery staple")];
    let again = site.browser();
    assert_eq!(again.post("/sign-up", &fields).location(), "/sign-in/code");
    assert_eq!(again.get("/account").status, 303);
    assert_eq!(browser.post("/sign-in/code", &[("code", &code(&secret, now(conn)))]).location(), "/dashboard");
}

#[test]
fn whoever_closes_the_account_takes_it_along_and_the_archive_says_since_when() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let (somebody, _) = guarded(conn, "Ada Byron");
    let own = guildhall::db::own::rows(conn, guildhall::db::own::Own::SecondFactor, somebody.id, 0).unwrap().0;
    let [row] = &own[..] else { panic!("{own:?}") };
    let since: DateTime<Utc> = row.cells[0].as_str().unwrap().parse().unwrap();
    assert!(row.cells.as_array().unwrap().len() == 1 && since <= now(conn));
    super::closing::close(conn, somebody.id).unwrap();
    let kept: (i64, i64) =
        (second_factors::table.count().get_result(conn).unwrap(), recovery_codes::table.count().get_result(conn).unwrap());
    assert_eq!(kept, (0, 0));
}
