//! When the house is there, and within how long it answers: changed by one admin at a time, with a reason, and told nobody's words
//! are lost.
use chrono::{TimeDelta, Utc};
use diesel::prelude::*;
use guildhall::db::Failure;
use guildhall::db::tickets::promised;
use guildhall::domain::ids::UserId;
use guildhall::domain::ticket::{Policy, Promise, PromiseRefused};
use guildhall::domain::words::Reason;
use guildhall::operations::tickets::{change_promise, keep_ticket_on_time};
use guildhall::schema::{act_words, tickets};

use super::{admin, ticket};
use crate::support::database::TestDatabase;
use crate::support::given::{self, patient};
use crate::support::invariants;
use crate::support::page::Page;
use crate::support::race::race;
use crate::support::site::TestSite;

/// What is promised round the clock, and within so many minutes.
pub fn round_the_clock(conn: &mut PgConnection, minutes: i32) -> Promise {
    within(promised(conn).expect("the promise").promise(), minutes)
}

/// Another promise made of this one: round the clock, and within so many minutes.
pub fn within(now: Promise, minutes: i32) -> Promise {
    let policies = now.policies.iter().map(|policy| Policy { answer: minutes, ..*policy }).collect();
    Promise { days: [(0, 24 * 60); 7], policies, ..now }
}

/// Changes it over an edition.
pub fn changes(conn: &mut PgConnection, by: UserId, seen: i64, promise: &Promise) -> Result<(), Failure<PromiseRefused>> {
    change_promise(&mut patient(conn), by, Some(seen), promise, &Reason::parse("We are more by now.").expect("a reason"))
}

fn value(page: &Page, field: &str) -> String {
    page.attribute(&format!("#{field}"), "value").unwrap_or_default()
}

#[test]
fn a_change_holds_for_everybody_who_waits() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let (ada, grace) = (given::somebody(conn, "Ada Byron"), admin(conn, "Grace Murray"));
    let id = ticket(conn, &ada);
    let site = TestSite::on(&database);
    let agent = site.signed_in(&grace.email);
    let form = agent.get("/admin/hours");
    assert_eq!((value(&form, "opens_0"), value(&form, "closes_4"), value(&form, "opens_5")), ("09:00".into(), "17:00".into(), "".into()));
    assert_eq!((value(&form, "answer_MONEY"), value(&form, "next_CONDUCT")), ("8:00".into(), "2:00".into()));
    let mut typed = vec![("zone", "Europe/Paris"), ("answer_OTHER", "0,5"), ("holidays", "2027-01-01"), ("reason", "We are more by now.")];
    let names: Vec<_> = (0..7).flat_map(|day| [format!("opens_{day}"), format!("closes_{day}")]).collect();
    typed.extend(names.iter().map(|name| (name.as_str(), "00:00")));
    let saved = agent.submit(&form, "form#edit", &typed);
    let page = agent.follow(saved);
    assert!(page.says().contains("within a minute"), "{}", page.says());
    assert!(page.text("main").contains("Grace Murray changed this"), "{}", page.says());
    assert_eq!((value(&page, "closes_6"), value(&page, "answer_OTHER")), ("00:00".into(), "0:30".into()));
    assert_eq!(page.text("#holidays"), "2027-01-01");
    assert!(keep_ticket_on_time(&mut patient(conn), id).expect("an answer"), "the next turn reckons anew");
    let due: Option<chrono::DateTime<Utc>> = tickets::table.find(id.0).select(tickets::due_at).first(conn).unwrap();
    assert!((due.unwrap() - Utc::now() - TimeDelta::minutes(30)).abs() < TimeDelta::minutes(1), "{due:?}");
    assert!(agent.get("/account/history").text("main").contains("You changed when the house is there"));
    // the same once more, from the form of before: nothing is changed, and nothing is wrong
    assert_eq!(agent.submit(&form, "form#edit", &typed).location(), "/admin/hours");
    assert_eq!(act_words::table.count().get_result::<i64>(conn).unwrap(), 1);
    assert_eq!(site.signed_in(&ada.email).get("/admin/hours").status, 404);
    invariants::hold(&database);
}

