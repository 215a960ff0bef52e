//! Windows that save at once, and one that saves while another sends.
use std::time::{SystemTime, UNIX_EPOCH};

use diesel::prelude::*;
use guildhall::db::Failure;
use guildhall::domain::draft::{DraftRefused, Form, Saved, Stamp};
use guildhall::domain::ids::{ProjectId, ProposalId};
use guildhall::domain::message::About;
use guildhall::domain::request::RequestKey;
use guildhall::operations::drafts::{discard_draft, let_go_draft, restore_draft, save_draft};
use guildhall::operations::proposals::submit_proposal;
use guildhall::schema::drafts;

use super::{holding, save, stored, typed};
use crate::support::database::TestDatabase;
use crate::support::given::{self, patient};
use crate::support::invariants;
use crate::support::race::race;

const ROUNDS: usize = 20;

/// An hour ago, in milliseconds: no clock is ahead.
fn hour_ago() -> i64 {
    i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH).expect("a clock").as_millis()).expect("a number") - 3_600_000
}

#[test]
fn of_sixteen_requests_in_any_order_the_last_typed_stands() {
    let (database, project) = given::database_with_open_project(1);
    let (owner, began) = (project.organisation.owner.id, hour_ago());
    let mut outdated = 0;
    for round in 0..ROUNDS {
        // one page's requests that overtake each other, and a page each
        for pages in [1, 16] {
            let at = began + i64::try_from(round * 100).unwrap();
            let form = Form::Messages(About::Proposal(project.proposals[0]));
            let done = race(&database, 16, |place, conn| {
                let stamp = typed(&format!("page-{round}-{}", place % pages), at + i64::try_from(place).unwrap());
                save(conn, owner, form, &format!("typed {place:02}"), &stamp).expect("no blank")
            });
            assert!(matches!(done[15], Saved::Kept(_)), "the last typed is never outdated");
            outdated += done.iter().filter(|done| **done == Saved::Outdated).count();
            let all = stored(&mut database.connect());
            assert!(all.len() == 1 && all[0].1.contains("typed 15"), "{all:?}");
            diesel::delete(drafts::table).execute(&mut database.connect()).unwrap();
        }
    }
    println!("{outdated} requests of {} came too late to be written", ROUNDS * 32);
    assert!(outdated > 0, "requests that never overtake each other prove nothing");
    invariants::hold(&database);
}

#[test]
fn saving_while_it_is_sent_leaves_no_draft() {
    let database = TestDatabase::new();
    let (mut saved_first, page) = (0, RequestKey::parse("page-that-sends").unwrap());
    for _ in 0..ROUNDS {
        let project = given::open_project(&mut database.connect(), 1);
        let (form, by) = (Form::Proposal(project.id), project.freelancers[0].id);
        let done = race(&database, 3, |place, conn| match place {
            0 => {
                let content = given::proposal_words(700_000);
                let submission = guildhall::operations::proposals::Submission {
                    project: project.id,
                    content,
                    version: Some(1),
                    scope_version: None,
                    files: None,
                };
                submit_proposal(&mut patient(conn), by, &submission).expect("a proposal");
                let_go_draft(&mut patient(conn), by, form, &page).expect("a draft let go");
                None
            }
            // of the page that sends, by a clock that is ahead; and of another one, typed before
            1 => save(conn, by, form, "late", &typed(page.as_str(), hour_ago() + 7_200_000)),
            _ => save(conn, by, form, "older", &typed("another-page", hour_ago())),
        });
        saved_first += usize::from(matches!(done[1], Some(Saved::Kept(_))));
        let row: (String, serde_json::Value) =
            drafts::table.filter(drafts::user_id.eq(by.0)).select((drafts::state, drafts::fields)).first(&mut database.connect()).unwrap();
        assert_eq!(row, ("SENT".to_owned(), serde_json::json!([])));
    }
    println!("saving beside sending: {saved_first} of {ROUNDS} saved first");
    invariants::hold(&database);
}

#[test]
fn two_windows_stay_below_the_limit() {
    let (database, project) = given::database_with_open_project(1);
    let (conn, owner) = (&mut database.connect(), project.organisation.owner.id);
    let form = |number: i64| Form::NewProject(Some(ProjectId(number)));
    let many: String = format!(
        "INSERT INTO drafts (user_id, kind, subject_id, fields, page, turn, typed_at) \
         SELECT {owner}, 'PROJECT_NEW', n, '[[\"title\", \"a\"]]', '', 0, now() FROM generate_series(1, 49) n"
    );
    diesel::sql_query(many).execute(conn).unwrap();
    let subjects: Vec<_> = (0..8).map(|_| given::draft(conn, &project.organisation)).collect();
    let done = race(&database, 8, |place, conn| {
        let form = form(subjects[place].0);
        save_draft(&mut patient(conn), owner, form, &holding(form, "title", "a"), &Stamp::NOW)
    });
    assert_eq!(done.iter().filter(|done| done.is_ok()).count(), 1);
    assert!(done.iter().all(|done| matches!(done, Ok(Some(Saved::Kept(_))) | Err(Failure::Refused(DraftRefused::TooMany)))), "{done:?}");
    // the fifty can be written over, and a fifty-first is not brought back either
    let kept = drafts::table.filter(drafts::subject_id.eq_any(subjects.iter().map(|id| id.0))).select((drafts::id, drafts::subject_id));
    let (id, subject): (i64, i64) = kept.first(conn).unwrap();
    let (id, over) = (guildhall::domain::ids::DraftId(id), form(subject));
    assert!(save_draft(&mut patient(conn), owner, over, &holding(over, "title", "b"), &Stamp::NOW).is_ok());
    discard_draft(&mut patient(conn), owner, id).unwrap();
    let other = Form::Messages(About::Proposal(ProposalId(project.proposals[0].0)));
    save(conn, owner, other, "the fiftieth", &Stamp::NOW);
    assert!(matches!(restore_draft(&mut patient(conn), owner, id), Err(Failure::Refused(DraftRefused::TooMany))));
    invariants::hold(&database);
}
