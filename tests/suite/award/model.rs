//! What each act does to a project that nobody else touches: the rules once more, written without the product.
use diesel::prelude::*;
use guildhall::schema::{projects, proposals};

use super::act::Act;
use crate::support::given::OpenProject;

/// A proposal as the model knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bid {
    pub status: &'static str,
    pub version: i32,
    pub declined: bool,
}

/// A project with the proposals of its freelancers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    pub project: &'static str,
    pub version: i32,
    pub scope: i32,
    pub proposals: Vec<Option<Bid>>,
}

type Next = Result<State, String>;

impl State {
    /// What is in the database.
    pub fn read(conn: &mut PgConnection, of: &OpenProject) -> Self {
        let project = projects::table.find(of.id.0).select((projects::status, projects::version, projects::scope_version));
        let (status, version, scope): (String, i32, i32) = project.first(conn).unwrap();
        let mut bid = |freelancer: i64| {
            let own = proposals::table.filter(proposals::project_id.eq(of.id.0)).filter(proposals::freelancer_id.eq(freelancer));
            let own = own.select((proposals::status, proposals::version, proposals::declined_at.is_not_null()));
            own.first::<(String, i32, bool)>(conn).optional().unwrap()
        };
        let bids: Vec<_> = of.freelancers.iter().map(|person| bid(person.id.0)).collect();
        let bid = |(status, version, declined): (String, i32, bool)| Bid { status: known(&status), version, declined };
        Self { project: known(&status), version, scope, proposals: bids.into_iter().map(|row| row.map(bid)).collect() }
    }

    /// What the act makes of it, or the name of the refusal.
    pub fn after(&self, act: Act) -> Next {
        match act {
            Act::Accept => self.accept(0),
            Act::AcceptOther => self.accept(1),
            Act::Cancel if self.project != "OPEN" => Err(self.project_is()),
            Act::Cancel if self.version != 1 => Err(changed(self.version)),
            Act::Cancel => Ok(self.clone().ended("CANCELLED")),
            Act::Edit if self.project != "OPEN" => Err(self.project_is()),
            Act::Edit if self.version != 1 => Err(changed(self.version)),
            Act::Edit => Ok(Self { version: self.version + 1, scope: self.scope + 1, ..self.clone() }),
            _ if self.project != "OPEN" => Err(self.project_is()),
            Act::Withdraw => self.withdraw(),
            Act::Revise if self.bid(0).version != 1 => Err(changed(self.bid(0).version)),
            Act::Revise => self.answering().map(|state| state.with(0, "PENDING", self.bid(0).version + 1)),
            Act::Decline if self.bid(0).status != "PENDING" => Err(proposal_is(self.bid(0).status)),
            Act::Decline if self.bid(0).version != 1 => Err(changed(self.bid(0).version)),
            Act::Decline => {
                let mut state = self.clone().with(0, "REJECTED", 1);
                state.proposals[0].as_mut().unwrap().declined = true;
                Ok(state)
            }
            Act::Undecline if !self.bid(0).declined => Err(proposal_is(self.bid(0).status)),
            Act::Undecline => Ok(self.clone().with(0, "PENDING", self.bid(0).version)),
            Act::LateSubmit => {
                let version = self.proposals[2].as_ref().map_or(0, |bid| bid.version);
                self.answering().map(|state| state.with(2, "PENDING", version + 1))
            }
        }
    }

    fn accept(&self, place: usize) -> Next {
        let bid = self.bid(place);
        match bid.status {
            "ACCEPTED" => Ok(self.clone()),
            _ if self.project != "OPEN" => Err(self.project_is()),
            "PENDING" if bid.version != 1 => Err(changed(bid.version)),
            "PENDING" => self.answering().map(|state| state.with(place, "ACCEPTED", 1).ended("ASSIGNED")),
            other => Err(proposal_is(other)),
        }
    }

    fn withdraw(&self) -> Next {
        let bid = self.bid(0);
        let takes_back = bid.status == "PENDING" || bid.declined;
        if takes_back { Ok(self.clone().with(0, "WITHDRAWN", bid.version)) } else { Err(proposal_is(bid.status)) }
    }

    /// Whoever acts saw the first scope.
    fn answering(&self) -> Next {
        if self.scope == 1 { Ok(self.clone()) } else { Err(format!("ScopeChanged {{ seen: 1, now: {} }}", self.scope)) }
    }

    fn bid(&self, place: usize) -> &Bid {
        self.proposals[place].as_ref().unwrap()
    }

    fn with(mut self, place: usize, status: &'static str, version: i32) -> Self {
        self.proposals[place] = Some(Bid { status, version, declined: false });
        self
    }

    fn ended(mut self, project: &'static str) -> Self {
        self.project = project;
        for bid in self.proposals.iter_mut().flatten().filter(|bid| bid.status == "PENDING") {
            bid.status = "REJECTED";
        }
        self
    }

    fn project_is(&self) -> String {
        format!("ProjectIs({})", named(self.project))
    }
}

fn changed(now: i32) -> String {
    format!("Changed {{ seen: 1, now: {now} }}")
}

fn proposal_is(status: &str) -> String {
    format!("ProposalIs({})", named(status))
}

/// `ASSIGNED` as `Assigned`.
fn named(status: &str) -> String {
    format!("{}{}", &status[..1], status[1..].to_lowercase())
}

fn known(status: &str) -> &'static str {
    const ALL: [&str; 9] = ["DRAFT", "OPEN", "ASSIGNED", "COMPLETED", "CANCELLED", "PENDING", "ACCEPTED", "REJECTED", "WITHDRAWN"];
    ALL.into_iter().find(|word| *word == status).unwrap_or_else(|| panic!("{status}"))
}
