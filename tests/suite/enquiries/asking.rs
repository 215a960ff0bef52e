//! Asking, and who is shown what.
use diesel::prelude::*;
use guildhall::operations::proposals::accept_proposal;
use guildhall::schema::{enquiries, events, projects};

use crate::support::page::Page;
use crate::support::site::TestSite;
use crate::support::{given, invariants};

const QUESTION: &str = "Do the scanners read EAN-8?";

fn asked(page: &Page) -> Vec<String> {
    page.texts("li[id^=question-] .typed strong")
}

#[test]
fn a_question_is_shown_to_everybody_and_its_asker_to_nobody() {
    let (database, project) = given::database_with_open_project(2);
    let site = TestSite::on(&database);
    let (ada, address) = (site.signed_in(&project.freelancers[0].email), format!("/projects/{}", project.id));
    let form = ada.follow(ada.get(&format!("{address}/questions")));
    let sent = ada.submit(&form, "main form", &[("question", QUESTION)]);
    assert_eq!(sent.location(), address);
    assert!(ada.follow(sent).text("li[id^=question-] .meta").contains("by you"));
    let ivo = site.signed_in(&project.freelancers[1].email);
    let manager = site.signed_in(&project.organisation.manager.email);
    for browser in [&site.browser(), &ivo, &manager] {
        for page in [browser.get(&address), browser.get(&format!("{address}/questions"))] {
            assert_eq!(asked(&page), [QUESTION]);
            let line = page.text("li[id^=question-]");
            assert!(line.contains("Not answered yet") && !line.contains("by you") && !line.contains("Ada"), "{line}");
        }
    }
    assert_eq!(manager.get(&address).texts("li[id^=question-] a.btn").len(), 1);
    assert!(!ivo.get(&address).has("li[id^=question-] a.btn"));
    let history = manager.get(&format!("{address}/history")).says();
    assert!(history.contains("A freelancer asked a question.") && !history.contains(QUESTION), "{history}");
    invariants::hold(&database);
}

#[test]
fn the_same_question_twice_is_one() {
    let (database, project) = given::database_with_open_project(1);
    let site = TestSite::on(&database);
    let ada = site.signed_in(&project.freelancers[0].email);
    let address = format!("/projects/{}/questions", project.id);
    for words in [QUESTION, QUESTION, "  do the scanners\r\nread ean-8?"] {
        assert_eq!(ada.post(&address, &[("question", words)]).location(), format!("/projects/{}", project.id));
    }
    let conn = &mut database.connect();
    assert_eq!(enquiries::table.count().get_result(conn), Ok(1_i64));
    assert_eq!(events::table.filter(events::kind.eq("ENQUIRY_MADE")).count().get_result(conn), Ok(1_i64));
    invariants::hold(&database);
}

#[test]
fn what_is_no_question_comes_back_with_the_form() {
    let (database, project) = given::database_with_open_project(1);
    let site = TestSite::on(&database);
    let ada = site.signed_in(&project.freelancers[0].email);
    let address = format!("/projects/{}/questions", project.id);
    for (words, wrong) in [("  ", "Enter your question"), (&"x".repeat(1001), "Use at most 1000 characters: these are 1001")] {
        let page = ada.post(&address, &[("question", words)]);
        assert_eq!((page.status, page.text("#question-error")), (422, format!("Error: {wrong}")));
        assert_eq!(page.texts("main textarea").join("").trim(), words.trim());
    }
    for number in 1..=10 {
        assert_eq!(ada.post(&address, &[("question", &format!("Question {number}?"))]).status, 303);
    }
    let page = ada.post(&address, &[("question", "One more?")]);
    assert_eq!(page.status, 422);
    assert!(page.text("#question-error").contains("Ask at most 10 questions"));
    invariants::hold(&database);
}

#[test]
fn who_may_not_ask_is_told_why() {
    let (database, project) = given::database_with_open_project(1);
    let (somebody, draft) = {
        let conn = &mut database.connect();
        (given::somebody(conn, "Rosa Ferreira"), given::draft(conn, &project.organisation))
    };
    let site = TestSite::on(&database);
    let address = format!("/projects/{}/questions", project.id);
    let words = [("question", QUESTION)];
    assert_eq!(site.browser().post(&address, &words).status, 403);
    let rosa = site.signed_in(&somebody.email);
    assert_eq!(rosa.post(&address, &words).status, 403);
    assert!(rosa.get(&address).has("main a[href='/account/profile']") && !rosa.get(&address).has("main form"));
    let owner = site.signed_in(&project.organisation.owner.email);
    assert_eq!(owner.post(&address, &words).status, 403);
    assert!(!owner.get(&address).has("main form"));
    let ada = site.signed_in(&project.freelancers[0].email);
    for missing in [format!("/projects/{draft}/questions"), "/projects/999999/questions".to_owned()] {
        assert_eq!((ada.get(&missing).status, ada.post(&missing, &words).status), (404, 404), "{missing}");
    }
    assert_eq!(enquiries::table.count().get_result(&mut database.connect()), Ok(0_i64));
}

#[test]
fn a_question_that_comes_too_late_is_kept_on_the_page() {
    let (database, project) = given::database_with_open_project(1);
    let site = TestSite::on(&database);
    let ada = site.signed_in(&project.freelancers[0].email);
    let address = format!("/projects/{}/questions", project.id);
    let row = projects::table.find(project.id.0);
    let conn = &mut database.connect();
    diesel::update(row).set(projects::deadline.eq(given::in_days(-1))).execute(conn).unwrap();
    let page = ada.post(&address, &[("question", QUESTION)]);
    assert_eq!(page.status, 409);
    assert!(page.text("[data-conflict] h1").starts_with("Questions closed at"), "{}", page.says());
    assert!(page.says().contains(QUESTION) && page.says().contains("1 day after proposals closed"), "{}", page.says());
    diesel::update(row).set(projects::deadline.eq(given::in_days(1))).execute(conn).unwrap();
    accept_proposal(&mut given::patient(conn), project.organisation.manager.id, project.proposals[0], given::FIRST_SEEN).unwrap();
    let page = ada.post(&address, &[("question", QUESTION)]);
    assert_eq!((page.status, page.text("[data-conflict] h1")), (409, "This project was decided before that".to_owned()));
    assert!(page.says().contains(QUESTION) && !page.says().contains("Tomas"), "{}", page.says());
    let told = site.signed_in(&project.organisation.manager.email).get(&format!("/projects/{}/history", project.id));
    assert!(told.texts("tbody tr").iter().any(|row| row.contains("A freelancerAsk a questionProposals had closed.")), "{}", told.says());
    invariants::hold(&database);
}

#[test]
fn many_questions_go_over_pages() {
    let (database, project) = given::database_with_open_project(3);
    let conn = &mut database.connect();
    for number in 0..25 {
        given::enquiry(conn, &project, &project.freelancers[number % 3], &format!("Question {number}?"), None);
    }
    let site = TestSite::on(&database);
    let short = site.browser().get(&format!("/projects/{}", project.id));
    assert_eq!((asked(&short).len(), asked(&short)[0].as_str()), (20, "Question 24?"));
    let first = site.browser().get(&format!("/projects/{}/questions", project.id));
    let second = site.browser().get(&first.attribute("a[rel=next]", "href").unwrap());
    assert_eq!(asked(&second), ["Question 4?", "Question 3?", "Question 2?", "Question 1?", "Question 0?"]);
    assert!(!second.has("a[rel=next]"));
}
