//! Who may mark, what a mark keeps, and telling the freelancer of the short list.
use diesel::prelude::*;
use diesel::sql_types::Text;
use guildhall::db::{Failure, marks};
use guildhall::domain::project::ProjectStatus;
use guildhall::domain::proposal::{MarkKind, MarkRefused, ProposalStatus};
use guildhall::operations::proposals::{
    accept_proposal, annotate_proposal, mark_proposal, share_shortlist, unmark_proposal, withdraw_proposal,
};

use super::note;
use crate::support::given::{self, FIRST_SEEN, patient};
use crate::support::invariants;

#[track_caller]
fn refused<T: std::fmt::Debug>(done: Result<T, Failure<MarkRefused>>) -> MarkRefused {
    match done {
        Err(Failure::Refused(why)) => why,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_mark_keeps_who_set_it_first_and_who_took_it_off() {
    let (database, project) = given::database_with_open_project(1);
    let (conn, proposal) = (&mut database.connect(), project.proposals[0]);
    let (owner, manager) = (project.organisation.owner.id, project.organisation.manager.id);
    let mark = |conn: &mut PgConnection| marks::of_proposal(conn, proposal).expect("marks").remove(0);
    mark_proposal(&mut patient(conn), owner, proposal, MarkKind::Archived).expect("archived");
    mark_proposal(&mut patient(conn), manager, proposal, MarkKind::Archived).expect("archived already");
    let first = mark(conn);
    assert_eq!((first.stands, first.by, first.by_name.as_str(), first.version), (true, owner, "Nadia Osei", 1));
    unmark_proposal(&mut patient(conn), manager, proposal, MarkKind::Archived).expect("brought back by another");
    unmark_proposal(&mut patient(conn), owner, proposal, MarkKind::Archived).expect("nothing to bring back");
    let after = mark(conn);
    assert_eq!((after.stands, after.by, after.version), (false, manager, 2));
    mark_proposal(&mut patient(conn), owner, proposal, MarkKind::Archived).expect("archived again");
    assert!(mark(conn).stands);
}

#[test]
fn only_who_decides_marks_and_only_what_can_be_read() {
    let (database, project) = given::database_with_open_project(1);
    let (conn, proposal) = (&mut database.connect(), project.proposals[0]);
    let other = given::organisation(conn);
    let acts = |conn: &mut PgConnection, by| {
        let conn = &mut patient(conn);
        [
            refused(mark_proposal(conn, by, proposal, MarkKind::Shortlisted)),
            refused(unmark_proposal(conn, by, proposal, MarkKind::Shortlisted)),
            refused(share_shortlist(conn, by, proposal)),
            refused(annotate_proposal(conn, by, proposal, None, &note("Mine."))),
        ]
    };
    for by in [&project.organisation.finance, &project.organisation.viewer] {
        assert_eq!(acts(conn, by.id), [MarkRefused::NotAllowed; 4], "{}", by.name);
    }
    for by in [&other.owner, &project.freelancers[0]] {
        assert_eq!(acts(conn, by.id), [MarkRefused::Missing; 4], "{}", by.name);
    }
    given::past_triggers(conn, "UPDATE projects SET sealed = true");
    assert_eq!(acts(conn, project.organisation.owner.id), [MarkRefused::Missing; 4], "sealed");
    assert!(marks::of_proposal(conn, proposal).expect("marks").is_empty());
}

#[test]
fn a_stale_note_is_refused_and_the_same_words_are_not() {
    let (database, project) = given::database_with_open_project(1);
    let (conn, proposal) = (&mut database.connect(), project.proposals[0]);
    let (owner, manager) = (project.organisation.owner.id, project.organisation.manager.id);
    let conn = &mut patient(conn);
    annotate_proposal(conn, owner, proposal, None, &note("Knows cold stores.")).expect("the first");
    let stale = refused(annotate_proposal(conn, manager, proposal, None, &note("Too far away.")));
    assert_eq!(stale, MarkRefused::NoteChanged { seen: 0 });
    annotate_proposal(conn, owner, proposal, Some(0), &note("Knows cold stores.")).expect("a double click");
    annotate_proposal(conn, manager, proposal, Some(1), &note("")).expect("cleared");
    let stale = refused(annotate_proposal(conn, owner, proposal, Some(1), &note("Knows them well.")));
    assert_eq!(stale, MarkRefused::NoteChanged { seen: 1 }, "a cleared note is a change too");
    annotate_proposal(conn, owner, proposal, Some(2), &note("Knows them well.")).expect("the third");
}

#[test]
fn a_freelancer_is_told_of_the_short_list_once_and_only_while_it_says_something() {
    let (database, project) = given::database_with_open_project(3);
    let conn = &mut database.connect();
    let (owner, [first, second, third]) = (project.organisation.owner.id, [0, 1, 2].map(|place| project.proposals[place]));
    mark_proposal(&mut patient(conn), owner, first, MarkKind::Shortlisted).expect("among members");
    assert_eq!(told(conn), Vec::<String>::new());
    for _ in 0..2 {
        share_shortlist(&mut patient(conn), owner, first).expect("told");
    }
    assert_eq!(told(conn), [format!("SHORTLISTED {}", project.freelancers[0].id)]);
    assert!(marks::shared_at(conn, first).expect("a mark").is_some());
    unmark_proposal(&mut patient(conn), owner, first, MarkKind::Shortlisted).expect("taken off");
    assert!(marks::shared_at(conn, first).expect("a mark").is_none());
    withdraw_proposal(&mut patient(conn), project.freelancers[2].id, third).expect("withdrawn");
    let late = refused(share_shortlist(&mut patient(conn), owner, third));
    assert_eq!(late, MarkRefused::ProposalIs(ProposalStatus::Withdrawn));
    accept_proposal(&mut patient(conn), owner, second, FIRST_SEEN).expect("an award");
    assert_eq!(refused(share_shortlist(&mut patient(conn), owner, first)), MarkRefused::ProjectIs(ProjectStatus::Assigned));
    mark_proposal(&mut patient(conn), owner, first, MarkKind::Shortlisted).expect("among members, for another time");
    invariants::hold(&database);
}

/// The notices of short lists.
fn told(conn: &mut PgConnection) -> Vec<String> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        told: String,
    }
    let query = "SELECT kind || ' ' || user_id AS told FROM notices WHERE kind = 'SHORTLISTED'";
    let rows: Vec<Row> = diesel::sql_query(query).load(conn).expect("notices");
    rows.into_iter().map(|row| row.told).collect()
}
