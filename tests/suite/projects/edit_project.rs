//! Editing, alone and two at once.
use super::field;
use crate::support::database::TestDatabase;
use crate::support::site::TestSite;
use crate::support::{given, invariants};

#[test]
fn an_edit_that_changes_nothing_moves_no_version() {
    let database = TestDatabase::new();
    let project = given::open_project(&mut database.connect(), 0);
    let site = TestSite::on(&database);
    let browser = site.signed_in(&project.organisation.manager.email);
    let edit = format!("/projects/{}/edit", project.id);
    let form = browser.get(&edit);
    assert_eq!(browser.submit(&form, "main form", &[]).status, 303);
    assert_eq!(field(&browser.get(&edit), "version"), "1");
    assert_eq!(browser.submit(&form, "main form", &[("title", "Stock system")]).status, 303);
    // the second click of the same form
    assert_eq!(browser.submit(&form, "main form", &[("title", "Stock system")]).status, 303);
    assert_eq!(field(&browser.get(&edit), "version"), "2");
    invariants::hold(&database);
}

#[test]
fn a_stale_edit_shows_both_versions_and_loses_nothing() {
    let database = TestDatabase::new();
    let project = given::open_project(&mut database.connect(), 0);
    let site = TestSite::on(&database);
    let edit = format!("/projects/{}/edit", project.id);
    let (nadia, tomas) = (site.signed_in(&project.organisation.owner.email), site.signed_in(&project.organisation.manager.email));
    let (hers, his) = (nadia.get(&edit), tomas.get(&edit));
    assert_eq!(tomas.submit(&his, "main form", &[("budget_max", "9500"), ("skills", "Rust")]).status, 303);

    let page = nadia.submit(&hers, "main form", &[("budget_max", "8500"), ("description", "Hers <b>now</b>")]);
    assert_eq!(page.status, 409);
    assert_eq!(page.text("h1"), "Tomas Weber changed this project after you opened it");
    assert_eq!(page.texts("legend"), ["Budget up to"]);
    assert!(page.says().contains("9500.00"), "theirs is shown: {}", page.says());
    assert_eq!(field(&page, "budget_max"), "8500");
    assert_eq!(field(&page, "skills"), "Rust", "changed by the other alone");
    assert_eq!(field(&page, "description"), "Hers <b>now</b>", "changed by her alone");

    assert_eq!(nadia.submit(&page, "main form", &[]).status, 303);
    let now = nadia.get(&edit);
    assert_eq!((field(&now, "budget_max"), field(&now, "skills")), ("8500.00".to_owned(), "Rust".to_owned()));
    assert_eq!(field(&now, "description"), "Hers <b>now</b>");
    invariants::hold(&database);
}

#[test]
fn in_a_conflict_the_others_words_can_be_chosen() {
    let database = TestDatabase::new();
    let project = given::open_project(&mut database.connect(), 0);
    let site = TestSite::on(&database);
    let edit = format!("/projects/{}/edit", project.id);
    let (nadia, tomas) = (site.signed_in(&project.organisation.owner.email), site.signed_in(&project.organisation.manager.email));
    let (hers, his) = (nadia.get(&edit), tomas.get(&edit));
    tomas.submit(&his, "main form", &[("title", "His")]);
    let page = nadia.submit(&hers, "main form", &[("title", "Hers")]);
    tomas.submit(&tomas.get(&edit), "main form", &[("title", "His again")]);
    let again = nadia.submit(&page, "main form", &[]);
    assert_eq!(again.status, 409, "the version that the page of two versions saw is stale too");
    assert_eq!(field(&again, "title"), "Hers");
    assert_eq!(nadia.submit(&again, "main form", &[("take.title", "theirs")]).status, 303);
    assert_eq!(field(&nadia.get(&edit), "title"), "His again");
}

#[test]
fn a_form_without_its_beginning_asks_about_every_difference() {
    let database = TestDatabase::new();
    let project = given::open_project(&mut database.connect(), 0);
    let site = TestSite::on(&database);
    let edit = format!("/projects/{}/edit", project.id);
    let browser = site.signed_in(&project.organisation.manager.email);
    let form = browser.get(&edit);
    browser.submit(&form, "main form", &[("title", "First")]);
    let page = browser.submit(&form, "main form", &[("title", "Second"), ("base", "")]);
    assert_eq!((page.status, page.texts("legend")), (409, vec!["Title".to_owned()]));
    assert_eq!(page.text("h1"), "You changed this project after you opened it");
}

#[test]
fn what_was_published_keeps_its_currency_and_takes_no_past_deadline() {
    let database = TestDatabase::new();
    let project = given::open_project(&mut database.connect(), 1);
    let site = TestSite::on(&database);
    let edit = format!("/projects/{}/edit", project.id);
    let browser = site.signed_in(&project.organisation.manager.email);
    let form = browser.get(&edit);
    assert!(!form.has("select[name=currency]"));
    let currency = browser.submit(&form, "main form", &[("currency", "USD")]);
    assert_eq!(currency.status, 422);
    let page = browser.submit(&form, "main form", &[("deadline", "2020-01-01T10:00"), ("title", "Kept")]);
    assert_eq!(page.status, 422);
    assert!(page.has("#deadline-error"));
    assert_eq!(field(&page, "title"), "Kept");
}

#[test]
fn strangers_do_not_learn_of_the_form_and_viewers_may_not_use_it() {
    let database = TestDatabase::new();
    let project = given::open_project(&mut database.connect(), 1);
    let site = TestSite::on(&database);
    for act in ["edit", "publish", "cancel"] {
        let address = format!("/projects/{}/{act}", project.id);
        for (person, status) in [(&project.freelancers[0], 404), (&project.organisation.viewer, 403), (&project.organisation.finance, 403)]
        {
            let browser = site.signed_in(&person.email);
            assert_eq!(browser.get(&address).status, status, "{act} for {}", person.name);
            let sent = browser.post(&address, &[("title", "x"), ("reason", "Because.")]);
            assert_eq!(sent.status, status, "{act} by {}", person.name);
        }
        assert_eq!(site.browser().post(&address, &[]).status, 403);
    }
}
