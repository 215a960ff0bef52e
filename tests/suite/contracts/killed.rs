//! Killed after each of its statements, a move of a contract leaves nothing behind.
use diesel::prelude::*;
use guildhall::db::milestones;
use guildhall::domain::ids::ContractId;
use guildhall::operations::proposals::accept_proposal;
use guildhall::schema::contracts;

use super::act::{Act, Deal};
use crate::award::kill_points::{Outcome, kill_everywhere_after};
use crate::support::given::{FIRST_SEEN, OpenProject, patient};

/// The project's contract, which the scene made: one milestone, all of the work.
fn deal(conn: &mut PgConnection, on: &OpenProject) -> QueryResult<Deal> {
    let id: i64 = contracts::table.filter(contracts::project_id.eq(on.id.0)).select(contracts::id).first(conn)?;
    let all = milestones::of_contract(conn, ContractId(id))?;
    Ok(Deal { project: on.clone(), id: ContractId(id), milestones: all.iter().map(|one| one.id).collect() })
}

fn award(conn: &mut PgConnection, on: &OpenProject) {
    accept_proposal(&mut patient(conn), on.organisation.manager.id, on.proposals[0], FIRST_SEEN).expect("an award");
}

fn award_and(conn: &mut PgConnection, on: &OpenProject, acts: &[Act]) {
    award(conn, on);
    let deal = deal(conn, on).expect("a contract");
    acts.iter().for_each(|act| act.run(conn, &deal).expect("the scene"));
}

fn run(conn: &mut PgConnection, on: &OpenProject, act: Act) -> Outcome {
    let deal = deal(conn, on)?;
    act.try_run(conn, &deal)
}

#[test]
fn a_killed_delivery_leaves_nothing_behind() {
    kill_everywhere_after(award, "submit_milestone", |conn, on| run(conn, on, Act::Submit(0)));
}

#[test]
fn a_killed_approval_leaves_nothing_behind() {
    kill_everywhere_after(
        |conn, on| award_and(conn, on, &[Act::Submit(0)]),
        "approve_milestones",
        |conn, on| run(conn, on, Act::Approve(0)),
    );
}

#[test]
fn a_killed_completion_leaves_nothing_behind() {
    let done = |conn: &mut PgConnection, on: &OpenProject| award_and(conn, on, &[Act::Submit(0), Act::Approve(0)]);
    kill_everywhere_after(done, "complete_contract", |conn, on| run(conn, on, Act::Complete));
}

#[test]
fn a_killed_early_end_leaves_nothing_behind() {
    kill_everywhere_after(award, "terminate_contract", |conn, on| run(conn, on, Act::Terminate));
}

#[test]
fn a_killed_change_of_terms_leaves_nothing_behind() {
    let proposed = |conn: &mut PgConnection, on: &OpenProject| award_and(conn, on, &[Act::ProposeMore]);
    kill_everywhere_after(proposed, "answer_terms", |conn, on| run(conn, on, Act::Confirm));
}

#[test]
fn a_killed_opening_again_leaves_nothing_behind() {
    let ended = |conn: &mut PgConnection, on: &OpenProject| award_and(conn, on, &[Act::Terminate]);
    kill_everywhere_after(ended, "reopen_project", |conn, on| run(conn, on, Act::Reopen));
}
