//! Messages, questions and searches that somebody tampered with are found.
use diesel::prelude::*;
use guildhall::db::verify::verify;
use guildhall::domain::ids::{EnquiryId, MessageId, SearchId, ThreadId};
use guildhall::domain::message::About;
use guildhall::domain::words::{Reason, SearchName};
use guildhall::operations::messages::report_message;
use guildhall::operations::proposals::accept_proposal;
use guildhall::operations::searches::{forget_search, save_search};

use crate::support::database::TestDatabase;
use crate::support::given::{self, FIRST_SEEN, OpenProject, patient};

/// People who have written to each other, asked, answered, reported and kept a search, all through the operations.
struct Talk {
    database: TestDatabase,
    on: OpenProject,
    thread: ThreadId,
    message: MessageId,
    question: EnquiryId,
    search: SearchId,
}

impl Talk {
    fn new() -> Self {
        let database = TestDatabase::new();
        let mut conn = database.connect();
        let on = given::open_project(&mut conn, 2);
        let thread = given::thread(&mut conn, &on, 0, &["When?", "In May.", "Good."]);
        let question = given::enquiry(&mut conn, &on, &on.freelancers[1], "Where?", Some("Here."));
        let (owner, author) = (on.organisation.owner.id, &on.freelancers[0]);
        let won = accept_proposal(&mut patient(&mut conn), owner, on.proposals[0], FIRST_SEEN).expect("an award").contract;
        let message = given::message(&mut conn, author, About::Contract(won), "Glad to begin.");
        report_message(&mut patient(&mut conn), owner, message, &Reason::parse("Too glad.").expect("a reason")).expect("a report");
        let mut save = |query: &str| save_search(&mut patient(&mut conn), author.id, &SearchName::parse("Rust").expect("a name"), query);
        let (forgotten, search) = (save("q=c").expect("a search"), save("q=rust").expect("another"));
        forget_search(&mut patient(&mut conn), author.id, forgotten).expect("forgotten");
        Self { database, on, thread, message, question, search }
    }

    /// What is found, but for the chains: people are made here without a history.
    fn found(&self) -> Vec<String> {
        let report = verify(&mut self.database.connect()).expect("the database can be read");
        report.faults.iter().map(|fault| format!("{}: {}", fault.check, fault.at)).collect()
    }
}

#[track_caller]
fn finds(tamper: impl FnOnce(&Talk) -> String, rules: impl FnOnce(&Talk) -> Vec<String>) {
    let talk = Talk::new();
    given::past_triggers(&mut talk.database.connect(), &tamper(&talk));
    assert_eq!(talk.found(), rules(&talk));
}

#[test]
fn nothing_is_wrong_where_people_only_talked() {
    assert_eq!(Talk::new().found(), Vec::<String>::new());
}

#[test]
fn a_message_that_is_gone() {
    finds(
        |talk| format!("DELETE FROM messages WHERE thread_id = {} AND number = 2", talk.thread),
        |talk| vec![format!("thread_counts: thread {}", talk.thread), format!("message_has_trace: thread {}", talk.thread)],
    );
}

#[test]
fn a_message_that_nobody_wrote() {
    finds(
        |talk| {
            format!(
                "INSERT INTO messages (id, thread_id, number, author_id, words, sent_at) VALUES (7000000, {0}, 4, {1}, 'No.', now()); \
                 UPDATE threads SET message_count = 4, last_message_id = 7000000 WHERE id = {0}",
                talk.thread, talk.on.organisation.owner.id
            )
        },
        |talk| vec![format!("message_has_trace: thread {}", talk.thread)],
    );
}

#[test]
fn a_message_in_somebody_else_s_name() {
    finds(
        |talk| {
            format!("UPDATE messages SET author_id = {} WHERE thread_id = {} AND number = 1", talk.on.organisation.viewer.id, talk.thread)
        },
        |talk| vec![format!("message_has_trace: thread {}", talk.thread); 2],
    );
}

#[test]
fn a_thread_of_other_sides_and_one_beside_sealed_bids() {
    finds(
        |talk| format!("UPDATE threads SET freelancer_id = {} WHERE id = {}", talk.on.freelancers[1].id, talk.thread),
        |talk| vec![format!("thread_between_sides: thread {}", talk.thread)],
    );
    let talk = Talk::new();
    let sealed = format!(
        "ALTER TABLE projects DROP CONSTRAINT projects_sealed_until_opened; UPDATE projects SET sealed = true WHERE id = {}",
        talk.on.id
    );
    given::past_triggers(&mut talk.database.connect(), &sealed);
    assert!(talk.found().contains(&format!("thread_not_while_sealed: thread {}", talk.thread)), "{:?}", talk.found());
}

#[test]
fn reading_ahead_and_a_report_out_of_nowhere() {
    finds(
        |talk| {
            format!(
                "UPDATE thread_reads SET read_up_to = 9 WHERE thread_id = {} AND user_id = {}",
                talk.thread, talk.on.organisation.owner.id
            )
        },
        |talk| vec![format!("read_what_was_written: thread {}", talk.thread)],
    );
    finds(
        |talk| format!("UPDATE message_reports SET reporter_id = {}", talk.on.organisation.viewer.id),
        |talk| vec![format!("report_has_trace: message {}", talk.message)],
    );
}

#[test]
fn questions_and_answers_that_came_or_went() {
    let question = |talk: &Talk| format!("question_has_trace: question {}", talk.question);
    let answer = |talk: &Talk| format!("answer_has_trace: question {}", talk.question);
    finds(|talk| format!("UPDATE enquiries SET asker_id = {}", talk.on.freelancers[0].id), |talk| vec![question(talk), question(talk)]);
    finds(|_| "DELETE FROM enquiry_answers".to_owned(), |talk| vec![answer(talk)]);
    finds(
        |talk| format!("INSERT INTO enquiry_answers VALUES ({}, 2, 'There.', {}, now())", talk.question, talk.on.organisation.owner.id),
        |talk| vec![answer(talk)],
    );
}

#[test]
fn searches_that_came_or_went() {
    finds(|_| "DELETE FROM saved_searches".to_owned(), |talk| vec![format!("search_has_trace: search {}", talk.search)]);
    finds(
        |talk| {
            let insert = "INSERT INTO saved_searches (id, user_id, name, query, looked_at) VALUES";
            format!("{insert} (7000000, {}, 'C', 'q=c', now())", talk.on.freelancers[0].id)
        },
        |_| vec!["search_has_trace: search 7000000".to_owned()],
    );
}

#[test]
fn a_search_that_was_handed_on() {
    let talk = Talk::new();
    let mut conn = talk.database.connect();
    let wrote = diesel::sql_query(format!("UPDATE saved_searches SET user_id = {}", talk.on.freelancers[1].id)).execute(&mut conn);
    assert_eq!(wrote, Ok(1));
    assert_eq!(talk.found(), vec![format!("search_has_trace: search {}", talk.search); 2]);
}
