//! Searches that people keep.
use diesel::prelude::*;
use guildhall::db::Failure;
use guildhall::domain::search::SearchRefused;
use guildhall::domain::words::SearchName;
use guildhall::operations::searches::save_search;
use guildhall::schema::saved_searches;

use crate::support::database::TestDatabase;
use crate::support::given::{self, patient};
use crate::support::invariants;
use crate::support::race::race;
use crate::support::site::TestSite;

#[test]
fn a_search_is_kept_once_and_shows_what_is_new() {
    let database = TestDatabase::new();
    let (organisation, person) = {
        let conn = &mut database.connect();
        let organisation = given::organisation(conn);
        given::published(conn, &organisation);
        (organisation, given::freelancer(conn, "Rosa Ferreira"))
    };
    let site = TestSite::on(&database);
    let rosa = site.signed_in(&person.email);
    assert!(!rosa.get("/projects").has("form[action='/searches']"), "every project is no search");
    assert!(!site.browser().get("/projects?skill=rust").has("form[action='/searches']"));
    let list = rosa.get("/projects?skill=rust&kind=FIXED&after=99999");
    for _ in 0..2 {
        assert_eq!(rosa.submit(&list, "form[action='/searches']", &[]).location(), "/searches");
    }
    let page = rosa.get("/searches");
    assert_eq!(
        (page.texts("main h2"), page.texts("main .sum span").first().cloned()),
        (vec!["Skill: rust, Fixed price".to_owned()], Some("Nothing new".to_owned()))
    );
    let new = given::published(&mut database.connect(), &organisation);
    let page = rosa.get("/searches");
    assert!(page.text("main li").contains("1 new"), "{}", page.says());
    let address = page.attribute("main h2 a", "href").unwrap();
    let found = rosa.get(&address);
    assert_eq!((found.text("#new"), found.attribute("main h3 a", "href")), ("1 new project".to_owned(), Some(format!("/projects/{new}"))));
    // what is published while the page is read stays new
    given::published(&mut database.connect(), &organisation);
    rosa.submit(&found, "form[action$='/seen']", &[]).location();
    assert_eq!(rosa.get(&address).text("#new"), "1 new project");
    let wrong = rosa.submit(&found, "form[action$='/name']", &[("name", " ")]);
    assert_eq!((wrong.status, wrong.text("#name-error")), (422, "Error: Enter a name".to_owned()));
    let renamed = rosa.submit(&found, "form[action$='/name']", &[("name", "Rust, fixed")]);
    assert_eq!(rosa.follow(renamed).text("h1"), "Rust, fixed");
    let other = site.signed_in(&given::freelancer(&mut database.connect(), "Sami Haddad").email);
    for act in ["", "/seen", "/name", "/delete"] {
        let fields = [("name", "Mine"), ("until", "2026-11-21T12:00:00Z")];
        let answer = if act.is_empty() { other.get(&address) } else { other.post(&format!("{address}{act}"), &fields) };
        assert_eq!(answer.status, if act == "/delete" { 303 } else { 404 }, "{act}");
    }
    assert_eq!(rosa.get(&address).status, 200, "nobody deletes another's");
    rosa.submit(&found, "form[action$='/delete']", &[]).location();
    assert_eq!(rosa.get(&address).status, 404);
    invariants::hold(&database);
}

#[test]
fn twenty_are_kept_and_no_more() {
    let database = TestDatabase::new();
    let person = given::freelancer(&mut database.connect(), "Rosa Ferreira");
    let site = TestSite::on(&database);
    let rosa = site.signed_in(&person.email);
    for number in 0..20 {
        assert_eq!(rosa.post("/searches", &[("query", &format!("/projects?skill=s{number}")), ("name", "Mine")]).status, 303);
    }
    let page = rosa.post("/searches", &[("query", "/projects?skill=one-more"), ("name", "One more")]);
    assert_eq!((page.status, page.text("#name-error")), (422, "Error: Keep at most 20 searches: let one go first".to_owned()));
    assert_eq!(page.attribute("main input[name=query]", "value").as_deref(), Some("/projects?skill=one-more"));
    assert_eq!(rosa.post("/searches", &[("query", "/projects?skill=s3"), ("name", "Again")]).status, 303);
    for nothing in ["", "/projects", "/projects?sort=budget", "//elsewhere.example/?x=1"] {
        assert_eq!(rosa.post("/searches", &[("query", nothing), ("name", "All")]).status, 422, "{nothing}");
    }
    assert_eq!(site.browser().post("/searches", &[("query", "/projects?skill=a")]).status, 403);
}

#[test]
fn sixteen_clicks_keep_one_and_two_windows_stay_below_the_limit() {
    let database = TestDatabase::new();
    let person = given::freelancer(&mut database.connect(), "Rosa Ferreira").id;
    let keep = |conn: &mut PgConnection, query: &str| save_search(&mut patient(conn), person, &SearchName::parse("Mine").unwrap(), query);
    let ids = race(&database, 16, |_, conn| keep(conn, "/projects?skill=rust").unwrap());
    assert!(ids.iter().all(|id| *id == ids[0]));
    for number in 0..18 {
        keep(&mut database.connect(), &format!("/projects?skill=s{number}")).unwrap();
    }
    let done = race(&database, 8, |place, conn| keep(conn, &format!("/projects?skill=last{place}")));
    assert_eq!(done.iter().filter(|done| done.is_ok()).count(), 1);
    assert!(done.iter().all(|done| matches!(done, Ok(_) | Err(Failure::Refused(SearchRefused::TooMany)))), "{done:?}");
    assert_eq!(saved_searches::table.count().get_result(&mut database.connect()), Ok(20_i64));
    invariants::hold(&database);
}

/// The same as it is often written: asks whether it is kept, then keeps it.
#[test]
fn keeping_what_was_not_kept_when_it_was_read_is_caught() {
    for weakened in [true, false] {
        let database = if weakened { TestDatabase::weakened(crate::controls::DROPPED) } else { TestDatabase::new() };
        let conn = &mut database.connect();
        let person = given::freelancer(conn, "Rosa Ferreira").id;
        let own = saved_searches::table.filter(saved_searches::user_id.eq(person.0));
        assert_eq!(own.count().get_result(conn), Ok(0_i64));
        save_search(&mut patient(&mut database.connect()), person, &SearchName::parse("Mine").unwrap(), "/projects?skill=a").unwrap();
        let values = (
            saved_searches::user_id.eq(person.0),
            saved_searches::name.eq("Mine"),
            saved_searches::query.eq("/projects?skill=a"),
            saved_searches::looked_at.eq(given::in_days(0)),
        );
        let done = diesel::insert_into(saved_searches::table).values(values).execute(conn);
        assert_eq!(done.is_ok(), weakened);
        assert_eq!(invariants::broken(conn).iter().any(|found| found.starts_with("duplicate natural keys")), weakened);
    }
}
