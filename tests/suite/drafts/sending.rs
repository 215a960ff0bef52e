//! Sending lets the draft go, and costs nothing where there is none.
use super::stored;
use crate::support::database::TestDatabase;
use crate::support::given;
use crate::support::site::TestSite;
use crate::support::statements::{asked, listen};

#[test]
fn a_sent_proposal_leaves_no_word_in_its_draft_and_nothing_late_brings_it_back() {
    let (database, project) = given::database_with_open_project(0);
    let site = TestSite::on(&database);
    let freelancer = given::freelancer(&mut database.connect(), "Rosa Ferreira");
    let rosa = site.signed_in(&freelancer.email);
    let form = rosa.get(&format!("/projects/{}/proposals/new", project.id));
    let [address, page, clock] = ["data-draft", "data-page", "data-clock"].map(|name| form.attribute("form[data-draft]", name).unwrap());
    let late = (clock.parse::<i64>().unwrap() + 3_600_000).to_string();
    let typed = [("cover_letter", "I have built two of these."), ("draft", page.as_str()), ("typed", late.as_str())];
    assert_eq!(rosa.post_quietly(&address, &typed).status, 200);
    // the script has told the form that there is a draft; the page in between carries that on
    let filled = [("amount", "6400"), ("days", "20"), ("cover_letter", "I have built two of these."), ("draft", &page)];
    let check = rosa.submit(&form, "button.out[formaction]", &filled);
    assert_eq!(check.status, 200, "{}", check.says());
    assert_eq!(rosa.submit(&check, "main form button:first-of-type", &[]).status, 303);
    let sent = [("SENT".to_owned(), "[]".to_owned())];
    assert_eq!(stored(&mut database.connect()), sent);
    // by a clock that is an hour ahead: known by its page
    assert!(rosa.post_quietly(&address, &typed).html.contains("sent from another window"));
    assert_eq!(stored(&mut database.connect()), sent);
    // what is typed afterwards in a page that is opened afterwards is a draft of its own
    let again = rosa.get(&format!("/projects/{}/proposals/new", project.id));
    assert!(!again.has(".note.draft"));
    assert_eq!(rosa.submit(&again, "button[formaction^='/drafts?']", &[("days", "21")]).status, 303);
    assert_eq!(stored(&mut database.connect())[0].0, "KEPT");
}

#[test]
fn a_form_without_a_draft_costs_no_statement_and_one_with_a_draft_costs_one() {
    listen();
    let database = TestDatabase::new();
    let project = given::open_project(&mut database.connect(), 3);
    let site = TestSite::on(&database);
    let send = |place: usize, draft: &str| {
        let browser = site.signed_in(&project.freelancers[place].email);
        let fields = [("amount", "6400"), ("days", "20"), ("cover_letter", "Other words."), ("version", "1"), ("draft", draft)];
        let (page, asked) = asked(&database, || browser.post(&format!("/projects/{}/proposals", project.id), &fields));
        assert_eq!(page.status, 303, "{}", page.says());
        asked
    };
    send(0, "");
    let (without, with) = (send(1, ""), send(2, "0189-abcd"));
    assert!(without.iter().all(|statement| !statement.contains("drafts")), "{without:#?}");
    assert_eq!(with.iter().filter(|statement| statement.contains("drafts")).count(), 1, "{with:#?}");
}
