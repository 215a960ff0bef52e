//! Proposals that are not taken: each page says why and keeps what was typed.
use diesel::connection::SimpleConnection;
use guildhall::domain::words::{Description, Reason};
use guildhall::operations::projects::{cancel_project, edit_project};

use super::site_with_open_project;
use crate::support::given::{self, patient};
use crate::support::page::Page;

const LETTER: &str = "I have built two of these, line by line.";

#[track_caller]
fn keeps_the_text(page: &Page, status: u16) {
    assert_eq!(page.status, status, "{}", page.says());
    assert_eq!(page.text("#kept-letter"), LETTER);
    assert!(page.has("[data-conflict] h1") && page.has("main a[href], main button"));
}

#[test]
fn after_the_close_the_page_says_by_how_much() {
    let (site, database, project) = site_with_open_project(0);
    let ada = given::freelancer(&mut database.connect(), "Ada Byron");
    let browser = site.signed_in(&ada.email);
    let form = browser.get(&format!("/projects/{}/proposals/new", project.id));
    let close = format!("UPDATE projects SET deadline = clock_timestamp() - interval '3.2 seconds' WHERE id = {}", project.id);
    database.connect().batch_execute(&close).expect("a deadline");
    let late = browser.submit(&form, "main form", &[("amount", "6400"), ("cover_letter", LETTER)]);
    keeps_the_text(&late, 409);
    assert!(late.text("h1").starts_with("Proposals closed at "), "{}", late.says());
    assert!(
        late.says().contains("Yours arrived 3 seconds later") || late.says().contains("Yours arrived 4 seconds later"),
        "{}",
        late.says()
    );
    assert!(late.says().contains("was not sent"));
    let check = browser.submit(&form, "button.btn[value=check]", &[("amount", "6400"), ("cover_letter", LETTER)]);
    keeps_the_text(&check, 409);
}

#[test]
fn nobody_bids_on_a_project_of_their_own_organisation() {
    let (site, _database, project) = site_with_open_project(0);
    let browser = site.signed_in(&project.organisation.viewer.email);
    let sent = browser.post(&format!("/projects/{}/proposals", project.id), &[("amount", "6400"), ("cover_letter", LETTER)]);
    keeps_the_text(&sent, 403);
    assert_eq!(sent.text("h1"), "You belong to Harbour Foods");
    assert_eq!(browser.get(&format!("/projects/{}/proposals/new", project.id)).status, 403);
}

#[test]
fn only_freelancers_send_proposals() {
    let (site, database, project) = site_with_open_project(0);
    let visitor = given::somebody(&mut database.connect(), "Vera Holm");
    let browser = site.signed_in(&visitor.email);
    let sent = browser.post(&format!("/projects/{}/proposals", project.id), &[("amount", "6400"), ("cover_letter", LETTER)]);
    keeps_the_text(&sent, 403);
    assert!(sent.has("main a[href='/account/profile']"));
}

#[test]
fn a_draft_is_not_there() {
    let (site, database, project) = site_with_open_project(0);
    let conn = &mut database.connect();
    let (ada, draft) = (given::freelancer(conn, "Ada Byron"), given::draft(conn, &project.organisation));
    let browser = site.signed_in(&ada.email);
    for path in [format!("/projects/{draft}/proposals/new"), format!("/projects/{draft}/proposals")] {
        assert_eq!(browser.get(&path).status, 404, "{path}");
    }
    for fields in [[("amount", "6400"), ("cover_letter", LETTER)], [("amount", ""), ("cover_letter", "")]] {
        assert_eq!(browser.post(&format!("/projects/{draft}/proposals"), &fields).status, 404);
    }
}

#[test]
fn what_was_written_in_two_windows_is_shown_side_by_side() {
    let (site, _database, project) = site_with_open_project(1);
    let browser = site.signed_in(&project.freelancers[0].email);
    let form = browser.get(&format!("/projects/{}/proposals/new", project.id));
    browser.submit(&form, "main form", &[("amount", "5900")]).location();
    let second = browser.submit(&form, "main form", &[("amount", "6100"), ("cover_letter", LETTER)]);
    assert_eq!(second.status, 409);
    assert!(second.says().contains("5900.00") && second.says().contains("6100") && second.says().contains(LETTER), "{}", second.says());
    assert_eq!(second.texts("tbody th:has(.tag)"), ["Price Different", "Cover letter Different"]);
    let sent = browser.follow(browser.submit(&second, "main form", &[]));
    assert!(sent.says().contains("€6,100.00") && sent.says().contains("Version 3"), "{}", sent.says());
}

