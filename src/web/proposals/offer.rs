//! A proposal among others, with all that it is compared by; read at once for a whole project.

use crate::db::proposals::{Compared, Named};
use crate::db::{PgConnection, QueryResult, marks, projects, proposals};
use crate::domain::ids::ProjectId;
use crate::domain::membership::Role;
use crate::domain::person::Person;
use crate::domain::project::Project;
use crate::domain::proposal::{Proposal, ProposalStatus};
use crate::domain::record::Contracts;

use super::team::Team;

/// A proposal among others.
#[derive(Debug, Clone)]
pub struct Offer {
    /// The proposal, with its names.
    pub named: Named,
    /// What the members noted about it.
    pub team: Team,
    /// What became of its freelancer's contracts in this marketplace.
    pub contracts: Contracts,
    /// How many of the project's questions are answered.
    pub answered: usize,
}

/// All that a comparison is made of.
#[derive(Debug, Clone)]
pub struct Table {
    /// What the reader is to the client.
    pub role: Role,
    /// The proposals that were not withdrawn, oldest first; none while bids are sealed.
    pub offers: Vec<Offer>,
    /// How the project was decided, if it was.
    pub decision: Option<projects::Decision>,
}

/// Reads a project, and for the client's members its proposals with all that they are compared by: in so many
/// statements, however many proposals there are.
pub fn read(conn: &mut PgConnection, id: ProjectId, person: &Person) -> QueryResult<Option<(Project, Option<Table>)>> {
    let Some(project) = projects::find(conn, id)? else { return Ok(None) };
    let Some(role) = person.role_in(project.organisation_id) else {
        return Ok(projects::seen_by(conn, id, Some(person.id))?.map(|view| (view.project, None)));
    };
    if project.proposal_count == 0 || project.bids_are_sealed() {
        return Ok(Some((project, Some(Table { role, offers: Vec::new(), decision: None }))));
    }
    let proposals = proposals::of_project(conn, &project)?;
    let marks = if proposals.iter().any(|one| one.is_marked) { marks::of_project(conn, &project)? } else { Vec::new() };
    let decision = if project.accepted_proposal_id.is_some() { projects::decision(conn, project.id)? } else { None };
    let offer = |Compared { named, contracts, .. }| Offer {
        team: Team::of(named.proposal.id, &marks),
        contracts,
        answered: project.questions.iter().filter(|question| is_answered(&named.proposal, question)).count(),
        named,
    };
    let offers = proposals.into_iter().map(offer).collect();
    Ok(Some((project, Some(Table { role, offers, decision }))))
}

fn is_answered(proposal: &Proposal, question: &str) -> bool {
    proposal.answered().any(|(asked, answer)| asked == question && !answer.is_empty())
}

impl Offer {
    /// Whether it can still win, or has won.
    pub fn counts(&self) -> bool {
        matches!(self.named.proposal.status, ProposalStatus::Pending | ProposalStatus::Accepted)
    }

    /// Whether it is the winner.
    pub fn won(&self) -> bool {
        self.named.proposal.status == ProposalStatus::Accepted
    }

    /// The price of one working day, in minor units, rounded down.
    pub fn a_day(&self) -> i64 {
        self.named.proposal.amount / i64::from(self.named.proposal.days.max(1))
    }
}

/// The lowest price and the soonest finish, where there is something to compare.
#[derive(Debug, Clone, Copy, Default)]
pub struct Best {
    lowest: Option<i64>,
    soonest: Option<chrono::NaiveDate>,
}

impl Best {
    /// Among those that can win.
    pub fn among(offers: &[Offer]) -> Self {
        let counting = || offers.iter().filter(|offer| offer.counts()).map(|offer| &offer.named.proposal);
        if counting().count() < 2 {
            return Self::default();
        }
        Self { lowest: counting().map(|proposal| proposal.amount).min(), soonest: counting().filter_map(Proposal::finish_on).min() }
    }

    /// Whether nobody asks for less.
    pub fn is_lowest(&self, offer: &Offer) -> bool {
        offer.counts() && self.lowest == Some(offer.named.proposal.amount)
    }

    /// Whether nobody is done sooner.
    pub fn is_soonest(&self, offer: &Offer) -> bool {
        offer.counts() && self.soonest.is_some() && offer.named.proposal.finish_on() == self.soonest
    }
}
