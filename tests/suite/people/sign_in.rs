//! Signing in, and what keeps passwords from being guessed.
use std::sync::Barrier;

use diesel::prelude::*;
use guildhall::db::Failure;
use guildhall::domain::words::Email;
use guildhall::operations::people::{Throttle, begin_sign_in, sign_in};
use guildhall::schema::sign_in_attempts;

use crate::support::database::TestDatabase;
use crate::support::given;
use crate::support::site::TestSite;

const TEN: Throttle = Throttle { per_account: Some(10), per_address: None };

#[test]
fn of_many_guesses_at_once_as_many_as_the_bound_are_judged() {
    let database = TestDatabase::new();
    let email = Email::parse("nobody@example.org").unwrap();
    let start = Barrier::new(40);
    let judged: usize = std::thread::scope(|scope| {
        let racers: Vec<_> = (0..40)
            .map(|_| {
                scope.spawn(|| {
                    let mut conn = database.connect();
                    start.wait();
                    begin_sign_in(&mut given::patient(&mut conn), &email, "192.0.2.7", TEN).is_ok()
                })
            })
            .collect();
        racers.into_iter().map(|racer| usize::from(racer.join().unwrap())).sum()
    });
    assert_eq!(judged, 10);
}

#[test]
fn whoever_guessed_too_often_is_told_when_to_come_back() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let somebody = given::somebody(conn, "Ada Byron");
    let email = Email::parse(&somebody.email).unwrap();
    let mut guess = |address: &str, throttle| begin_sign_in(&mut given::patient(conn), &email, address, throttle);
    for _ in 0..10 {
        assert!(guess("192.0.2.7", TEN).unwrap().is_some());
    }
    let Err(Failure::Refused(too_many)) = guess("192.0.2.8", TEN) else { panic!("an eleventh guess was judged") };
    let minutes = (too_many.again_at - too_many.at).num_minutes();
    assert!((13..=15).contains(&minutes), "{minutes} minutes");
    // by address the same, and where a limit is lifted nothing is counted
    let by_address = Throttle { per_account: None, per_address: Some(10) };
    assert!(matches!(guess("192.0.2.7", by_address), Err(Failure::Refused(_))));
    assert!(guess("192.0.2.7", Throttle { per_account: None, per_address: None }).is_ok());
}

#[test]
fn the_right_password_wipes_the_slate() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let somebody = given::somebody(conn, "Ada Byron");
    let email = Email::parse(&somebody.email.to_uppercase()).unwrap();
    for _ in 0..30 {
        let account = begin_sign_in(&mut given::patient(conn), &email, "192.0.2.7", TEN).unwrap().unwrap();
        sign_in::<()>(&mut given::patient(conn), &account).unwrap();
    }
    assert_eq!(sign_in_attempts::table.count().get_result(conn), Ok(0));
}

#[test]
fn signing_in_leads_on_within_this_site_only() {
    let database = TestDatabase::new();
    let somebody = given::somebody(&mut database.connect(), "Ada Byron");
    let site = TestSite::on(&database);
    for (next, leads) in [("/account", "/account"), ("//elsewhere.example/", "/dashboard"), ("https://elsewhere.example/", "/dashboard")] {
        let browser = site.browser();
        let fields = [("email", somebody.email.as_str()), ("password", given::PASSWORD), ("next", next)];
        assert_eq!(browser.post("/sign-in", &fields).location(), leads);
    }
    let browser = site.browser();
    let form = browser.follow(browser.get("/account"));
    let answer = browser.submit(&form, "main form", &[("email", &somebody.email), ("password", given::PASSWORD)]);
    assert_eq!(answer.location(), "/account");
}

#[test]
fn a_wrong_password_and_an_unknown_address_look_alike() {
    let database = TestDatabase::new();
    let somebody = given::somebody(&mut database.connect(), "Ada Byron");
    let site = TestSite::on(&database);
    let answer = |email: &str| {
        let page = site.browser().post("/sign-in", &[("email", email), ("password", "a wrong password")]);
        (page.status, page.html.replace(email, "…"))
    };
    let (status, html) = answer(&somebody.email);
    assert_eq!(status, 422);
    assert_eq!(answer("nobody@example.org"), (status, html));
}

#[test]
fn too_many_tries_keep_what_was_typed() {
    let database = TestDatabase::new();
    let somebody = given::somebody(&mut database.connect(), "Ada Byron");
    let site = TestSite::throttled(&database);
    let answers: Vec<_> =
        (0..11).map(|_| site.browser().post("/sign-in", &[("email", somebody.email.as_str()), ("password", "a wrong one")])).collect();
    let last = answers.last().unwrap();
    assert_eq!(last.status, 429);
    assert!(last.says().contains("You can try again in 15 minutes"), "{}", last.says());
    assert!(last.html.contains(&somebody.email));
    assert!(last.header("retry-after").parse::<u64>().is_ok());
}
