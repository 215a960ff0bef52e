//! Managers accept different proposals for one project.

use chrono::{DateTime, TimeDelta, Utc};

use super::attempt::{Attempt, Send, Yes};
use super::cast::done;
use super::lab::Lab;
use crate::db::clock;
use crate::domain::ids::{ProjectId, ProposalId};
use crate::domain::project::{ProjectContent, ProjectTyped};
use crate::domain::proposal::{ProposalContent, ProposalTyped};
use crate::operations::projects::{draft_project, publish_project};
use crate::operations::proposals::{Submission, submit_proposal};

/// An open project with a proposal of each of so many freelancers.
#[derive(Debug)]
pub struct Ground {
    /// Which.
    pub project: ProjectId,
    /// In the order of the freelancers.
    pub proposals: Vec<ProposalId>,
}

/// The words of a project as its form has them, but for its deadline.
pub const TYPED: ProjectTyped<'static> = ProjectTyped {
    title: "Stock system for three warehouses",
    description: "Scanners, shelves and a till.",
    skills: "Rust",
    kind: "FIXED",
    budget_min: "5000.00",
    budget_max: "9000.00",
    currency: "EUR",
    deadline: None,
    sealed: false,
    questions: "",
};

/// In a month.
pub fn deadline(lab: &mut Lab) -> anyhow::Result<DateTime<Utc>> {
    let now = clock(lab.pg())? + TimeDelta::days(30);
    Ok(DateTime::from_timestamp(now.timestamp(), 0).unwrap_or(now))
}

/// Makes one.
pub fn ground(lab: &mut Lab, freelancers: usize) -> anyhow::Result<Ground> {
    let deadline = Some(deadline(lab)?);
    let content = ProjectContent::parse(&ProjectTyped { deadline, ..TYPED }).map_err(|wrong| anyhow::anyhow!("{wrong:?}"))?;
    let (organisation, by) = (lab.cast.organisation, lab.cast.owner()?);
    let project = done(draft_project(&mut lab.conn(), by, organisation, &content, None))?;
    done(publish_project(&mut lab.conn(), by, project, Some(1)))?;
    let authors: Vec<_> = lab.cast.freelancers.iter().take(freelancers).map(|freelancer| freelancer.id).collect();
    let mut proposals = Vec::new();
    for author in authors {
        let words =
            ProposalTyped { amount: "6400.00", days: "20", start: "", cover_letter: "I can.", answers: Vec::new(), milestones: Vec::new() };
        let content = ProposalContent::parse(&words, &[]).map_err(|wrong| anyhow::anyhow!("{wrong:?}"))?;
        let sent = Submission { project, content, version: None, scope_version: None, files: None };
        proposals.push(done(submit_proposal(&mut lab.conn(), author, &sent))?.proposal);
    }
    Ok(Ground { project, proposals })
}

/// The form that accepts a proposal.
pub fn accept(proposal: ProposalId) -> (Send, Yes) {
    let page = format!("/proposals/{proposal}/accept");
    (Send::Form { action: page.clone(), page, typed: Vec::new() }, Yes::Names("CONTRACT", proposal.to_string()))
}

/// Each client one of the proposals, by chance.
pub fn round(lab: &mut Lab) -> anyhow::Result<Vec<Attempt>> {
    let Ground { proposals, .. } = ground(lab, 6)?;
    let mut attempts = Vec::new();
    for window in lab.managers()? {
        let place = lab.one_of(proposals.len());
        if let Some(proposal) = proposals.get(place) {
            let (send, yes) = accept(*proposal);
            attempts.push(Attempt { window, delay: lab.within(3), send, yes });
        }
    }
    Ok(attempts)
}
