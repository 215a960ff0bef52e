//! Everything that can be done to an open project and its proposals, each as somebody does it who saw the beginning.
use diesel::pg::PgConnection;
use guildhall::db::Failure;
use guildhall::domain::refusal::Refusal;
use guildhall::domain::words::{Description, Reason};
use guildhall::operations::projects::{cancel_project, edit_project};
use guildhall::operations::proposals::{
    Submission, accept_proposal, decline_proposal, submit_proposal, undecline_proposal, withdraw_proposal,
};

use crate::support::given::{self, FIRST_SEEN, OpenProject, patient};

/// The paths to an open project. `first`, `second` and `third` are its freelancers; the third has sent nothing yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Act {
    /// A manager accepts the first proposal.
    Accept,
    /// A manager accepts the second proposal.
    AcceptOther,
    /// The first freelancer takes the proposal back.
    Withdraw,
    /// The first freelancer changes the proposal.
    Revise,
    /// A manager declines the first proposal.
    Decline,
    /// A manager takes that decline back.
    Undecline,
    /// A manager cancels the project.
    Cancel,
    /// A manager changes what is asked for.
    Edit,
    /// The third freelancer sends a proposal.
    LateSubmit,
}

impl Act {
    pub const ALL: [Self; 9] = [
        Self::Accept,
        Self::AcceptOther,
        Self::Withdraw,
        Self::Revise,
        Self::Decline,
        Self::Undecline,
        Self::Cancel,
        Self::Edit,
        Self::LateSubmit,
    ];

    /// Does it. `side` tells two who do the same apart: their words differ. A refusal is answered by its name; a fault fails the test.
    pub fn run(self, conn: &mut PgConnection, on: &OpenProject, side: i64) -> Result<(), String> {
        let conn = &mut patient(conn);
        let (owner, manager) = (on.organisation.owner.id, on.organisation.manager.id);
        let by = if side == 0 { owner } else { manager };
        let reason = Reason::parse("Not this time.").unwrap();
        let (first, second) = (on.proposals[0], on.proposals[1]);
        match self {
            Self::Accept => name(accept_proposal(conn, by, first, FIRST_SEEN)),
            Self::AcceptOther => name(accept_proposal(conn, by, second, FIRST_SEEN)),
            Self::Withdraw => name(withdraw_proposal(conn, on.freelancers[0].id, first)),
            Self::Revise => name(submit_proposal(conn, on.freelancers[0].id, &submission(on, 610_000 + side, Some(1)))),
            Self::Decline => name(decline_proposal(conn, by, first, Some(1), &reason)),
            Self::Undecline => name(undecline_proposal(conn, by, first)),
            Self::Cancel => name(cancel_project(conn, by, on.id, Some(1), &reason)),
            Self::Edit => {
                let mut words = given::project_words();
                words.deadline = on.deadline;
                words.description = Description::parse(&format!("Scanners and {side} more tills.")).unwrap();
                name(edit_project(conn, by, on.id, &words, Some(1)))
            }
            Self::LateSubmit => name(submit_proposal(conn, on.freelancers[2].id, &submission(on, 640_000 + side, None))),
        }
    }
}

fn submission(on: &OpenProject, amount: i64, version: Option<i32>) -> Submission {
    Submission { project: on.id, content: given::proposal_words(amount), version, scope_version: Some(1), files: None }
}

fn name<T, E: Refusal>(done: Result<T, Failure<E>>) -> Result<(), String> {
    match done {
        Ok(_) => Ok(()),
        Err(Failure::Refused(why)) => Err(format!("{why:?}")),
        Err(Failure::Broken(fault)) => panic!("a fault instead of a refusal: {fault}"),
    }
}
