//! The list of open projects.
use chrono::TimeDelta;
use diesel::prelude::*;
use guildhall::domain::ids::ProjectId;
use guildhall::schema::projects;

use crate::support::browser::Browser;
use crate::support::database::TestDatabase;
use crate::support::given;
use crate::support::page::Page;
use crate::support::site::TestSite;

/// So many open projects of one organisation, oldest first, three to each moment of publication.
fn open_projects(conn: &mut PgConnection, count: i64) -> Vec<ProjectId> {
    let organisation = given::organisation(conn);
    let make = |place: i64| {
        let id = given::published(conn, &organisation);
        let published = given::in_days(-1) + TimeDelta::minutes(place / 3);
        diesel::update(projects::table.find(id.0)).set(projects::published_at.eq(published)).execute(conn).unwrap();
        id
    };
    (0..count).map(make).collect()
}

fn listed(page: &Page) -> Vec<i64> {
    page.each("main h3 a", |link| link.attr("href").unwrap().trim_start_matches("/projects/").parse().unwrap())
}

fn next(browser: &Browser, page: &Page) -> Page {
    browser.get(&page.attribute("a[rel=next]", "href").expect("a next page"))
}

#[test]
fn every_project_is_on_one_page_only_while_others_come_and_go() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let mut ids: Vec<i64> = open_projects(conn, 45).into_iter().map(|id| id.0).collect();
    ids.reverse();
    let site = TestSite::on(&database);
    let browser = site.browser();
    let first = browser.get("/");
    assert_eq!(listed(&first), ids[..20]);
    // a new one above, and the page's own last one gone, move nothing
    let organisation = given::organisation(conn);
    let newest = given::published(conn, &organisation);
    diesel::update(projects::table.find(ids[19])).set(projects::status.eq("CANCELLED")).execute(conn).unwrap();
    let second = next(&browser, &first);
    assert_eq!(listed(&second), ids[20..40]);
    let third = next(&browser, &second);
    assert_eq!(listed(&third), ids[40..]);
    assert!(!third.has("a[rel=next]"));
    assert_eq!(listed(&browser.get("/projects"))[0], newest.0);
    assert!(browser.get(&format!("/projects?after={}", ids[44])).says().contains("This was the end of the list."));
}

#[test]
fn filters_stand_in_the_address_and_come_off_one_by_one() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let ids = open_projects(conn, 3);
    let change = |conn: &mut PgConnection, place: usize, title: &str, skills: &[&str], budget: i64, days: i64| {
        let words = (projects::title.eq(title), projects::skills.eq(skills.iter().map(|skill| (*skill).to_owned()).collect::<Vec<_>>()));
        let terms = (projects::budget_min.eq(budget), projects::budget_max.eq(budget), projects::deadline.eq(given::in_days(days)));
        diesel::update(projects::table.find(ids[place].0)).set((words, terms)).execute(conn).unwrap();
    };
    change(conn, 0, "Translate a guide", &["French"], 90_000, 3);
    change(conn, 1, "Labels for a depot", &["Rust", "Web"], 500_000, 20);
    change(conn, 2, "Payment page audit", &["web"], 700_000, 60);
    let site = TestSite::on(&database);
    let browser = site.browser();
    let found = |query: &str| listed(&browser.get(&format!("/projects?{query}")));
    let (guide, labels, audit) = (ids[0].0, ids[1].0, ids[2].0);
    assert_eq!(found("q=labels"), [labels]);
    assert_eq!(found("skill=WEB"), [audit, labels]);
    assert_eq!(found("min=1000&max=6000"), [labels]);
    assert_eq!(found("closing=7"), [guide]);
    assert_eq!(found("kind=HOURLY"), [0; 0]);
    assert_eq!(found("sort=closing"), [guide, labels, audit]);
    assert_eq!(found("sort=budget"), [audit, labels, guide]);

    let form = browser.get("/projects");
    let page = browser.submit(&form, "search form", &[("skill", "web"), ("max", "6000"), ("sort", "budget")]);
    assert_eq!(listed(&page), [labels]);
    assert_eq!(page.texts(".chosen li").len(), 2);
    let without = page.each(".chosen a", |link| link.attr("href").unwrap().to_owned());
    assert_eq!(listed(&browser.get(&without[1])), [audit, labels]);
    let none = browser.get("/projects?q=dirigible&min=5");
    assert!(none.says().contains("No project matches") && none.says().contains("“dirigible”, Budget from 5"), "{}", none.says());
}

#[test]
fn nonsense_in_the_address_shows_the_whole_list() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let ids = open_projects(conn, 2);
    let draft = {
        let organisation = given::organisation(conn);
        given::draft(conn, &organisation)
    };
    let site = TestSite::on(&database);
    let browser = site.browser();
    let odd = [
        "q=%00",
        "min=-5&max=x",
        "min=1e9",
        "kind=GIFT",
        "closing=-1",
        "closing=999999999999",
        "sort=%27%3B--",
        "after=x",
        "after=-1",
        "after=99999999999999999999",
        "=&=&&",
        "q&skill&after",
        "kind=FIXED&kind=HOURLY",
        "%",
        "a=%zz",
    ];
    for query in odd {
        let page = browser.get(&format!("/projects?{query}"));
        assert_eq!((page.status, listed(&page).len()), (200, 2), "{query}");
    }
    for query in ["q=%ff%fe", "q=%22%20OR%20%26%20!", "q=((('", "skill=%ff", "max=0.01", &format!("q={}", "a%20".repeat(2000))] {
        assert_eq!(browser.get(&format!("/projects?{query}")).status, 200, "{query}");
    }
    // a draft's day and budget are not told by what comes after it
    for order in ["", "closing", "budget"] {
        let page = browser.get(&format!("/projects?sort={order}&after={draft}"));
        assert_eq!((page.status, listed(&page).len()), (200, 0), "{order}");
    }
    assert_eq!(listed(&browser.get(&format!("/projects?after={}", ids[1]))), [ids[0].0]);
}

#[test]
fn a_project_past_its_deadline_says_that_proposals_closed() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let ids = open_projects(conn, 1);
    diesel::update(projects::table.find(ids[0].0)).set(projects::deadline.eq(given::in_days(-1))).execute(conn).unwrap();
    let site = TestSite::on(&database);
    let browser = site.browser();
    assert!(browser.get("/").text(".sum").contains("Proposals closed"));
    let page = browser.get(&format!("/projects/{}", ids[0]));
    assert!(page.says().contains("Proposals closed. Harbour Foods decides."), "{}", page.says());
}
