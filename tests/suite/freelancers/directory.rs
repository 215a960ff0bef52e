//! The directory of freelancers.
use diesel::prelude::*;
use guildhall::schema::freelancers;

use crate::support::database::TestDatabase;
use crate::support::given;
use crate::support::page::Page;
use crate::support::site::TestSite;

fn names(page: &Page) -> Vec<String> {
    assert_eq!(page.status, 200, "{}", page.path);
    page.texts("main h3 a")
}

/// Three, of whom each can be found by something else.
fn three(database: &TestDatabase) {
    let conn = &mut database.connect();
    for (name, headline, skills, rate, currency, from, hours) in [
        ("Ada Byron", "Stock systems", "{Rust,PostgreSQL}", 8_500, "EUR", "2020-01-01", 40),
        ("Ivo Tanaka", "Small teams, short releases", "{TypeScript}", 6_000, "EUR", "2199-01-01", 20),
        ("Mira Lindqvist", "Databases", "{postgresql,Python}", 6_000, "USD", "2020-01-01", 10),
    ] {
        let id = given::freelancer(conn, name).id;
        let statement = format!(
            "UPDATE freelancers SET headline = '{headline}', skills = '{skills}', rate = {rate}, currency = '{currency}',
             available_from = '{from}', hours_a_week = {hours}, about = 'I repair **scanners**.' WHERE user_id = {id}"
        );
        diesel::sql_query(statement).execute(conn).expect("a profile");
    }
}

#[test]
fn everybody_who_is_listed_is_found_by_what_they_say() {
    let database = TestDatabase::new();
    three(&database);
    let site = TestSite::on(&database);
    let found = |query: &str| names(&site.browser().get(&format!("/freelancers{query}")));
    assert_eq!(found(""), ["Mira Lindqvist", "Ivo Tanaka", "Ada Byron"]);
    for (query, expected) in [
        ("?q=scanner", &["Mira Lindqvist", "Ivo Tanaka", "Ada Byron"][..]),
        ("?q=databases", &["Mira Lindqvist"]),
        ("?skill=%20POSTGRESQL", &["Mira Lindqvist", "Ada Byron"]),
        ("?rate_max=60", &["Ivo Tanaka"]),
        ("?rate_max=60&currency=USD", &["Mira Lindqvist"]),
        ("?rate_max=85", &["Ivo Tanaka", "Ada Byron"]),
        ("?available=0", &["Mira Lindqvist", "Ada Byron"]),
        ("?available=0&skill=rust&q=stock&rate_max=85.00", &["Ada Byron"]),
        ("?q=%00&rate_max=x&available=-1&after=x&currency=1", &["Mira Lindqvist", "Ivo Tanaka", "Ada Byron"]),
    ] {
        assert_eq!(found(query), expected, "{query}");
    }
    let empty = site.browser().get("/freelancers?skill=cobol&available=0");
    assert!(names(&empty).is_empty());
    assert_eq!(empty.texts(".chosen a"), ["Skill: cobol (remove this filter)", "Available now (remove this filter)"]);
    assert_eq!(empty.attribute(".chosen a", "href").as_deref(), Some("/freelancers?available=0"));
    let ada = site.browser().get("/freelancers?skill=rust").text("main li.entry");
    assert!(ada.contains("€85.00 an hour") && ada.contains("Available now, 40 hours a week"), "{ada}");
}

#[test]
fn whoever_would_rather_not_is_left_out() {
    let database = TestDatabase::new();
    three(&database);
    let site = TestSite::on(&database);
    let person = given::freelancer(&mut database.connect(), "Rosa Ferreira");
    let rosa = site.signed_in(&person.email);
    assert_eq!(names(&rosa.get("/freelancers"))[0], "Rosa Ferreira", "listed unless they say no");
    let form = rosa.get("/account/profile");
    let typed = [("listed", "no"), ("available_from", "2026-12-07"), ("hours_a_week", "24")];
    let page = rosa.follow(rosa.submit(&form, "main form", &typed));
    assert!(page.text(".docket").contains("Available from Mon 7 Dec 2026, 24 hours a week"), "{}", page.says());
    assert!(!names(&rosa.get("/freelancers")).contains(&person.name));
    assert!(!names(&rosa.get(&format!("/freelancers?after={}", person.id.0 + 1))).contains(&person.name));
    // a form that says nothing about it leaves it as it is
    rosa.post("/account/profile", &[("headline", "Tills"), ("currency", "EUR"), ("version", "2")]).location();
    let listed: bool = freelancers::table.find(person.id.0).select(freelancers::listed).first(&mut database.connect()).unwrap();
    assert!(!listed);
    let wrong = rosa.post("/account/profile", &[("currency", "EUR"), ("available_from", "soon"), ("hours_a_week", "0"), ("version", "3")]);
    assert_eq!(wrong.status, 422);
    assert!(wrong.has("#available_from-error") && wrong.has("#hours_a_week-error"));
}

#[test]
fn each_freelancer_is_on_one_page_only() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let all: Vec<String> = (0..45).map(|number| given::freelancer(conn, &format!("Freelancer {number:02}")).name).collect();
    let site = TestSite::on(&database);
    let (mut page, mut seen) = (site.browser().get("/freelancers"), Vec::new());
    loop {
        seen.extend(names(&page));
        let Some(next) = page.attribute("a[rel=next]", "href") else { break };
        page = site.browser().get(&next);
    }
    seen.reverse();
    assert_eq!(seen, all);
    assert!(site.browser().get("/freelancers?after=1").says().contains("This was the end of the list."));
}