#[test]
fn a_first_proposal_does_not_write_over_one_sent_from_another_window() {
    let (site, database, project) = site_with_open_project(0);
    let ada = given::freelancer(&mut database.connect(), "Ada Byron");
    let browser = site.signed_in(&ada.email);
    let form = browser.get(&format!("/projects/{}/proposals/new", project.id));
    browser.submit(&form, "main form", &[("amount", "5900"), ("cover_letter", "First.")]).location();
    let second = browser.submit(&form, "main form", &[("amount", "6100"), ("cover_letter", LETTER)]);
    assert_eq!(second.status, 409);
    assert!(second.says().contains("First.") && second.says().contains(LETTER));
}

#[test]
fn a_project_that_changed_meanwhile_is_shown_before_and_now() {
    let (site, database, project) = site_with_open_project(0);
    let conn = &mut database.connect();
    let ada = given::freelancer(conn, "Ada Byron");
    let browser = site.signed_in(&ada.email);
    let form = browser.get(&format!("/projects/{}/proposals/new", project.id));
    let mut words = given::project_words();
    words.budget_max = 800_000;
    words.questions = vec!["When can you start?".to_owned()];
    words.description = Description::parse("Scanners and shelves; the till is bought.").expect("a description");
    edit_project(&mut patient(conn), project.organisation.manager.id, project.id, &words, None).expect("an edit");

    let late = browser.submit(&form, "main form", &[("amount", "6400"), ("cover_letter", LETTER)]);
    keeps_the_text(&late, 409);
    assert!(late.text("h1").starts_with("The project changed at "), "{}", late.says());
    let said = late.says();
    for words in ["€5,000.00 to €9,000.00", "€5,000.00 to €8,000.00", "When can you start?", "It was written anew"] {
        assert!(said.contains(words), "{words} in {said}");
    }
    let check = browser.submit(&late, "button[value=check]", &[]);
    assert_eq!(check.status, 200, "{}", check.says());
    assert!(check.says().contains("Not answered"));
    assert!(browser.submit(&check, "main form", &[]).location().starts_with("/proposals/"));
}

#[test]
fn whoever_sent_a_proposal_is_told_how_it_ended() {
    let (site, database, project) = site_with_open_project(1);
    let conn = &mut database.connect();
    let stranger = given::freelancer(conn, "Vera Holm");
    let fields = [("amount", "6400"), ("cover_letter", LETTER)];
    let address = format!("/projects/{}/proposals", project.id);
    let (author, other) = (site.signed_in(&project.freelancers[0].email), site.signed_in(&stranger.email));
    let reason = Reason::parse("The budget is gone.").expect("a reason");
    cancel_project(&mut patient(conn), project.organisation.manager.id, project.id, None, &reason).expect("cancelled");
    let told = author.post(&address, &fields);
    keeps_the_text(&told, 409);
    assert!(told.says().contains("Harbour Foods cancelled this project") && told.says().contains("The budget is gone."));
    let told = other.post(&address, &fields);
    keeps_the_text(&told, 409);
    assert!(!told.says().contains("The budget is gone."));
}

#[test]
fn a_busy_project_keeps_the_text_and_lets_it_be_sent_again() {
    let (site, database, project) = site_with_open_project(0);
    let ada = given::freelancer(&mut database.connect(), "Ada Byron");
    let browser = site.signed_in(&ada.email);
    let mut holder = database.connect();
    let lock = format!("BEGIN; SELECT 1 FROM projects WHERE id = {} FOR UPDATE", project.id);
    holder.batch_execute(&lock).expect("the lock");
    let busy = browser.post(&format!("/projects/{}/proposals", project.id), &[("amount", "6400"), ("cover_letter", LETTER)]);
    keeps_the_text(&busy, 409);
    assert_eq!(busy.header("retry-after"), "1");
    holder.batch_execute("ROLLBACK").expect("the lock's end");
    assert!(browser.submit(&busy, "main form", &[]).location().starts_with("/proposals/"));
}
