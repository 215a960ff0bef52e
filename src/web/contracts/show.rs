//! A contract's terms, as they were pinned when the proposal was accepted; for both sides, to read and to print.

use askama::Template;

use crate::db::contracts::Named;
use crate::db::{Database, contracts};
use crate::domain::contract::{Contract, ContractStatus};
use crate::domain::ids::ContractId;
use crate::domain::money::Money;
use crate::domain::project::ProjectKind;
use crate::domain::proposal::Milestone;
use crate::web::context::{Id, SignedIn};
use crate::web::error::PageError;
use crate::web::respond::{self, Answer};
use crate::web::shell::Shell;
use crate::web::shown::{self, Moment};

#[derive(Template)]
#[template(path = "contracts/show.html")]
struct Page {
    shell: Shell,
    named: Named,
}

/// Shows the contract to its freelancer and to the client's members; for everybody else it is not there.
pub async fn page(signed_in: SignedIn, id: Id<ContractId>, database: Database) -> Answer {
    let user = signed_in.id();
    let named = database.run(move |conn| Ok(contracts::find_for(conn, id.0, user)?)).await?.ok_or(PageError::NotFound)?;
    respond::page(&Page { shell: signed_in.shell(), named })
}

impl Page {
    fn contract(&self) -> &Contract {
        &self.named.contract
    }

    /// The states as the rail shows them, and where this contract stands.
    fn rail(&self) -> ([&'static str; 2], usize) {
        match self.contract().status {
            ContractStatus::Active => (["Active", "Completed"], 0),
            ContractStatus::Paused => (["Paused", "Completed"], 0),
            ContractStatus::Completed => (["Active", "Completed"], 2),
            ContractStatus::Terminated => (["Active", "Terminated"], 1),
        }
    }

    fn by_the_hour(&self) -> bool {
        self.contract().kind == ProjectKind::Hourly
    }

    fn accepted_at(&self) -> Moment {
        shown::exact(&self.shell.clock, self.contract().accepted_at)
    }

    fn start(&self) -> String {
        self.contract().start_on.map_or_else(|| "To be agreed".to_owned(), shown::day)
    }

    fn milestones(&self) -> Vec<(String, String)> {
        let currency = &self.contract().currency;
        let shown = |one: Milestone| (one.title, Money { minor: one.amount, currency }.to_string());
        serde_json::from_value::<Vec<Milestone>>(self.contract().milestones.clone()).unwrap_or_default().into_iter().map(shown).collect()
    }

    fn is_freelancer(&self) -> bool {
        self.shell.person.as_ref().is_some_and(|person| person.id == self.contract().freelancer_id)
    }
}
