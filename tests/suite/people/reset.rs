//! A new password by a link: once, for a while, and telling nobody who has an account.
use std::time::{Duration, Instant};

use diesel::prelude::*;
use guildhall::domain::organisation::InvitationToken;
use guildhall::domain::user::LinkRefused;
use guildhall::operations::people::{ask_reset, reset_password};
use guildhall::schema::{link_requests, users};

use crate::mails::links;
use crate::support::database::TestDatabase;
use crate::support::given::{self, Somebody, patient};
use crate::support::invariants;
use crate::support::race::race;
use crate::support::site::TestSite;

/// Asks as whoever does not know the password, and answers the link's path.
pub fn asked(database: &TestDatabase, somebody: &Somebody) -> String {
    let email = guildhall::domain::words::Email::parse(&somebody.email).expect("an address");
    ask_reset(&mut patient(&mut database.connect()), &email, "192.0.2.7", None).expect("a request");
    links(database).pop().expect("a link").1
}

/// What a link holds.
pub fn token(path: &str) -> InvitationToken {
    InvitationToken::parse(path.rsplit('/').next().unwrap_or_default()).expect("a token")
}

#[test]
fn a_link_sets_a_new_password_once_and_ends_all_sign_ins() {
    let database = TestDatabase::new();
    let somebody = given::somebody(&mut database.connect(), "Ada Byron");
    let site = TestSite::on(&database);
    let there = site.signed_in(&somebody.email);
    let visitor = site.browser();
    let form = visitor.get("/forgot");
    assert_eq!(visitor.submit(&form, "main form", &[("email", &somebody.email.to_uppercase())]).location(), "/forgot/sent");
    let (to, path) = links(&database).pop().expect("a link");
    assert_eq!(to, somebody.email);
    // looking uses nothing up
    let form = visitor.get(&path);
    assert_eq!((form.status, form.header("referrer-policy"), form.header("cache-control")), (200, "strict-origin", "no-store"));
    assert_eq!(visitor.get(&path).status, 200);
    let short = visitor.submit(&form, "main form", &[("new_password", "short")]);
    assert_eq!((short.status, short.texts(".wrong").len()), (422, 1));
    assert_eq!(visitor.submit(&form, "main form", &[("new_password", "battery staple")]).location(), "/sign-in");
    assert_eq!(there.get("/account").status, 303, "all sign-ins end");
    site.browser().sign_in(&somebody.email, "battery staple");
    for again in [visitor.get(&path), visitor.submit(&form, "main form", &[("new_password", "another staple")])] {
        assert_eq!(again.status, 409);
        assert!(again.says().contains("used already"), "{}", again.says());
    }
    assert_eq!(visitor.get(&format!("/reset/{}", "0".repeat(64))).status, 404);
    assert_eq!(visitor.get("/reset/nonsense").status, 404);
    invariants::hold(&database);
}

#[test]
fn an_unknown_address_gets_the_same_answer_in_the_same_time() {
    let database = TestDatabase::new();
    let somebody = given::somebody(&mut database.connect(), "Ada Byron");
    let site = TestSite::on(&database);
    let ask = |email: &str| {
        let began = Instant::now();
        let page = site.browser().post("/forgot", &[("email", email)]);
        (page.status, page.location().to_owned(), page.html.clone(), began.elapsed())
    };
    ask("first@example.org");
    let mut known: Vec<Duration> = Vec::new();
    let mut unknown: Vec<Duration> = Vec::new();
    for place in 0..40 {
        let (a, b) = (ask(&somebody.email), ask(&format!("nobody.{place}@example.org")));
        assert_eq!((a.0, &a.1, &a.2), (b.0, &b.1, &b.2));
        known.push(a.3);
        unknown.push(b.3);
    }
    known.sort();
    unknown.sort();
    let (known, unknown) = (known[20], unknown[20]);
    println!("median {known:?} for a known address, {unknown:?} for an unknown one");
    assert!(known < unknown * 2 && unknown < known * 2, "{known:?} {unknown:?}");
    assert_eq!(links(&database).len(), 1, "of many asked for in an hour the last one of a few works");
    // what was typed is kept nowhere
    let kept = link_requests::table.filter(link_requests::email.is_not_null()).count().get_result::<i64>(&mut database.connect());
    assert_eq!(kept, Ok(0));
}

#[test]
fn who_asks_too_often_from_one_place_waits() {
    let database = TestDatabase::new();
    let site = TestSite::throttled(&database);
    let answers: Vec<_> = (0..101).map(|place| site.browser().post("/forgot", &[("email", &format!("a{place}@example.org"))])).collect();
    assert!(answers[..100].iter().all(|answer| answer.status == 303));
    assert_eq!(answers[100].status, 429);
    assert!(answers[100].header("retry-after").parse::<u64>().is_ok());
}

#[test]
fn only_the_newest_link_works_and_only_for_an_hour() {
    let database = TestDatabase::new();
    let somebody = given::somebody(&mut database.connect(), "Ada Byron");
    let (first, second) = (asked(&database, &somebody), asked(&database, &somebody));
    let mut conn = database.connect();
    let mut reset = |path: &str| reset_password(&mut patient(&mut conn), &token(path), "a hash");
    assert!(matches!(reset(&first), Err(guildhall::db::Failure::Refused(LinkRefused::Ended))));
    let age = "UPDATE account_links SET made_at = made_at - interval '2 hours', expires_at = expires_at - interval '61 minutes' WHERE ended_at IS NULL";
    diesel::sql_query(age).execute(&mut database.connect()).unwrap();
    assert!(matches!(reset(&second), Err(guildhall::db::Failure::Refused(LinkRefused::Expired(_)))));
}

#[test]
fn of_many_clicks_at_once_on_one_link_one_wins() {
    for clients in [2, 16] {
        let database = TestDatabase::new();
        let somebody = given::somebody(&mut database.connect(), "Ada Byron");
        let token = token(&asked(&database, &somebody));
        let done = race(&database, clients, |place, conn| reset_password(&mut patient(conn), &token, &format!("hash {place}")));
        let won: Vec<_> = done.iter().enumerate().filter(|(_, done)| done.is_ok()).map(|(place, _)| place).collect();
        assert_eq!(won.len(), 1, "{done:?}");
        assert!(
            done.iter().filter(|done| done.is_err()).all(|done| matches!(done, Err(guildhall::db::Failure::Refused(LinkRefused::Used))))
        );
        let hash: String = users::table.find(somebody.id.0).select(users::password_hash).first(&mut database.connect()).unwrap();
        assert_eq!(hash, format!("hash {}", won[0]), "the winner's password stands");
        invariants::hold(&database);
    }
}
