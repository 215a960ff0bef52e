//! A contract as one of its sides has it before them: what every page of it begins with.

use crate::db::contracts::{self, Ended, Named};
use crate::db::{Database, PgConnection, QueryResult, milestones};
use crate::domain::contract::{Contract, Party, Side, Terms};
use crate::domain::ids::ContractId;
use crate::domain::membership::Member;
use crate::domain::milestone::{Milestone, MilestoneStatus};
use crate::domain::person::Person;
use crate::web::error::PageError;

/// What a page needs to know.
#[derive(Debug, Clone)]
pub struct Desk {
    /// The contract, with names.
    pub named: Named,
    /// Its milestones, in order.
    pub milestones: Vec<Milestone>,
    /// Every version of its terms, where others than the accepted ones were ever proposed.
    pub versions: Vec<Terms>,
    /// How it ended, if it did.
    pub ended: Option<Ended>,
    /// For whom the reader acts.
    pub party: Party,
}

/// Reads it, for somebody of its sides; for everybody else it is not there.
pub fn read(conn: &mut PgConnection, id: ContractId, person: &Person) -> QueryResult<Option<Desk>> {
    let Some(named) = contracts::find_for(conn, id, person.id)? else { return Ok(None) };
    let organisation = named.contract.organisation_id;
    let member = person.role_in(organisation).map(|role| Member { user: person.id, organisation, role });
    let Some(party) = named.contract.party(person.id, member.as_ref()) else { return Ok(None) };
    let (milestones, versions) = (milestones::of_contract(conn, id)?, contracts::every_version(conn, id)?);
    let ended = if named.contract.status.is_live() { None } else { contracts::ending(conn, id)? };
    Ok(Some(Desk { named, milestones, versions, ended, party }))
}

/// The same, for a handler.
///
/// # Errors
/// Not found for whom the contract does not concern.
pub async fn desk(database: &Database, id: ContractId, person: Person) -> Result<Desk, PageError> {
    database.run(move |conn| Ok(read(conn, id, &person)?)).await?.ok_or(PageError::NotFound)
}

impl Desk {
    /// The contract.
    pub fn contract(&self) -> &Contract {
        &self.named.contract
    }

    /// The version that waits for an answer.
    pub fn waiting(&self) -> Option<&Terms> {
        self.versions.iter().find(|terms| terms.answer.is_none())
    }

    /// Whether the reader does the work.
    pub fn is_freelancer(&self) -> bool {
        self.party.side == Side::Freelancer
    }

    /// Whether the reader decides for the client.
    pub fn decides(&self) -> bool {
        self.party.side == Side::Client && self.party.decides
    }

    /// The name of a side.
    pub fn name_of(&self, side: Side) -> &str {
        match side {
            Side::Client => &self.named.organisation,
            Side::Freelancer => &self.named.freelancer,
        }
    }

    /// The name of the other side.
    pub fn other(&self) -> &str {
        self.name_of(self.party.side.other())
    }

    /// Milestones that wait for the client.
    pub fn submitted(&self) -> impl Iterator<Item = &Milestone> {
        self.milestones.iter().filter(|milestone| milestone.status == MilestoneStatus::Submitted)
    }

    /// An amount in words, from code or from a template, which passes it by reference.
    pub fn money(&self, minor: impl std::borrow::Borrow<i64>) -> String {
        self.contract().money(*minor.borrow()).to_string()
    }
}
