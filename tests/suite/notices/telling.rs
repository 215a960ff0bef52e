//! Who is told of what.
use diesel::prelude::*;
use guildhall::domain::membership::Role;
use guildhall::domain::notice::NoticeKind;
use guildhall::domain::organisation::InvitationToken;
use guildhall::domain::words::{InvitationNote, Reason};
use guildhall::operations::notices::choose_notices;
use guildhall::operations::organisations::{Invite, RoleChange, change_role, invite_member, join_organisation, remove_member};
use guildhall::operations::projects::{cancel_project, edit_project};
use guildhall::operations::proposals::{
    Submission, accept_proposal, decline_proposal, submit_proposal, undecline_proposal, withdraw_proposal,
};
use guildhall::schema::notices;

use super::{kinds, told};
use crate::support::database::TestDatabase;
use crate::support::given::{self, FIRST_SEEN, OpenProject, patient};
use crate::support::invariants;

fn reason() -> Reason {
    Reason::parse("Too dear.").expect("a reason")
}

/// An open project with so many proposals, and nobody told of anything so far.
fn quiet(proposals: usize) -> (TestDatabase, PgConnection, OpenProject) {
    let (database, project) = given::database_with_open_project(proposals);
    let mut conn = database.connect();
    diesel::delete(notices::table).execute(&mut conn).expect("silence");
    (database, conn, project)
}

#[test]
fn a_new_proposal_is_told_to_who_decides_and_to_nobody_else() {
    let (database, mut conn, on) = quiet(1);
    let bidder = given::freelancer(&mut conn, "Mira Lindqvist");
    let proposal = given::proposal(&mut conn, on.id, &bidder, 500_000);
    for decider in [&on.organisation.owner, &on.organisation.manager] {
        assert_eq!(told(&mut conn, decider.id), [("NEW_PROPOSAL".to_owned(), Some(proposal.0))]);
    }
    for other in [&on.organisation.finance, &on.organisation.viewer, &on.freelancers[0], &bidder] {
        assert!(told(&mut conn, other.id).is_empty(), "{}", other.name);
    }
    invariants::hold(&database);
}

#[test]
fn changing_withdrawing_and_sending_again_are_told_each_once() {
    let (_database, mut conn, on) = quiet(1);
    let (by, owner) = (on.freelancers[0].id, on.organisation.owner.id);
    let send = |conn: &mut PgConnection, amount| {
        let submission =
            Submission { project: on.id, content: given::proposal_words(amount), version: None, scope_version: None, files: None };
        submit_proposal(&mut patient(conn), by, &submission).expect("sent");
    };
    send(&mut conn, 610_000);
    send(&mut conn, 610_000); // the same words again are no event
    withdraw_proposal(&mut patient(&mut conn), by, on.proposals[0]).expect("withdrawn");
    send(&mut conn, 620_000);
    assert_eq!(kinds(&mut conn, owner), ["PROPOSAL_CHANGED", "PROPOSAL_WITHDRAWN", "NEW_PROPOSAL"]);
    assert!(told(&mut conn, by).is_empty());
}

#[test]
fn an_award_tells_every_bidder_and_every_other_member() {
    let (database, mut conn, on) = quiet(5);
    withdraw_proposal(&mut patient(&mut conn), on.freelancers[4].id, on.proposals[4]).expect("withdrawn");
    decline_proposal(&mut patient(&mut conn), on.organisation.owner.id, on.proposals[3], Some(1), &reason()).expect("declined");
    diesel::delete(notices::table).execute(&mut conn).expect("silence");
    let manager = on.organisation.manager.id;
    accept_proposal(&mut patient(&mut conn), manager, on.proposals[0], FIRST_SEEN).expect("an award");
    accept_proposal(&mut patient(&mut conn), manager, on.proposals[0], FIRST_SEEN).expect("the same award");
    assert_eq!(told(&mut conn, on.freelancers[0].id), [("AWARDED".to_owned(), Some(on.proposals[0].0))]);
    for place in 1..4 {
        assert_eq!(told(&mut conn, on.freelancers[place].id), [("NOT_SELECTED".to_owned(), Some(on.proposals[place].0))]);
    }
    assert!(told(&mut conn, on.freelancers[4].id).is_empty(), "who withdrew is no bidder");
    for member in [&on.organisation.owner, &on.organisation.finance, &on.organisation.viewer] {
        assert_eq!(told(&mut conn, member.id), [("DECIDED".to_owned(), Some(on.proposals[0].0))], "{}", member.name);
    }
    assert!(told(&mut conn, manager).is_empty(), "who decided knows");
    invariants::hold(&database);
}

#[test]
fn a_decline_is_told_to_nobody_and_hides_nothing_else_from_its_freelancer() {
    let (_database, mut conn, on) = quiet(2);
    let owner = on.organisation.owner.id;
    decline_proposal(&mut patient(&mut conn), owner, on.proposals[0], Some(1), &reason()).expect("declined");
    undecline_proposal(&mut patient(&mut conn), owner, on.proposals[0]).expect("undone");
    decline_proposal(&mut patient(&mut conn), owner, on.proposals[0], Some(1), &reason()).expect("declined");
    let all: i64 = notices::table.count().get_result(&mut conn).unwrap();
    assert_eq!(all, 0);
    let mut words = given::project_words();
    words.budget_max += 1;
    edit_project(&mut patient(&mut conn), owner, on.id, &words, Some(1)).expect("edited");
    for bidder in &on.freelancers {
        assert_eq!(kinds(&mut conn, bidder.id), ["PROJECT_CHANGED"], "the declined one sees Pending, and is told the same");
    }
}

