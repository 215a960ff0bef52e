//! Making an account.
use std::sync::Barrier;

use diesel::prelude::*;
use guildhall::db::Failure;
use guildhall::domain::user::TimeZoneName;
use guildhall::domain::words::{Email, OrganisationName, PersonName};
use guildhall::operations::people::{NewAdmin, Purpose, SignUp, SignUpRefused, make_admin, sign_up};
use guildhall::schema::{freelancers, memberships, organisations, users};

use crate::support::database::TestDatabase;
use crate::support::site::TestSite;
use crate::support::{given, invariants};

fn new(email: &str, purpose: Purpose) -> SignUp {
    SignUp {
        email: Email::parse(email).unwrap(),
        name: PersonName::parse("Nadia Osei").unwrap(),
        password_hash: "no password fits".to_owned(),
        time_zone: TimeZoneName::default(),
        purpose,
    }
}

#[test]
fn one_address_has_one_account_however_it_is_written() {
    let database = TestDatabase::new();
    let (start, spellings) = (Barrier::new(8), ["nadia@example.org", "Nadia@Example.org", " NADIA@example.org"]);
    let answers: Vec<_> = std::thread::scope(|scope| {
        let racers: Vec<_> = (0..8)
            .map(|place| {
                let (database, start) = (&database, &start);
                scope.spawn(move || {
                    let mut conn = database.connect();
                    let client = Purpose::Client(OrganisationName::parse("Harbour Foods").unwrap());
                    let new = new(spellings[place % 3], client);
                    start.wait();
                    sign_up(&mut given::patient(&mut conn), &new)
                })
            })
            .collect();
        racers.into_iter().map(|racer| racer.join().unwrap()).collect()
    });
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1);
    for answer in answers.into_iter().filter_map(Result::err) {
        assert!(matches!(answer, Failure::Refused(SignUpRefused::EmailTaken)), "{answer:?}");
    }
    let conn = &mut database.connect();
    assert_eq!(users::table.count().get_result(conn), Ok(1));
    assert_eq!(organisations::table.count().get_result(conn), Ok(1));
    invariants::hold(&database);
}

#[test]
fn an_account_comes_with_what_it_is_for() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let client = Purpose::Client(OrganisationName::parse("Harbour Foods").unwrap());
    let client = sign_up(&mut given::patient(conn), &new("client@example.org", client)).unwrap().user;
    let freelancer = sign_up(&mut given::patient(conn), &new("freelancer@example.org", Purpose::Freelancer)).unwrap().user;
    sign_up(&mut given::patient(conn), &new("colleague@example.org", Purpose::Colleague)).unwrap();
    let owners: Vec<(i64, String)> = memberships::table.select((memberships::user_id, memberships::role)).load(conn).unwrap();
    assert_eq!(owners, [(client.0, "OWNER".to_owned())]);
    assert_eq!(freelancers::table.select(freelancers::user_id).load::<i64>(conn).unwrap(), [freelancer.0]);
    invariants::hold(&database);
}

#[test]
fn an_admin_is_made_of_a_new_account_or_of_the_one_that_there_is() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let known = given::somebody(conn, "Ada Byron");
    let admin = |email: &str| NewAdmin {
        email: Email::parse(email).unwrap(),
        name: PersonName::parse("House Keeper").unwrap(),
        password_hash: "no password fits".to_owned(),
    };
    let made = make_admin(&mut given::patient(conn), &admin("keeper@example.org")).unwrap();
    assert_eq!(make_admin(&mut given::patient(conn), &admin(&known.email.to_uppercase())).unwrap(), known.id);
    assert_eq!(make_admin(&mut given::patient(conn), &admin("keeper@example.org")).unwrap(), made);
    let names: Vec<String> = users::table.filter(users::is_admin).order(users::id).select(users::name).load(conn).unwrap();
    assert_eq!(names, ["Ada Byron", "House Keeper"]);
    invariants::hold(&database);
}

#[test]
fn signing_up_signs_in_and_a_second_click_does_no_harm() {
    let database = TestDatabase::new();
    let site = TestSite::on(&database);
    let browser = site.browser();
    let form = browser.get("/sign-up?as=client");
    let typed = [("name", "Nadia Osei"), ("email", "nadia@example.org"), ("password", "correct horse"), ("organisation", "Harbour Foods")];
    assert_eq!(browser.submit(&form, "main form", &typed).location(), "/dashboard");
    assert_eq!(browser.submit(&form, "main form", &typed).location(), "/dashboard");
    assert_eq!(browser.get("/account").text(".me a"), "Nadia Osei");
    assert_eq!(users::table.count().get_result(&mut database.connect()), Ok(1));
    // with another password it is somebody else's address
    let stranger = site.browser();
    let other = [("password", "another password")];
    let answer = stranger.submit(&form, "main form", &[&typed[..2], &typed[3..], &other].concat());
    assert_eq!((answer.status, stranger.get("/account").status), (422, 303));
}

#[test]
fn everything_wrong_with_a_sign_up_is_said_at_once_and_nothing_typed_is_lost() {
    let database = TestDatabase::new();
    let site = TestSite::on(&database);
    let browser = site.browser();
    let form = browser.get("/sign-up");
    let page =
        browser.submit(&form, "main form", &[("name", "Nadia"), ("email", "nadia"), ("password", "short"), ("organisation", "Harbour")]);
    assert_eq!(page.status, 422);
    assert_eq!(page.each("[data-error-summary] a", |link| link.attr("href").unwrap().to_owned()), ["#as", "#email", "#password"]);
    assert!(page.text("title").starts_with("Error: "));
    let value = |name: &str| page.attribute(&format!("main input[name={name}]"), "value");
    assert_eq!(value("name").as_deref(), Some("Nadia"));
    assert_eq!(value("email").as_deref(), Some("nadia"));
    assert_eq!(value("organisation").as_deref(), Some("Harbour"));
    assert_eq!(value("password"), None);
}
