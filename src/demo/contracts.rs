//! What becomes of the awarded contracts: one in each state that a contract and its milestones can have.

use chrono::TimeDelta;

use super::{done, reviews};
use crate::db::{Connection, clock, contracts, milestones};
use crate::domain::contract::{Contract, Ending, Fault, PlannedPart, TermsContent};
use crate::domain::ids::{ContractId, UserId};
use crate::domain::milestone::{Judged, Milestone, MilestoneStatus};
use crate::domain::words::{Reason, SubmissionWords, TermsWords};
use crate::operations::contracts::{complete_contract, pause_contract, propose_terms, terminate_contract};
use crate::operations::milestones::{approve_milestones, request_changes, submit_milestone};
use crate::operations::projects::reopen_project;

/// Lets a contract go on, each in its own way; `by` decides for the client.
pub fn go_on(conn: &mut Connection<'_>, id: ContractId, by: UserId) -> anyhow::Result<()> {
    let Some(contract) = contracts::find(conn, id)? else { return Ok(()) };
    let plan = milestones::of_contract(conn, id)?;
    match id.0 % 9 {
        // delivered, and waiting for the client
        1 => deliver(conn, &contract, plan.first()),
        // all done
        2 | 0 => {
            for milestone in &plan {
                deliver(conn, &contract, Some(milestone))?;
                approve(conn, &contract, milestone, by)?;
            }
            done(complete_contract(conn, by, id))?;
            reviews::tell(conn, &contract, by, true)
        }
        // half way, with other terms proposed
        3 => {
            if let Some(first) = plan.first().filter(|_| plan.len() > 1) {
                deliver(conn, &contract, Some(first))?;
                approve(conn, &contract, first, by)?;
            }
            propose(conn, &contract)
        }
        4 => done(pause_contract(conn, by, id)),
        5 => {
            end(conn, &contract, by, Fault::Nobody, "The building that this was for has been sold.")?;
            let deadline = clock(conn)? + TimeDelta::days(21);
            done(reopen_project(conn, by, contract.project_id, deadline, None))?;
            // the freelancer’s is waited for
            reviews::tell(conn, &contract, by, false)
        }
        6 => {
            deliver(conn, &contract, plan.first())?;
            let why = "I have fallen ill and cannot go on. What is delivered can be used as it is.";
            end(conn, &contract, contract.freelancer_id, Fault::Nobody, why)
        }
        7 => {
            deliver(conn, &contract, plan.first())?;
            let reason = Reason::parse("The second page is still in the old colours.")?;
            plan.first().map_or(Ok(()), |first| done(request_changes(conn, by, first.id, Some(1), &reason)))
        }
        _ => Ok(()),
    }
}

fn deliver(conn: &mut Connection<'_>, contract: &Contract, milestone: Option<&Milestone>) -> anyhow::Result<()> {
    let Some(milestone) = milestone else { return Ok(()) };
    let words = SubmissionWords::parse("It is on the test system, with notes on what to look at first:\n\n- the longest list\n- printing")?;
    done(submit_milestone(conn, contract.freelancer_id, milestone.id, Some(0), &words.into())).map(drop)
}

fn approve(conn: &mut Connection<'_>, contract: &Contract, milestone: &Milestone, by: UserId) -> anyhow::Result<()> {
    done(approve_milestones(conn, by, contract.id, &[Judged { id: milestone.id, submission: 1 }]))
}

fn end(conn: &mut Connection<'_>, contract: &Contract, by: UserId, fault: Fault, reason: &str) -> anyhow::Result<()> {
    done(terminate_contract(conn, by, contract.id, &Ending { fault, reason: Reason::parse(reason)? }))
}

/// The freelancer asks for a week more, and for a part that nobody had thought of.
fn propose(conn: &mut Connection<'_>, contract: &Contract) -> anyhow::Result<()> {
    let last = clock(conn)?.date_naive() + TimeDelta::days(35);
    let plan = milestones::of_contract(conn, contract.id)?;
    let planned = plan.into_iter().filter(|one| one.status == MilestoneStatus::Planned);
    let kept = planned.map(|one| PlannedPart { id: Some(one.id), title: one.title, amount: one.amount, due_on: Some(last) });
    let more = PlannedPart { id: None, title: "Training on site, half a day".to_owned(), amount: 40_000, due_on: Some(last) };
    let content = TermsContent {
        hourly: None,
        days: contract.days + 5,
        weekly_limit: None,
        ends_on: Some(last),
        words: TermsWords::parse("Travel to the training is paid by the client.")?,
        plan: kept.chain([more]).collect(),
    };
    done(propose_terms(conn, contract.freelancer_id, contract.id, &content, None))
}
