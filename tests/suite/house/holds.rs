//! Holding a project beside everything that it might meet.
use guildhall::db::{Failure, Fault, projects};
use guildhall::domain::ids::ProjectId;
use guildhall::domain::project::{AwardRefused, ChangeRefused, HoldRefused, ProjectStatus};
use guildhall::domain::proposal::SubmitRefused;
use guildhall::operations::projects::{edit_project, publish_project};
use guildhall::operations::proposals::{Submission, accept_proposal, submit_proposal};

use super::{holds, releases};
use crate::support::given::{self, FIRST_SEEN, patient};
use crate::support::invariants;
use crate::support::race::race;
use crate::tickets::admin;

fn offer(project: ProjectId) -> Submission {
    Submission { project, content: given::proposal_words(700_000), version: None, scope_version: None, files: None }
}

#[test]
fn of_many_admins_one_holds_and_one_releases() {
    let (database, on) = given::database_with_open_project(1);
    let conn = &mut database.connect();
    let keepers: Vec<_> = (0..16).map(|place| admin(conn, &format!("Keeper {place}")).id).collect();
    for round in 0..4 {
        let done = race(&database, keepers.len(), |place, conn| holds(conn, keepers[place], on.id));
        let since = projects::find(conn, on.id).unwrap().unwrap().held_at.expect("held");
        assert_eq!(done.iter().filter(|one| one.is_ok()).count(), 1, "round {round}");
        for other in done.iter().filter(|one| one.is_err()) {
            assert!(matches!(other, Err(Failure::Refused(HoldRefused::HeldSince(at))) if *at == since), "{other:?}");
        }
        let done = race(&database, keepers.len(), |place, conn| releases(conn, keepers[place], on.id));
        assert_eq!(done.iter().filter(|one| one.is_ok()).count(), 1, "round {round}");
        assert!(done.iter().all(|one| matches!(one, Ok(()) | Err(Failure::Refused(HoldRefused::IsFree)))), "{done:?}");
        invariants::hold(&database);
    }
}

#[test]
fn a_hold_and_an_award_at_once_are_one_of_the_two() {
    let (mut held, mut awarded) = (0, 0);
    for _ in 0..40 {
        let (database, on) = given::database_with_open_project(2);
        let keeper = admin(&mut database.connect(), "Priya Raman").id;
        let manager = on.organisation.manager.id;
        let done = race(&database, 2, |place, conn| match place {
            0 => match holds(conn, keeper, on.id) {
                Ok(()) => true,
                Err(Failure::Refused(HoldRefused::ProjectIs(ProjectStatus::Assigned))) => false,
                Err(other) => panic!("{other:?}"),
            },
            _ => match accept_proposal(&mut patient(conn), manager, on.proposals[0], FIRST_SEEN) {
                Ok(_) => true,
                Err(Failure::Refused(AwardRefused::Held)) => false,
                Err(other) => panic!("{other:?}"),
            },
        });
        assert_ne!(done[0], done[1], "either it is held or it is awarded");
        let project = projects::find(&mut database.connect(), on.id).unwrap().unwrap();
        assert_eq!((project.is_held(), project.status == ProjectStatus::Assigned), (done[0], done[1]));
        if done[0] {
            held += 1;
        } else {
            awarded += 1;
        }
        invariants::hold(&database);
    }
    println!("held first {held} times, awarded first {awarded} times");
}

#[test]
fn a_proposal_beside_a_hold_came_before_it_or_not_at_all() {
    let (mut before, mut after) = (0, 0);
    for _ in 0..40 {
        let (database, on) = given::database_with_open_project(1);
        let conn = &mut database.connect();
        let (keeper, mira) = (admin(conn, "Priya Raman").id, given::freelancer(conn, "Mira Lindqvist").id);
        let done = race(&database, 2, |place, conn| match place {
            0 => holds(conn, keeper, on.id).map(|()| true).expect("held either way"),
            _ => match submit_proposal(&mut patient(conn), mira, &offer(on.id)) {
                Ok(_) => true,
                Err(Failure::Refused(SubmitRefused::Held)) => false,
                Err(other) => panic!("{other:?}"),
            },
        });
        let project = projects::find(conn, on.id).unwrap().unwrap();
        assert_eq!(project.proposal_count, 1 + i32::from(done[1]));
        if done[1] {
            before += 1;
        } else {
            after += 1;
        }
        invariants::hold(&database);
    }
    println!("sent before the hold {before} times, refused after it {after} times");
}

#[test]
fn nobody_changes_publishes_or_revises_what_is_held() {
    let (database, on) = given::database_with_open_project(1);
    let conn = &mut database.connect();
    let (keeper, owner) = (admin(conn, "Priya Raman").id, on.organisation.owner.id);
    let draft = given::draft(conn, &on.organisation);
    holds(conn, keeper, on.id).expect("held");
    holds(conn, keeper, draft).expect("held");
    let edited = edit_project(&mut patient(conn), owner, on.id, &given::project_words(), Some(1));
    assert!(matches!(edited, Err(Failure::Refused(ChangeRefused::Held))), "{edited:?}");
    let published = publish_project(&mut patient(conn), owner, draft, Some(1));
    assert!(matches!(published, Err(Failure::Refused(ChangeRefused::Held))), "{published:?}");
    let revised = submit_proposal(&mut patient(conn), on.freelancers[0].id, &offer(on.id));
    assert!(matches!(revised, Err(Failure::Refused(SubmitRefused::Held))), "{revised:?}");
    // and all of it once it is released
    releases(conn, keeper, on.id).expect("released");
    releases(conn, keeper, draft).expect("released");
    edit_project(&mut patient(conn), owner, on.id, &given::project_words(), Some(1)).expect("edited");
    publish_project(&mut patient(conn), owner, draft, Some(1)).expect("published");
    submit_proposal(&mut patient(conn), on.freelancers[0].id, &offer(on.id)).expect("revised");
    invariants::hold(&database);
}

#[test]
fn only_those_who_keep_the_house_hold_and_only_what_is_undecided() {
    let (database, on) = given::database_with_open_project(1);
    let conn = &mut database.connect();
    let keeper = admin(conn, "Priya Raman").id;
    let refused = |done: Result<(), Failure<HoldRefused>>| match done {
        Err(Failure::Refused(why)) => why,
        Err(Failure::Broken(Fault::Busy(_))) => panic!("busy"),
        other => panic!("{other:?}"),
    };
    assert_eq!(refused(holds(conn, on.organisation.owner.id, on.id)), HoldRefused::Missing);
    assert_eq!(refused(holds(conn, keeper, ProjectId(999_999))), HoldRefused::Missing);
    assert_eq!(refused(releases(conn, keeper, on.id)), HoldRefused::IsFree);
    accept_proposal(&mut patient(conn), on.organisation.owner.id, on.proposals[0], FIRST_SEEN).expect("an award");
    assert_eq!(refused(holds(conn, keeper, on.id)), HoldRefused::ProjectIs(ProjectStatus::Assigned));
    invariants::hold(&database);
}
