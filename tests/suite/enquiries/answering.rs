//! Answering, correcting, and coming second.
use diesel::prelude::*;
use guildhall::operations::projects::cancel_project;
use guildhall::schema::{enquiry_answers, notices, projects};

use crate::support::database::TestDatabase;
use crate::support::given::{self, OpenProject};
use crate::support::invariants;
use crate::support::page::Page;
use crate::support::site::TestSite;

struct Desk {
    site: TestSite,
    project: OpenProject,
    /// The question's page to answer it.
    address: String,
    database: TestDatabase,
}

fn desk() -> Desk {
    let (database, project) = given::database_with_open_project(1);
    let id = given::enquiry(&mut database.connect(), &project, &project.freelancers[0], "Which till?", None);
    Desk { site: TestSite::on(&database), project, address: format!("/questions/{id}/answer"), database }
}

impl Desk {
    fn project_as(&self, email: &str) -> Page {
        self.site.signed_in(email).get(&format!("/projects/{}", self.project.id))
    }
}

#[test]
fn an_answer_is_for_everybody_and_a_correction_hides_nothing() {
    let desk = desk();
    let manager = desk.site.signed_in(&desk.project.organisation.manager.email);
    let sent = manager.submit(&manager.get(&desk.address), "main form", &[("answer", "The new one.")]);
    assert_eq!(sent.location(), format!("/projects/{}", desk.project.id));
    let form = manager.get(&desk.address);
    assert_eq!(form.text("h1"), "Correct an answer");
    manager.submit(&form, "main form", &[("answer", "The old one.")]).location();
    let ada = desk.project_as(&desk.project.freelancers[0].email).text("li[id^=question-]");
    for words in ["Which till?", "The old one.", "The new one.", "Corrected by Harbour Foods"] {
        assert!(ada.contains(words), "{words}: {ada}");
    }
    assert!(!ada.contains("Tomas"), "{ada}");
    let viewer = desk.project_as(&desk.project.organisation.viewer.email);
    assert!(viewer.text("li[id^=question-]").contains("Corrected by Tomas Weber") && !viewer.has("li[id^=question-] a.btn"));
    let history = manager.get(&format!("/projects/{}/history", desk.project.id)).says();
    assert!(history.contains("Tomas Weber answered a question.") && history.contains("Tomas Weber corrected the answer"), "{history}");
    invariants::hold(&desk.database);
}

#[test]
fn those_who_decide_are_told_of_a_question_and_all_who_take_part_of_its_answer() {
    let (database, project) = given::database_with_open_project(1);
    let conn = &mut database.connect();
    let (asker, bidder) = (given::freelancer(conn, "Mira Lindqvist"), &project.freelancers[0]);
    given::enquiry(conn, &project, &asker, "Which till?", Some("The new one."));
    let (owner, manager) = (&project.organisation.owner, &project.organisation.manager);
    assert_eq!(told(conn, owner).last().unwrap(), "NEW_QUESTION");
    assert_eq!((told(conn, &asker), told(conn, bidder)), (vec!["QUESTION_ANSWERED".to_owned()], vec!["QUESTION_ANSWERED".to_owned()]));
    assert_eq!(told(conn, manager).last().unwrap(), "NEW_QUESTION", "nobody is told of their own answer");
    assert!(told(conn, &project.organisation.viewer).is_empty());
    let page = guildhall::db::notices::page(conn, owner.id, None).unwrap();
    assert_eq!((page.rows[0].kind.as_str(), page.rows[0].actor.clone()), ("NEW_QUESTION", None), "who asked is told to nobody");
}

fn told(conn: &mut PgConnection, who: &given::Somebody) -> Vec<String> {
    notices::table.filter(notices::user_id.eq(who.id.0)).order(notices::id).select(notices::kind).load(conn).unwrap()
}

#[test]
fn the_second_of_two_is_told_and_keeps_the_words() {
    let desk = desk();
    let nadia = desk.site.signed_in(&desk.project.organisation.owner.email);
    let tomas = desk.site.signed_in(&desk.project.organisation.manager.email);
    let (hers, his) = (nadia.get(&desk.address), tomas.get(&desk.address));
    tomas.submit(&his, "main form", &[("answer", "The new one.")]).location();
    tomas.submit(&his, "main form", &[("answer", "The new one.")]).location();
    let page = nadia.submit(&hers, "main form", &[("answer", "Both of them.")]);
    assert_eq!((page.status, page.text("[data-conflict] h2")), (409, "Tomas Weber answered this question first".to_owned()));
    assert!(page.text("#standing + .typed").contains("The new one."));
    assert_eq!(page.text("main textarea"), "Both of them.");
    nadia.submit(&page, "main form", &[]).location();
    let given: Vec<(i32, String)> = enquiry_answers::table
        .select((enquiry_answers::number, enquiry_answers::words))
        .order(enquiry_answers::number)
        .load(&mut desk.database.connect())
        .unwrap();
    assert_eq!(given, [(1, "The new one.".to_owned()), (2, "Both of them.".to_owned())]);
    invariants::hold(&desk.database);
}

#[test]
fn who_may_answer() {
    let desk = desk();
    let sent = |email: &str| desk.site.signed_in(email).post(&desk.address, &[("answer", "Mine."), ("version", "0")]).status;
    let seen = |email: &str| desk.site.signed_in(email).get(&desk.address).status;
    for email in [&desk.project.organisation.viewer.email, &desk.project.organisation.finance.email, &desk.project.freelancers[0].email] {
        assert_eq!((seen(email), sent(email)), (403, 403), "{email}");
    }
    assert_eq!(desk.site.browser().post(&desk.address, &[("answer", "Mine.")]).status, 403);
    let owner = &desk.project.organisation.owner.email;
    for odd in ["/questions/999999/answer", "/questions/x/answer"] {
        assert_eq!(desk.site.signed_in(owner).get(odd).status, 404);
    }
    let empty = desk.site.signed_in(owner).post(&desk.address, &[("answer", " "), ("version", "0")]);
    assert_eq!((empty.status, empty.text("#answer-error")), (422, "Error: Enter an answer".to_owned()));
    assert_eq!(sent(owner), 303);
}

#[test]
fn an_answer_may_follow_the_deadline_but_not_the_end() {
    let desk = desk();
    let conn = &mut desk.database.connect();
    let manager = desk.site.signed_in(&desk.project.organisation.manager.email);
    diesel::update(projects::table.find(desk.project.id.0)).set(projects::deadline.eq(given::in_days(-1))).execute(conn).unwrap();
    manager.submit(&manager.get(&desk.address), "main form", &[("answer", "The new one.")]).location();
    let ada = desk.project_as(&desk.project.freelancers[0].email).text("li[id^=question-]");
    assert!(ada.contains("The new one.") && ada.contains("after proposals closed"), "{ada}");
    let form = manager.get(&desk.address);
    let reason = guildhall::domain::words::Reason::parse("No money").unwrap();
    cancel_project(&mut given::patient(conn), desk.project.organisation.owner.id, desk.project.id, None, &reason).unwrap();
    let page = manager.submit(&form, "main form", &[("answer", "The old one.")]);
    assert_eq!((page.status, page.text("[data-conflict] h1")), (409, "Nadia Osei cancelled this project before that".to_owned()));
    assert!(page.says().contains("The old one."), "what was typed is kept: {}", page.says());
    assert_eq!(manager.get(&desk.address).status, 409);
}