#[test]
fn everything_wrong_is_said_at_once_and_nothing_typed_is_lost() {
    let database = TestDatabase::new();
    let grace = admin(&mut database.connect(), "Grace Murray");
    let site = TestSite::on(&database);
    let agent = site.signed_in(&grace.email);
    let typed = [("opens_1", "17:00"), ("closes_1", "09:00"), ("answer_MONEY", "soon"), ("holidays", "Christmas"), ("reason", "")];
    let page = agent.submit(&agent.get("/admin/hours"), "form#edit", &typed);
    assert_eq!(page.status, 422);
    let wrong = page.each("[data-error-summary] a", |link| link.attr("href").unwrap().to_owned());
    assert_eq!(wrong, ["#closes_1", "#holidays", "#answer_MONEY", "#reason"]);
    assert!(wrong.iter().all(|id| page.has(id)), "each leads to its field");
    assert_eq!(
        (value(&page, "opens_1"), value(&page, "answer_MONEY"), page.text("#holidays")),
        ("17:00".into(), "soon".into(), "Christmas".into())
    );
}

#[test]
fn what_a_colleague_changed_alone_is_taken_over_and_the_rest_is_asked() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let (grace, lena) = (admin(conn, "Grace Murray"), admin(conn, "Lena Voss"));
    let site = TestSite::on(&database);
    let (first, second) = (site.signed_in(&grace.email), site.signed_in(&lena.email));
    let form = second.get("/admin/hours");
    let theirs = [("zone", "Europe/Paris"), ("answer_MONEY", "4"), ("reason", "A new colleague.")];
    first.submit(&first.get("/admin/hours"), "form#edit", &theirs).location();
    let page = second.submit(&form, "form#edit", &[("answer_MONEY", "6"), ("next_MONEY", "3"), ("reason", "Money first.")]);
    assert_eq!((page.status, page.texts("[data-conflict] legend")), (409, vec!["Money: an answer within".to_owned()]));
    let told = page.text("[data-conflict]");
    assert!(told.contains("taken over below: Time zone.") && told.contains("kept below: Money: after it was passed on."), "{told}");
    assert_eq!((value(&page, "answer_MONEY"), page.text("#reason")), ("6".into(), "Money first.".into()));
    second.submit(&page, "form#edit", &[("take.answer_MONEY", "theirs")]).location();
    let now = first.get("/admin/hours");
    let shown = (now.text("#zone option[selected]"), value(&now, "answer_MONEY"), value(&now, "next_MONEY"));
    assert_eq!(shown, ("Europe/Paris".to_owned(), "4:00".to_owned(), "3:00".to_owned()));
    invariants::hold(&database);
}

#[test]
fn of_many_who_saw_one_edition_one_makes_the_next() {
    let database = TestDatabase::new();
    let admins: Vec<_> = (0..8).map(|place| admin(&mut database.connect(), &format!("Admin {place}")).id).collect();
    for edition in 1..=3 {
        let done = race(&database, admins.len(), |place, conn| {
            // each means something else, so that none of them is a repetition
            let promise = round_the_clock(conn, 60 * i32::try_from(edition).unwrap() + i32::try_from(place).unwrap());
            match changes(conn, admins[place], edition, &promise) {
                Ok(()) => true,
                Err(Failure::Refused(PromiseRefused::Changed { seen, now })) => {
                    assert_eq!((seen, now), (edition, edition + 1));
                    false
                }
                Err(other) => panic!("{other:?}"),
            }
        });
        assert_eq!(done.iter().filter(|won| **won).count(), 1, "{done:?}");
    }
    let ada = given::somebody(&mut database.connect(), "Ada Byron");
    let conn = &mut database.connect();
    let promise = round_the_clock(conn, 1);
    assert!(matches!(changes(conn, ada.id, 4, &promise), Err(Failure::Refused(PromiseRefused::Missing))));
    invariants::hold(&database);
}
