//! What people change about their account.
use crate::support::database::TestDatabase;
use crate::support::given;
use crate::support::invariants;
use crate::support::site::TestSite;

#[test]
fn name_zone_and_colours_are_changed_and_hold_at_once() {
    let database = TestDatabase::new();
    let somebody = given::somebody(&mut database.connect(), "Ada Byron");
    let site = TestSite::on(&database);
    let browser = site.signed_in(&somebody.email);
    let form = browser.get("/account");
    assert_eq!(form.attribute("main input[name=name]", "value").as_deref(), Some("Ada Byron"));
    let changes = [("name", "Ada Lovelace"), ("time_zone", "Europe/Paris"), ("theme", "DARK")];
    let page = browser.follow(browser.submit(&form, "main form.wide", &changes));
    assert_eq!(page.text(".me a"), "Ada Lovelace");
    assert_eq!(page.attribute("html", "data-theme").as_deref(), Some("dark"));
    assert!(page.text("footer").contains("Europe/Paris"));
    invariants::hold(&database);
}

#[test]
fn a_stale_form_shows_both_and_keeps_what_was_typed() {
    let database = TestDatabase::new();
    let somebody = given::somebody(&mut database.connect(), "Ada Byron");
    let site = TestSite::on(&database);
    let browser = site.signed_in(&somebody.email);
    let form = browser.get("/account");
    browser.submit(&form, "main form.wide", &[("name", "Ada Lovelace")]).location();
    // the same words twice are no conflict
    browser.submit(&form, "main form.wide", &[("name", "Ada Lovelace")]).location();
    let page = browser.submit(&form, "main form.wide", &[("name", "A. Byron")]);
    assert_eq!(page.status, 409);
    assert_eq!(page.texts("[data-conflict] .hint"), ["Ada Lovelace", "A. Byron"]);
    assert_eq!(page.attribute("main input[name=name]", "value").as_deref(), Some("A. Byron"));
    browser.submit(&page, "main form.wide", &[]).location();
    assert_eq!(browser.get("/account").text(".me a"), "A. Byron");
}

#[test]
fn what_one_window_changed_alone_is_taken_over_and_a_choice_holds() {
    let database = TestDatabase::new();
    let somebody = given::somebody(&mut database.connect(), "Ada Byron");
    let site = TestSite::on(&database);
    let browser = site.signed_in(&somebody.email);
    let form = browser.get("/account");
    browser.submit(&form, "main form.wide", &[("time_zone", "Europe/Paris"), ("theme", "LIGHT")]).location();
    let page = browser.submit(&form, "main form.wide", &[("name", "Ada Lovelace"), ("theme", "DARK")]);
    assert_eq!(page.status, 409);
    let told = page.text("[data-conflict]");
    assert!(told.contains("taken over below: Time zone.") && told.contains("kept below: Your name."), "{told}");
    assert_eq!(
        (page.texts("[data-conflict] legend"), page.texts("[data-conflict] .hint")),
        (vec!["Colours".into()], vec!["Light".into(), "Dark".into()])
    );
    assert_eq!(page.attribute("main option[selected]", "value").as_deref(), Some("Europe/Paris"));
    browser.submit(&page, "main form.wide", &[("take.theme", "theirs")]).location();
    let now = browser.get("/account");
    assert_eq!((now.text(".me a").as_str(), now.attribute("html", "data-theme").as_deref()), ("Ada Lovelace", Some("light")));
    invariants::hold(&database);
}

#[test]
fn a_wrong_account_is_shown_again_as_typed() {
    let database = TestDatabase::new();
    let somebody = given::somebody(&mut database.connect(), "Ada Byron");
    let site = TestSite::on(&database);
    let browser = site.signed_in(&somebody.email);
    let page = browser.post("/account", &[("name", " "), ("time_zone", "Mars/Olympus"), ("theme", "DARK"), ("version", "1")]);
    assert_eq!(page.status, 422);
    assert_eq!(page.each("[data-error-summary] a", |link| link.attr("href").unwrap().to_owned()), ["#name", "#time_zone"]);
    assert_eq!(page.attribute("main input[name=theme][checked]", "value").as_deref(), Some("DARK"));
    assert!(!page.has("[data-conflict]"));
}

#[test]
fn a_new_password_asks_for_the_old_one_and_ends_other_sign_ins() {
    let database = TestDatabase::new();
    let somebody = given::somebody(&mut database.connect(), "Ada Byron");
    let site = TestSite::on(&database);
    let (here, there) = (site.signed_in(&somebody.email), site.signed_in(&somebody.email));
    let form = here.get("/account/password");
    let wrong = here.submit(&form, "main form", &[("password", "not this one"), ("new_password", "battery staple")]);
    assert_eq!((wrong.status, wrong.texts(".wrong").len()), (422, 1));
    let done = here.submit(&form, "main form", &[("password", given::PASSWORD), ("new_password", "battery staple")]);
    assert_eq!(done.location(), "/account");
    assert_eq!(here.get("/account").status, 200);
    assert_eq!(there.get("/account").status, 303);
    site.browser().sign_in(&somebody.email, "battery staple");
    invariants::hold(&database);
}
