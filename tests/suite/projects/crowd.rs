//! Visitors who ask for the same page at the same time share one reading of it, and none of them sees an old one.
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{Array, Integer};
use guildhall::schema::projects;

use crate::support::browser::Browser;
use crate::support::database::TestDatabase;
use crate::support::freeze::{freeze, thaw};
use crate::support::given;
use crate::support::site::TestSite;
use crate::support::statements::{asked, listen};

const TOGETHER: usize = 20;

/// PostgreSQL's processes that serve the site of this database.
fn serving(conn: &mut PgConnection) -> Vec<i32> {
    diesel::select(sql::<Array<Integer>>(
        "ARRAY(SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'guildhall' AND pid <> pg_backend_pid())",
    ))
    .get_result(conn)
    .unwrap()
}

/// How often the list was read when so many asked for it while the database did not answer, and the list changed meanwhile.
fn readings(database: &TestDatabase, site: &TestSite, browsers: &[Browser], title: &str) -> usize {
    let conn = &mut database.connect();
    site.browser().get("/");
    let (pages, statements) = asked(database, || {
        let serving = serving(conn);
        serving.iter().copied().for_each(freeze);
        thread::scope(|scope| {
            // the one connection that there is
            scope.spawn(|| site.browser().get("/projects?q=something+else"));
            thread::sleep(Duration::from_millis(200));
            let asking: Vec<_> = browsers.iter().map(|browser| scope.spawn(|| browser.get("/"))).collect();
            thread::sleep(Duration::from_millis(500));
            diesel::update(projects::table).set(projects::title.eq(title)).execute(conn).unwrap();
            serving.iter().copied().for_each(thaw);
            asking.into_iter().map(|asking| asking.join().unwrap()).collect::<Vec<_>>()
        })
    });
    for page in &pages {
        assert_eq!(page.texts("main h3 a"), [title], "a page from before it was asked for");
    }
    statements.iter().filter(|sql| sql.contains("\"projects\".\"excerpt\"") && !sql.contains("websearch")).count()
}

#[test]
fn visitors_who_come_together_share_one_reading() {
    listen();
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let organisation = given::organisation(conn);
    given::published(conn, &organisation);
    let reader = given::somebody(conn, "Ada Byron");
    let site = TestSite::with(&database, 1);
    let visitors: Vec<Browser> = (0..TOGETHER).map(|_| site.browser()).collect();
    let shared = readings(&database, &site, &visitors, "Seen by visitors");
    assert!((1..=TOGETHER / 2).contains(&shared), "{shared} readings for {TOGETHER} visitors");
    // a page that names its reader is read for each of them
    let signed_in: Vec<Browser> = (0..TOGETHER).map(|_| site.signed_in(&reader.email)).collect();
    assert_eq!(readings(&database, &site, &signed_in, "Seen by members"), TOGETHER);
}

#[test]
fn whoever_asks_after_a_change_sees_it_however_many_are_asking() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let organisation = given::organisation(conn);
    given::published(conn, &organisation);
    let site = TestSite::on(&database);
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        for _ in 0..6 {
            scope.spawn(|| {
                let browser = site.browser();
                while !done.load(Ordering::Relaxed) {
                    browser.get("/");
                }
            });
        }
        let browser = site.browser();
        for turn in 0..60 {
            let title = format!("Turn {turn}");
            diesel::update(projects::table).set(projects::title.eq(&title)).execute(conn).unwrap();
            let seen = browser.get("/").texts("main h3 a");
            if seen != [title.as_str()] {
                done.store(true, Ordering::Relaxed);
                panic!("{seen:?} after {title}");
            }
        }
        done.store(true, Ordering::Relaxed);
    });
}
