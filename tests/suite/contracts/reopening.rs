//! A project whose contract ended early takes proposals again.
use diesel::prelude::*;
use guildhall::db::{Failure, projects, proposals};
use guildhall::domain::contract::ContractStatus;
use guildhall::domain::project::ReopenRefused;
use guildhall::domain::proposal::{ProposalStatus, SubmitRefused};
use guildhall::operations::projects::{open_bids, reopen_project};
use guildhall::operations::proposals::{Submission, accept_proposal, submit_proposal};

use super::act::{Act, deal, ending, later};
use crate::support::database::TestDatabase;
use crate::support::given::{self, FIRST_SEEN, patient};
use crate::support::invariants;

#[test]
fn the_rejected_may_bid_again_and_the_revoked_not() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let on = deal(conn);
    let early = reopen_project(&mut patient(conn), on.manager(), on.project.id, later(), None);
    assert!(matches!(early, Err(Failure::Refused(ReopenRefused::ContractIs(ContractStatus::Active)))), "{early:?}");
    Act::TerminateByFreelancer.run(conn, &on).expect("an early end");
    let past = reopen_project(&mut patient(conn), on.manager(), on.project.id, given::in_days(-1), None);
    assert!(matches!(past, Err(Failure::Refused(ReopenRefused::DeadlinePassed))), "{past:?}");
    let foreign = reopen_project(&mut patient(conn), on.freelancer(), on.project.id, later(), None);
    assert!(matches!(foreign, Err(Failure::Refused(ReopenRefused::Missing))), "{foreign:?}");
    Act::Reopen.run(conn, &on).expect("it is open again");
    let [won, lost] = on.project.proposals[..] else { panic!("two") };
    let state = |conn: &mut PgConnection, id| proposals::find(conn, id).expect("it").expect("it").status;
    assert_eq!((state(conn, won), state(conn, lost)), (ProposalStatus::Revoked, ProposalStatus::Rejected));
    let again = |place: usize| Submission {
        project: on.project.id,
        content: given::proposal_words(550_000 + i64::try_from(place).unwrap()),
        version: None,
        scope_version: None,
        files: None,
    };
    let revoked = submit_proposal(&mut patient(conn), on.freelancer(), &again(0));
    assert!(matches!(revoked, Err(Failure::Refused(SubmitRefused::Revoked))), "{revoked:?}");
    submit_proposal(&mut patient(conn), on.project.freelancers[1].id, &again(1)).expect("another chance");
    assert_eq!(state(conn, lost), ProposalStatus::Pending);
    let seen = guildhall::domain::project::Seen { version: 2, scope_version: Some(2), unconfirmed: None };
    let contract = accept_proposal(&mut patient(conn), on.manager(), lost, seen).expect("another award").contract;
    assert_ne!(contract, on.id);
    invariants::hold(&database);
}

#[test]
fn sealed_bids_stay_open_and_new_ones_are_read_at_once() {
    let database = TestDatabase::new();
    let conn = &mut database.connect();
    let project = given::sealed_project(conn, 2);
    given::close(conn, project.id);
    let manager = project.organisation.manager.id;
    open_bids(&mut patient(conn), manager, project.id, None).expect("an opening");
    let contract = accept_proposal(&mut patient(conn), manager, project.proposals[0], FIRST_SEEN).expect("an award").contract;
    guildhall::operations::contracts::terminate_contract(&mut patient(conn), manager, contract, &ending()).expect("an end");
    reopen_project(&mut patient(conn), manager, project.id, later(), None).expect("it is open again");
    let submission =
        Submission { project: project.id, content: given::proposal_words(500_000), version: None, scope_version: None, files: None };
    submit_proposal(&mut patient(conn), project.freelancers[1].id, &submission).expect("it is taken");
    let found = projects::find(conn, project.id).expect("it").expect("it");
    assert!(found.sealed && !found.bids_are_sealed());
    invariants::hold(&database);
}
