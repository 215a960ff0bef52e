//! Saving what was typed: by the button without scripts, and by the script.
use super::stored;
use crate::support::database::TestDatabase;
use crate::support::given;
use crate::support::site::TestSite;

const BUTTON: &str = "main form button[formaction^='/drafts?']";

#[test]
fn without_scripts_a_button_saves_and_leads_back_to_the_filled_form() {
    let (database, project) = given::database_with_open_project(1);
    let site = TestSite::on(&database);
    let manager = site.signed_in(&project.organisation.manager.email);
    let freelancer = site.signed_in(&project.freelancers[0].email);
    given::thread(&mut database.connect(), &project, 0, &["Hello."]);
    for (browser, address, field) in [
        (&manager, "/projects/new".to_owned(), "title"),
        (&manager, format!("/projects/new?from={}", project.id), "title"),
        (&manager, format!("/projects/{}/edit", project.id), "description"),
        (&freelancer, format!("/projects/{}/proposals/new", project.id), "cover_letter"),
        (&freelancer, format!("/proposals/{}/messages", project.proposals[0]), "message"),
    ] {
        let page = browser.get(&address);
        assert!(!page.has(".note.draft"), "{address}");
        let saved = browser.submit(&page, BUTTON, &[(field, "A <b>word</b> & “more”")]);
        assert_eq!(saved.location(), address);
        let page = browser.follow(saved);
        assert!(page.text(".flash").starts_with("Draft saved "), "{}", page.says());
        assert!(page.text(".note.draft").starts_with("This is your draft of "), "{}", page.says());
        let value = page.attribute(&format!("input#{field}"), "value");
        let value = value.unwrap_or_else(|| page.text(&format!("textarea#{field}")));
        assert_eq!(value, "A <b>word</b> & “more”", "{address}");
    }
    assert_eq!(stored(&mut database.connect()).len(), 5);
    let list = manager.get("/drafts");
    assert_eq!(list.texts("main .list h2").len(), 3);
    assert_eq!(freelancer.get("/drafts").texts("main .list h2").len(), 2);
}

#[test]
fn the_script_is_answered_in_a_few_words_and_the_newest_typing_stands() {
    let (database, project) = given::database_with_open_project(0);
    let site = TestSite::on(&database);
    let freelancer = given::freelancer(&mut database.connect(), "Rosa Ferreira");
    let rosa = site.signed_in(&freelancer.email);
    let page = rosa.get(&format!("/projects/{}/proposals/new", project.id));
    let address = page.attribute("form[data-draft]", "data-draft").unwrap();
    let (name, clock) =
        (page.attribute("form[data-draft]", "data-page").unwrap(), page.attribute("form[data-draft]", "data-clock").unwrap());
    assert_eq!(page.attribute("input[name=draft]", "value").as_deref(), Some(""), "a form without a draft says so");
    let at = |later: i64| (clock.parse::<i64>().unwrap() + later).to_string();
    let save = |page: &str, later: i64, words: &str| {
        rosa.post_quietly(&address, &[("cover_letter", words), ("draft", page), ("typed", &at(later))])
    };
    let answer = save(&name, 5, "second");
    assert_eq!(answer.status, 200);
    assert!(answer.html.starts_with(r#"{"said":"Draft saved "#) && answer.html.ends_with(r#"UTC"}"#), "{}", answer.html);
    assert_eq!(answer.header("content-type"), "application/json");
    // the request before it comes late; another window typed earlier, a third one later
    assert!(save(&name, 4, "first").html.contains("something newer"));
    assert!(save("another-page", -1000, "older").html.contains("something newer"));
    assert!(save(&name, 5, "second").html.contains("Draft saved"), "the same once more");
    let words = || stored(&mut database.connect()).remove(0).1;
    assert!(words().contains("second"), "{}", words());
    std::thread::sleep(std::time::Duration::from_millis(30));
    assert!(save("a-third-page", 20, "third").html.contains("Draft saved"));
    assert!(words().contains("third"), "{}", words());
    // a clock that is years ahead locks nobody out
    assert!(save("a-fast-page", 100_000_000_000, "fourth").html.contains("Draft saved"));
    std::thread::sleep(std::time::Duration::from_millis(5));
    assert_eq!(rosa.post(&address, &[("cover_letter", "fifth")]).status, 303);
    assert!(words().contains("fifth"), "{}", words());
}

#[test]
fn a_form_that_was_emptied_puts_its_draft_away() {
    let (database, project) = given::database_with_open_project(1);
    let site = TestSite::on(&database);
    let owner = site.signed_in(&project.organisation.owner.email);
    let address = format!("/drafts?form=%2Fproposals%2F{}%2Fmessages", project.proposals[0]);
    assert_eq!(owner.post_quietly(&address, &[("message", " \r\n")]).html, r#"{"said":""}"#);
    assert!(stored(&mut database.connect()).is_empty(), "nothing is no draft");
    owner.post_quietly(&address, &[("message", "When?")]);
    owner.post_quietly(&address, &[("message", "")]);
    let all = stored(&mut database.connect());
    assert!(all[0].0 == "DISCARDED" && all[0].1.contains("When?"), "{all:?}");
    let back = owner.submit(&owner.get("/drafts"), "form[action$='/restore']", &[]);
    assert_eq!(owner.follow(back).texts("main .list h2").len(), 1);
    let thread = owner.get(&format!("/proposals/{}/messages", project.proposals[0]));
    assert_eq!(thread.text("textarea"), "When?");
}

#[test]
fn what_is_too_long_or_too_much_is_said_and_nothing_else_is_kept() {
    let database = TestDatabase::new();
    let organisation = given::organisation(&mut database.connect());
    let site = TestSite::on(&database);
    let manager = site.signed_in(&organisation.manager.email);
    let long = "x".repeat(70_000);
    let answer = manager.post_quietly("/drafts?form=/projects/new", &[("description", &long)]);
    assert_eq!(answer.status, 422);
    assert!(answer.html.contains("too long"), "{}", answer.html);
    let page = manager.post("/drafts?form=/projects/new", &[("description", &long)]);
    assert_eq!(page.status, 409);
    assert!(page.text("#kept ~ dl").contains("xxxxx"), "the page still has it");
    // the longest that a project may say is kept, in any script
    let most = "深".repeat(20_000);
    assert_eq!(manager.post_quietly("/drafts?form=/projects/new", &[("description", &most), ("password", "secret")]).status, 200);
    let all = stored(&mut database.connect());
    assert!(all.len() == 1 && !all[0].1.contains("secret"));
    for none in ["/drafts", "/drafts?form=/account", "/drafts?form=//x", "/drafts?form=/projects/1/cancel"] {
        assert_eq!(manager.post(none, &[("title", "a")]).status, 404, "{none}");
    }
}
