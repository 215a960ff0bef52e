//! The session ended while somebody typed.
use diesel::connection::SimpleConnection;

use super::stored;
use crate::support::given::{self, PASSWORD};
use crate::support::log;
use crate::support::site::TestSite;

#[test]
fn signing_in_again_leads_back_to_the_filled_form() {
    log::listen();
    let (database, project) = given::database_with_open_project(1);
    let site = TestSite::on(&database);
    let freelancer = &project.freelancers[0];
    let browser = site.signed_in(&freelancer.email);
    let form = browser.get(&format!("/projects/{}/proposals/new", project.id));
    database.connect().batch_execute("DELETE FROM sessions").unwrap();
    let letter = "A <quorzle> & \"more\"\r\nof it";
    let out = browser.submit(&form, "button.out[formaction]", &[("cover_letter", letter), ("amount", "6543.21")]);
    assert_eq!(out.status, 403);
    assert_eq!(out.text("h1"), "You were signed out");
    assert!(!out.html.contains("<quorzle>") && out.text("details").contains("<quorzle>"), "escaped");
    // a wrong password first
    let wrong = browser.submit(&out, "main form", &[("email", &freelancer.email), ("password", "wrong")]);
    assert_eq!(wrong.status, 422);
    let signed_in = browser.submit(&wrong, "main form", &[("email", &freelancer.email), ("password", PASSWORD)]);
    assert_eq!(signed_in.location(), format!("/projects/{}/proposals/new", project.id));
    let back = browser.follow(signed_in);
    assert!(back.text(".flash").contains("not sent yet"), "{}", back.says());
    assert_eq!(back.attribute("#amount", "value").as_deref(), Some("6543.21"));
    assert_eq!(back.text("#cover_letter"), "A <quorzle> & \"more\" of it");
    assert!(log::lines_with("").iter().all(|line| !line.contains("quorzle") && !line.contains("6543.21")));
}

#[test]
fn the_drafts_button_and_every_other_form_do_the_same() {
    let (database, project) = given::database_with_open_project(1);
    let site = TestSite::on(&database);
    given::thread(&mut database.connect(), &project, 0, &["Hello."]);
    let owner = &project.organisation.owner;
    let browser = site.signed_in(&owner.email);
    for (address, css, field) in [
        ("/projects/new".to_owned(), "main form", "title"),
        (format!("/projects/{}/edit", project.id), "main form", "skills"),
        (format!("/proposals/{}/messages", project.proposals[0]), "main form", "message"),
        (format!("/projects/new?from={}", project.id), "button[formaction^='/drafts?']", "title"),
    ] {
        browser.sign_in(&owner.email, PASSWORD);
        let form = browser.get(&address);
        database.connect().batch_execute("DELETE FROM sessions").unwrap();
        let out = browser.submit(&form, css, &[(field, "Quorzle")]);
        assert_eq!((out.status, out.text("h1")), (403, "You were signed out".to_owned()), "{address}");
        let signed_in = browser.submit(&out, "main form", &[("email", &owner.email), ("password", PASSWORD)]);
        assert_eq!(signed_in.location(), address);
        assert!(browser.follow(signed_in).has(".note.draft"), "{address}");
    }
    assert_eq!(stored(&mut database.connect()).len(), 4);
}

#[test]
fn somebody_else_who_signs_in_keeps_nothing_that_is_not_theirs_to_write() {
    let (database, project) = given::database_with_open_project(1);
    let site = TestSite::on(&database);
    let browser = site.browser();
    let fields = [("title", "Quorzle"), ("version", "1")];
    let out = browser.post(&format!("/projects/{}/edit", project.id), &fields);
    assert_eq!(out.status, 403);
    let stranger = given::freelancer(&mut database.connect(), "Rosa Ferreira");
    let page = browser.submit(&out, "main form", &[("email", &stranger.email), ("password", PASSWORD)]);
    assert_eq!(page.status, 409);
    assert!(page.text("dl").contains("Quorzle"), "the words are still there: {}", page.says());
    assert!(stored(&mut database.connect()).is_empty());
    // an address that is not one of the forms leads nowhere
    let fields =
        [("email", stranger.email.as_str()), ("password", PASSWORD), ("kept", "//elsewhere.example"), ("kept.title", "x"), ("next", "//x")];
    assert_eq!(site.browser().post("/sign-in", &fields).location(), "/dashboard");
    // nothing typed, nothing to carry
    assert_eq!(site.browser().post("/projects/new", &[]).text("h1"), "You were signed out");
}
