//! Many managers accept proposals of one project at the same moment.
use diesel::prelude::*;
use guildhall::db::Failure;
use guildhall::domain::ids::{ContractId, ProposalId};
use guildhall::domain::membership::Role;
use guildhall::domain::project::{AwardRefused, ProjectStatus};
use guildhall::operations::proposals::{Accepted, accept_proposal};
use guildhall::schema::{contracts, refused_attempts};

use crate::support::database::TestDatabase;
use crate::support::given::{self, FIRST_SEEN, OpenProject, Somebody, patient};
use crate::support::{invariants, race::race};

#[test]
fn two_managers_accept_two_proposals_and_one_wins() {
    one_wins(2, 2);
}

#[test]
fn sixteen_managers_accept_sixteen_proposals_and_one_wins() {
    one_wins(16, 16);
}

#[test]
fn a_hundred_clients_accept_ten_proposals_and_one_wins() {
    one_wins(100, 10);
}

#[test]
fn the_same_proposal_accepted_a_hundred_times_makes_one_contract() {
    one_wins(100, 1);
}

/// Client `n` accepts proposal `n mod proposals`, in the name of one of as many managers as there are proposals.
fn one_wins(clients: usize, proposals: usize) {
    let (database, project) = given::database_with_open_project(proposals);
    let managers = managers(&database, &project, proposals);
    let answers = race(&database, clients, |place, conn| {
        let (manager, proposal) = (managers[place / proposals % managers.len()].id, project.proposals[place % proposals]);
        (proposal, accept_proposal(&mut patient(conn), manager, proposal, FIRST_SEEN))
    });
    let made: Vec<_> =
        answers.iter().filter_map(|(id, answer)| Some((*id, answer.as_ref().ok().filter(|won| won.new)?.contract))).collect();
    let [(winner, contract)] = made[..] else { panic!("{} new contracts", made.len()) };
    for (proposal, answer) in &answers {
        check_answer(*proposal, answer, winner, contract);
    }
    let refusals = answers.iter().filter(|(_, answer)| answer.is_err()).count();
    println!("{clients} clients, {proposals} proposals: 1 new contract, {} led to it, {refusals} refused", clients - 1 - refusals);
    check_written(&database, &project, winner, refusals);
}

fn managers(database: &TestDatabase, project: &OpenProject, count: usize) -> Vec<Somebody> {
    let mut conn = database.connect();
    (0..count).map(|place| given::member(&mut conn, project.organisation.id, &format!("Manager {place}"), Role::Manager)).collect()
}

fn check_answer(proposal: ProposalId, answer: &Result<Accepted, Failure<AwardRefused>>, winner: ProposalId, contract: ContractId) {
    match answer {
        Ok(accepted) => assert_eq!((proposal, accepted.contract), (winner, contract)),
        Err(Failure::Refused(why)) => {
            assert_eq!(*why, AwardRefused::ProjectIs(ProjectStatus::Assigned));
            assert_ne!(proposal, winner, "the winner's acceptance is never refused");
        }
        Err(Failure::Broken(fault)) => panic!("a fault instead of a refusal: {fault}"),
    }
}

fn check_written(database: &TestDatabase, project: &OpenProject, winner: ProposalId, refusals: usize) {
    let mut conn = database.connect();
    assert_eq!(contracts::table.select(contracts::proposal_id).load::<i64>(&mut conn).unwrap(), [winner.0]);
    let noted: i64 = refused_attempts::table.count().get_result(&mut conn).unwrap();
    assert_eq!(usize::try_from(noted).unwrap(), refusals, "every refusal is written down");
    let states = super::model::State::read(&mut conn, project);
    for (id, now) in project.proposals.iter().zip(states.proposals) {
        assert_eq!(now.unwrap().status, if *id == winner { "ACCEPTED" } else { "REJECTED" });
    }
    invariants::hold(database);
}
