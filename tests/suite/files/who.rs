//! Who gets a file: who may read what it is on, and nobody else.
use diesel::prelude::*;
use guildhall::domain::message::About;
use guildhall::operations::messages::{NewMessage, write_message};
use guildhall::operations::proposals::{Submission, accept_proposal, submit_proposal};
use guildhall::schema::files;

use super::{counted, links, waiting};
use crate::support::database::TestDatabase;
use crate::support::given::{self, FIRST_SEEN, OpenProject, patient};
use crate::support::race::race;
use crate::support::site::TestSite;

/// Adds a file to the first proposal, without its page.
fn proposed(conn: &mut PgConnection, on: &OpenProject) -> i64 {
    let id = waiting(conn, on.freelancers[0].id, "plan.txt");
    let content = given::proposal_words(650_000);
    let submission = Submission { project: on.id, content, version: None, scope_version: None, files: Some(vec![id]) };
    submit_proposal(&mut patient(conn), on.freelancers[0].id, &submission).expect("a proposal");
    id.0
}

#[test]
fn a_file_is_read_by_those_who_read_what_it_is_on() {
    let (database, on) = given::database_with_open_project(2);
    let conn = &mut database.connect();
    let (held, file) = (waiting(conn, on.freelancers[0].id, "held.txt").0, proposed(conn, &on));
    let other = given::open_project(conn, 1);
    let site = TestSite::on(&database);
    let status = |email: &str, file: i64| site.signed_in(email).get(&format!("/files/{file}")).status;
    let client = &on.organisation;
    for member in [&client.owner, &client.manager, &client.finance, &client.viewer] {
        // its bytes are in no store: whoever may have it is told that something broke
        assert_eq!((status(&member.email, file), status(&member.email, held)), (500, 404));
    }
    assert_eq!((status(&on.freelancers[0].email, file), status(&on.freelancers[0].email, held)), (500, 500));
    for nobody in [&on.freelancers[1], &other.organisation.owner, &other.freelancers[0]] {
        assert_eq!((status(&nobody.email, file), status(&nobody.email, held)), (404, 404));
    }
    assert_eq!(site.browser().get(&format!("/files/{file}")).status, 303, "to be signed in first");
    for odd in ["0", "-1", "x", "1%2F..%2F2", "99999999999999999999"] {
        assert_eq!(site.signed_in(&client.owner.email).get(&format!("/files/{odd}")).status, 404, "{odd}");
    }
}

#[test]
fn a_sealed_bid_s_files_are_its_author_s_alone_until_the_opening() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let on = given::sealed_project(conn, 2);
    let file = proposed(conn, &on);
    let site = TestSite::on(&database);
    let status = |email: &str| site.signed_in(email).get(&format!("/files/{file}")).status;
    assert_eq!(status(&on.freelancers[0].email), 500);
    for nobody in [&on.organisation.owner, &on.organisation.viewer, &on.freelancers[1]] {
        assert_eq!(status(&nobody.email), 404);
    }
    given::close(conn, on.id);
    guildhall::operations::projects::open_bids(&mut patient(conn), on.organisation.owner.id, on.id, None).expect("an opening");
    assert_eq!((status(&on.organisation.viewer.email), status(&on.freelancers[1].email)), (500, 404));
}

#[test]
fn a_contract_s_message_is_both_sides_and_the_loser_gets_none() {
    let (database, on) = given::database_with_open_project(2);
    let conn = &mut database.connect();
    let won = accept_proposal(&mut patient(conn), on.organisation.owner.id, on.proposals[0], FIRST_SEEN).expect("an award");
    let id = waiting(conn, on.organisation.manager.id, "access.txt");
    let what = NewMessage { words: guildhall::domain::words::MessageWords::parse("Here.").unwrap(), files: vec![id] };
    write_message(&mut patient(conn), on.organisation.manager.id, About::Contract(won.contract), &what, None).expect("a message");
    let site = TestSite::on(&database);
    let status = |email: &str| site.signed_in(email).get(&format!("/files/{id}")).status;
    assert_eq!(
        (status(&on.freelancers[0].email), status(&on.organisation.finance.email), status(&on.freelancers[1].email)),
        (500, 500, 404)
    );
}

#[test]
fn nobody_sends_a_file_of_somebody_else_or_one_that_was_sent() {
    let (database, on) = given::database_with_open_project(1);
    let conn = &mut database.connect();
    given::thread(conn, &on, 0, &["Hello."]);
    let (theirs, sent) = (waiting(conn, on.freelancers[0].id, "theirs.txt"), proposed(conn, &on));
    let site = TestSite::on(&database);
    let address = format!("/proposals/{}/messages", on.proposals[0]);
    let (owner, ada) = (site.signed_in(&on.organisation.owner.email), site.signed_in(&on.freelancers[0].email));
    for (browser, file) in [(&owner, theirs.0), (&owner, sent), (&ada, sent), (&ada, 4_711)] {
        let page = browser.post(&address, &[("message", "Mine."), ("file", &file.to_string())]);
        assert_eq!(page.status, 422, "{}", page.says());
        assert!(page.text("#files-error").contains("not kept any more") && !page.html.contains("theirs.txt"));
    }
    assert_eq!((links(&owner.get(&address)), counted(conn)), (Vec::new(), (2, 1)));
}

#[test]
fn one_file_is_sent_once_however_many_send_it_at_once() {
    let (database, on) = given::database_with_open_project(1);
    let conn = &mut database.connect();
    for _ in 0..10 {
        let id = waiting(conn, on.organisation.owner.id, "plan.txt");
        let done = race(&database, 4, |_, conn| {
            let what = NewMessage { words: guildhall::domain::words::MessageWords::parse("Here.").unwrap(), files: vec![id] };
            write_message(&mut patient(conn), on.organisation.owner.id, About::Proposal(on.proposals[0]), &what, None).is_ok()
        });
        assert_eq!(done.iter().filter(|done| **done).count(), 1, "{done:?}");
        let on_message: Option<i64> = files::table.find(id.0).select(files::message_id).first(conn).unwrap();
        assert!(on_message.is_some());
    }
}
