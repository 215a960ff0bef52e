//! Opening a form again.

use super::stored;
use crate::support::given;
use crate::support::site::TestSite;

const BUTTON: &str = "button[formaction^='/drafts?']";

#[test]
fn a_proposal_is_resumed_for_the_project_as_it_is_now() {
    let (database, project) = given::database_with_open_project(0);
    let site = TestSite::on(&database);
    let freelancer = given::freelancer(&mut database.connect(), "Rosa Ferreira");
    let (rosa, manager) = (site.signed_in(&freelancer.email), site.signed_in(&project.organisation.manager.email));
    let address = format!("/projects/{}/proposals/new", project.id);
    let typed = [("amount", "6400"), ("days", "20"), ("cover_letter", "Two of these.")];
    assert_eq!(rosa.submit(&rosa.get(&address), BUTTON, &typed).status, 303);
    let edit = manager.get(&format!("/projects/{}/edit", project.id));
    assert_eq!(manager.submit(&edit, "main form", &[("budget_max", "9500"), ("questions", "Where?")]).status, 303);
    let resumed = rosa.get(&address);
    let note = resumed.text(".note.heed");
    assert!(note.contains("The project changed after you began") && note.contains("9,500"), "{note}");
    assert_eq!((resumed.text("#cover_letter"), resumed.has("[name=answers]")), ("Two of these.".to_owned(), true));
    let check = rosa.submit(&resumed, "button.out[formaction]", &[("answers", "Here")]);
    assert_eq!(check.status, 200, "they have seen what changed: {}", check.says());
    assert_eq!(rosa.submit(&check, "main form button:first-of-type", &[]).status, 303);
    assert_eq!(stored(&mut database.connect()), [("SENT".to_owned(), "[]".to_owned())]);
}

#[test]
fn a_draft_of_an_earlier_version_of_the_own_proposal_does_not_write_over_it() {
    let (database, project) = given::database_with_open_project(1);
    let site = TestSite::on(&database);
    let ada = site.signed_in(&project.freelancers[0].email);
    let address = format!("/projects/{}/proposals/new", project.id);
    let form = ada.get(&address);
    assert_eq!(ada.submit(&form, BUTTON, &[("amount", "7000")]).status, 303);
    // sent from another window, without a word of the draft
    let check = ada.submit(&form, "button.out[formaction]", &[("amount", "6500"), ("draft", "")]);
    assert_eq!(ada.submit(&check, "main form button:first-of-type", &[]).status, 303);
    let resumed = ada.get(&address);
    assert!(resumed.text(".note.draft").contains("sent from another window"), "{}", resumed.says());
    assert_eq!(resumed.attribute("#amount", "value").as_deref(), Some("7000"));
    assert_eq!(ada.submit(&resumed, "button.out[formaction]", &[]).status, 409);
}

#[test]
fn discarding_in_the_form_empties_it() {
    let (database, project) = given::database_with_open_project(0);
    let site = TestSite::on(&database);
    let manager = site.signed_in(&project.organisation.manager.email);
    let address = format!("/projects/{}/edit", project.id);
    let typed = [("title", "Other words"), ("budget_max", "9999")];
    assert_eq!(manager.submit(&manager.get(&address), BUTTON, &typed).status, 303);
    let page = manager.get(&address);
    let gone = manager.submit(&page, ".note.draft form", &[]);
    assert_eq!(gone.location(), address);
    let page = manager.follow(gone);
    assert_eq!(page.attribute("#title", "value").as_deref(), Some("Stock system for three warehouses"));
    assert!(!page.has(".note.draft") && page.text(".flash").contains("bring it back"), "{}", page.says());
}

#[test]
fn what_was_settled_by_publishing_is_not_resumed() {
    let (database, project) = given::database_with_open_project(0);
    let site = TestSite::on(&database);
    let conn = &mut database.connect();
    let draft = given::draft(conn, &project.organisation);
    let manager = site.signed_in(&project.organisation.manager.email);
    let address = format!("/projects/{draft}/edit");
    assert_eq!(manager.submit(&manager.get(&address), BUTTON, &[("currency", "USD"), ("sealed", "yes"), ("title", "New")]).status, 303);
    let publish = manager.get(&format!("/projects/{draft}/publish"));
    assert_eq!(manager.submit(&publish, "main form", &[]).status, 303);
    let page = manager.get(&address);
    assert_eq!(page.attribute("[name=currency]", "value").as_deref(), Some("EUR"));
    assert_eq!(page.attribute("[name=sealed]", "value").as_deref(), Some("no"));
    assert_eq!(page.attribute("#title", "value").as_deref(), Some("New"));
    let saved = manager.submit(&page, "form[data-draft]", &[]);
    assert_eq!(saved.status, 303, "{}", saved.says());
}

#[test]
fn a_draft_whose_page_is_closed_is_kept_to_be_read() {
    let (database, project) = given::database_with_open_project(1);
    let site = TestSite::on(&database);
    given::thread(&mut database.connect(), &project, 0, &["Hello."]);
    let ada = site.signed_in(&project.freelancers[0].email);
    let address = format!("/proposals/{}/messages", project.proposals[0]);
    assert_eq!(ada.submit(&ada.get(&address), BUTTON, &[("message", "In a minute.")]).status, 303);
    given::past_triggers(
        &mut database.connect(),
        &format!("UPDATE proposals SET status = 'WITHDRAWN' WHERE id = {}", project.proposals[0]),
    );
    let page = ada.get(&address);
    assert!(!page.has("textarea"));
    let read = ada.get(&page.attribute("a[href^='/drafts/']", "href").unwrap());
    assert!(read.text("dl").contains("In a minute."), "{}", read.says());
}