#[test]
fn a_change_that_no_proposal_answers_is_told_to_nobody() {
    let (_database, mut conn, on) = quiet(1);
    let mut words = given::project_words();
    words.title = guildhall::domain::words::Title::parse("Stock system, three warehouses").unwrap();
    words.deadline = on.deadline;
    edit_project(&mut patient(&mut conn), on.organisation.owner.id, on.id, &words, Some(1)).expect("edited");
    assert!(told(&mut conn, on.freelancers[0].id).is_empty());
}

#[test]
fn a_cancellation_is_told_to_bidders_and_members() {
    let (database, mut conn, on) = quiet(2);
    decline_proposal(&mut patient(&mut conn), on.organisation.owner.id, on.proposals[1], Some(1), &reason()).expect("declined");
    cancel_project(&mut patient(&mut conn), on.organisation.manager.id, on.id, Some(1), &reason()).expect("cancelled");
    for (bidder, proposal) in on.freelancers.iter().zip(&on.proposals) {
        assert_eq!(told(&mut conn, bidder.id), [("PROJECT_CANCELLED".to_owned(), Some(proposal.0))]);
    }
    for member in [&on.organisation.owner, &on.organisation.finance, &on.organisation.viewer] {
        assert_eq!(told(&mut conn, member.id), [("PROJECT_CANCELLED".to_owned(), None)]);
    }
    assert!(told(&mut conn, on.organisation.manager.id).is_empty());
    invariants::hold(&database);
}

#[test]
fn a_bidder_who_joined_the_client_is_told_once() {
    let (database, mut conn, on) = quiet(2);
    join(&mut conn, &on, on.freelancers[1].id, Role::Viewer);
    diesel::delete(notices::table).execute(&mut conn).expect("silence");
    accept_proposal(&mut patient(&mut conn), on.organisation.owner.id, on.proposals[0], FIRST_SEEN).expect("an award");
    assert_eq!(kinds(&mut conn, on.freelancers[1].id), ["NOT_SELECTED"]);
    invariants::hold(&database);
}

#[test]
fn joining_leaving_and_another_role_are_told_to_whom_they_concern() {
    let (database, mut conn, on) = quiet(1);
    let (owner, manager) = (on.organisation.owner.id, on.organisation.manager.id);
    let newcomer = given::somebody(&mut conn, "Rosa Ferreira").id;
    join(&mut conn, &on, newcomer, Role::Viewer);
    let change = RoleChange { organisation: on.organisation.id, member: newcomer, seen: None, to: Role::Manager };
    change_role(&mut patient(&mut conn), owner, change).expect("another role");
    remove_member(&mut patient(&mut conn), owner, on.organisation.id, newcomer).expect("removed");
    remove_member(&mut patient(&mut conn), manager, on.organisation.id, manager).expect("left");
    assert_eq!(kinds(&mut conn, newcomer), ["ROLE_CHANGED", "MEMBER_REMOVED"]);
    assert_eq!(kinds(&mut conn, owner), ["MEMBER_JOINED", "MEMBER_REMOVED"], "not of what the owner did");
    assert!(told(&mut conn, manager).is_empty());
    invariants::hold(&database);
}

#[test]
fn what_is_switched_off_is_not_written_but_for_how_a_proposal_ended() {
    let (_database, mut conn, on) = quiet(2);
    let owner = on.organisation.owner.id;
    choose_notices(&mut patient(&mut conn), owner, NoticeKind::ALL, None).expect("chosen");
    choose_notices(&mut patient(&mut conn), on.freelancers[1].id, NoticeKind::ALL, None).expect("chosen");
    let bidder = given::freelancer(&mut conn, "Mira Lindqvist");
    given::proposal(&mut conn, on.id, &bidder, 500_000);
    accept_proposal(&mut patient(&mut conn), on.organisation.manager.id, on.proposals[0], FIRST_SEEN).expect("an award");
    assert!(told(&mut conn, owner).is_empty());
    assert_eq!(kinds(&mut conn, on.organisation.manager.id), ["NEW_PROPOSAL"]);
    assert_eq!(kinds(&mut conn, on.freelancers[1].id), ["NOT_SELECTED"]);
    choose_notices(&mut patient(&mut conn), owner, &[], None).expect("chosen");
    let second = given::open_project_with(&mut conn, on.organisation, vec![bidder]);
    assert_eq!(told(&mut conn, owner), [("NEW_PROPOSAL".to_owned(), Some(second.proposals[0].0))]);
}

fn join(conn: &mut PgConnection, on: &OpenProject, who: guildhall::domain::ids::UserId, role: Role) {
    let token = InvitationToken::new([who.0.to_le_bytes()[0]; 32]);
    let note = InvitationNote::parse("").expect("a note");
    let invite = Invite { organisation: on.organisation.id, role, note, token: token.clone() };
    invite_member(&mut patient(conn), on.organisation.owner.id, &invite, None).expect("invited");
    join_organisation(&mut patient(conn), who, &token).expect("joined");
}
