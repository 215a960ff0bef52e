//! The rush before the deadline: many freelancers send a proposal at the same moment, while the client decides.
use diesel::prelude::*;
use guildhall::schema::{projects, proposals};

use super::desks::{BUSY, desks};
use crate::support::browser::Browser;
use crate::support::given;
use crate::support::invariants;
use crate::support::page::Page;
use crate::support::race::start_together;
use crate::support::site::TestSite;

const FREELANCERS: usize = 50;
const WORDS: [(&str, &str); 4] =
    [("amount", "6400"), ("days", "20"), ("cover_letter", "I have built two of these."), ("scope_version", "1")];

#[test]
fn fifty_freelancers_send_at_once_and_all_are_counted() {
    let (database, project) = given::database_with_open_project(0);
    let site = TestSite::on(&database);
    let mut conn = database.connect();
    let people: Vec<_> = (0..FREELANCERS).map(|place| given::freelancer(&mut conn, &format!("Freelancer {place}"))).collect();
    let browsers: Vec<_> = people.iter().map(|person| site.signed_in(&person.email)).collect();
    let address = format!("/projects/{}/proposals", project.id);
    let answers = start_together(FREELANCERS, |place| browsers[place].clone(), |_, browser| browser.post(&address, &WORDS));
    let busy = answers.iter().filter(|page| page.status == 409).count();
    for (browser, page) in browsers.iter().zip(&answers) {
        check_sent(&address, browser, page);
    }
    println!("{FREELANCERS} proposals at once: {} sent at the first go, {busy} at the second", FREELANCERS - busy);
    let sent: i64 = proposals::table.filter(proposals::status.eq("PENDING")).count().get_result(&mut conn).unwrap();
    let counted: i32 = projects::table.find(project.id.0).select(projects::proposal_count).first(&mut conn).unwrap();
    assert_eq!((usize::try_from(sent).unwrap(), usize::try_from(counted).unwrap()), (FREELANCERS, FREELANCERS));
    invariants::hold(&database);
}

/// Sent, or told that nothing was done: then the same once more is sent.
fn check_sent(address: &str, browser: &Browser, page: &Page) {
    let page = if page.status == 409 {
        assert!(page.says().contains(BUSY) && !page.header("retry-after").is_empty(), "{}", page.says());
        browser.post(address, &WORDS)
    } else {
        page.clone()
    };
    assert!(page.location().starts_with("/proposals/"), "{}", page.says());
}

#[test]
fn a_double_click_sends_one_proposal() {
    let (database, project) = given::database_with_open_project(0);
    let site = TestSite::on(&database);
    let browser = site.signed_in(&given::freelancer(&mut database.connect(), "Ada Byron").email);
    let address = format!("/projects/{}/proposals", project.id);
    let pages = start_together(8, |_| browser.clone(), |_, browser| browser.post(&address, &WORDS));
    let leads: Vec<_> = pages.iter().map(|page| page.location().to_owned()).collect();
    assert!(leads.iter().all(|lead| *lead == leads[0]), "{leads:?}");
    let versions: Vec<i32> = proposals::table.select(proposals::version).load(&mut database.connect()).unwrap();
    assert_eq!(versions, [1]);
    invariants::hold(&database);
}

#[test]
fn whoever_sends_while_the_client_decides_is_in_time_or_is_told() {
    let (database, project) = given::database_with_open_project(1);
    let site = TestSite::on(&database);
    let desk = desks(&database, &site, &project, 1).remove(0);
    let mut conn = database.connect();
    let people: Vec<_> = (0..8).map(|place| given::freelancer(&mut conn, &format!("Freelancer {place}"))).collect();
    let browsers: Vec<_> = people.iter().map(|person| site.signed_in(&person.email)).collect();
    let address = format!("/projects/{}/proposals", project.id);
    let pages = start_together(
        9,
        |_| (),
        |place, ()| match browsers.get(place) {
            Some(browser) => browser.post(&address, &WORDS),
            None => desk.accept(project.proposals[0]).page,
        },
    );
    assert!(pages[8].location().starts_with("/contracts/"));
    let late: Vec<_> = pages[..8].iter().filter(|page| page.status != 303).collect();
    for page in &late {
        assert_eq!(page.status, 409);
        assert!(page.has("[data-conflict] h1") && page.has("textarea, [data-kept], main"), "{}", page.says());
        assert!(page.html.contains("I have built two of these."), "what was typed is kept: {}", page.says());
    }
    println!("8 proposals beside an award: {} in time, {} told that they came too late", 8 - late.len(), late.len());
    let sent: i64 = proposals::table.count().get_result(&mut conn).unwrap();
    assert_eq!(usize::try_from(sent).unwrap(), 9 - late.len());
    invariants::hold(&database);
}
