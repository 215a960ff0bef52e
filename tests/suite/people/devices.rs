//! Where somebody is signed in, and from where it was tried.
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use guildhall::db::sign_ins::purge;
use guildhall::operations::people::end_sign_in;
use guildhall::schema::{sessions, sign_ins};

use crate::support::browser::Browser;
use crate::support::database::TestDatabase;
use crate::support::given::{self, Somebody, patient};
use crate::support::race::start_together;
use crate::support::site::TestSite;
use crate::support::wait;

const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
const PHONE: &str = "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Mobile Safari/537.36";

fn signed_in(site: &TestSite, agent: &str, somebody: &Somebody) -> Browser {
    let browser = Browser::called(&site.url(), agent);
    browser.sign_in(&somebody.email, given::PASSWORD);
    browser
}

#[test]
fn each_device_is_named_and_can_be_ended_from_another() {
    let database = TestDatabase::new();
    let somebody = given::somebody(&mut database.connect(), "Ada Byron");
    let site = TestSite::on(&database);
    let (desk, phone) = (signed_in(&site, FIREFOX, &somebody), signed_in(&site, PHONE, &somebody));
    let page = desk.get("/account/sign-ins");
    assert_eq!(page.texts("li.entry h2"), ["Chrome on Android", "Firefox on Linux"]);
    assert!(page.text("li.entry:nth-child(2)").contains("This device") && !page.text("li.entry:nth-child(1)").contains("This device"));
    assert!(page.says().contains("From 127.0.0.1"), "{}", page.says());
    let end = page.attribute("li.entry:nth-child(1) form", "action").unwrap();
    assert_eq!(phone.get("/account").status, 200);
    let ended = desk.follow(desk.post(&end, &[]));
    assert!(ended.says().contains("That sign-in was ended."), "{}", ended.says());
    assert_eq!(phone.get("/account").location(), "/sign-in?next=%2Faccount");
    // a second click says what is the case, and one's own leads out
    assert!(desk.follow(desk.post(&end, &[])).says().contains("had ended already"));
    let own = desk.get("/account/sign-ins").attribute("li.entry form", "action").unwrap();
    assert_eq!(desk.post(&own, &[]).location(), "/sign-in");
    assert_eq!(desk.get("/account").location(), "/sign-in?next=%2Faccount");
}

#[test]
fn nobody_ends_another_person_s_sign_in() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let (ada, eve) = (given::somebody(conn, "Ada Byron"), given::somebody(conn, "Eve Moneypenny"));
    let site = TestSite::on(&database);
    let (desk, other) = (signed_in(&site, FIREFOX, &ada), signed_in(&site, PHONE, &eve));
    let end = desk.get("/account/sign-ins").attribute("li.entry form", "action").unwrap();
    assert!(other.follow(other.post(&end, &[])).says().contains("had ended already"));
    assert_eq!(desk.get("/account").status, 200);
}

#[test]
fn wrong_passwords_are_told_to_whom_they_concern_alone() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let somebody = given::somebody(conn, "Ada Byron");
    let site = TestSite::on(&database);
    for email in [somebody.email.as_str(), "nobody@example.org"] {
        Browser::called(&site.url(), PHONE).post("/sign-in", &[("email", email), ("password", "a wrong password")]);
    }
    wait::until("it is noted", || sign_ins::table.count().get_result(conn) == Ok(1_i64));
    let page = signed_in(&site, FIREFOX, &somebody).get("/account/sign-ins");
    assert_eq!(page.texts("ol.timeline strong"), ["Wrong password"]);
    assert!(page.text("ol.timeline li:nth-child(2)").contains("Chrome on Android, from 127.0.0.1"));
    assert!(page.text("ol.timeline li:nth-child(1)").contains("Signed in Firefox on Linux"), "{}", page.says());
}

#[test]
fn that_a_sign_in_is_used_is_noted_once_an_hour() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let somebody = given::somebody(conn, "Ada Byron");
    let site = TestSite::on(&database);
    let desk = signed_in(&site, FIREFOX, &somebody);
    let seen = |conn: &mut PgConnection| sessions::table.select(sessions::seen_at).first::<chrono::DateTime<chrono::Utc>>(conn).unwrap();
    let first = seen(conn);
    desk.get("/account");
    assert_eq!(seen(conn), first);
    conn.batch_execute("UPDATE sessions SET seen_at = seen_at - interval '2 hours'").unwrap();
    desk.get("/account");
    assert!(seen(conn) >= first);
}

#[test]
fn of_many_clicks_one_ends_it() {
    let database = TestDatabase::new();
    let somebody = given::somebody(&mut database.connect(), "Ada Byron");
    let site = TestSite::on(&database);
    signed_in(&site, FIREFOX, &somebody);
    let id = sessions::table.select(sessions::id).first::<i64>(&mut database.connect()).unwrap();
    let ended = start_together(8, |_| database.connect(), |_, mut conn| end_sign_in(&mut patient(&mut conn), somebody.id, id).unwrap());
    assert_eq!(ended.into_iter().filter(|ended| *ended).count(), 1);
}

#[test]
fn what_is_old_is_cleared_out() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let somebody = given::somebody(conn, "Ada Byron");
    let rows = format!(
        "INSERT INTO sign_ins (user_id, outcome, agent, address, at) SELECT {}, 'SIGNED_IN', '', '', now() - d * interval '1 day' \
         FROM unnest(ARRAY[0, 89, 91, 400]) d",
        somebody.id
    );
    conn.batch_execute(&rows).unwrap();
    let now = guildhall::db::clock(conn).unwrap();
    assert_eq!(purge(conn, now), Ok(2));
}
