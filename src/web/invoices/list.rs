//! Invoices in a list: all of a person's, or those of one contract.

use actix_web::web::Query;
use askama::Template;

use crate::db::contracts::Named;
use crate::db::invoices::Listed;
use crate::db::{Database, Failure, contracts, invoices};
use crate::domain::ids::{ContractId, InvoiceId};
use crate::exports::day;
use crate::web::context::{Id, SignedIn};
use crate::web::error::PageError;
use crate::web::respond::{self, Answer};
use crate::web::shell::Shell;

/// What the address says.
#[derive(Debug, serde::Deserialize)]
pub struct Asked {
    #[serde(default)]
    after: String,
}

#[derive(Template)]
#[template(path = "invoices/list.html")]
struct Page {
    shell: Shell,
    /// The contract, where the list is one contract's.
    named: Option<Named>,
    invoices: Vec<Listed>,
    after: Option<InvoiceId>,
    more: bool,
}

/// All that somebody issued or that came to their organisations.
pub async fn page(by: SignedIn, asked: Option<Query<Asked>>, database: Database) -> Answer {
    let (user, after) = (by.id(), after(asked));
    let (invoices, more) = database.run(move |conn| Ok(invoices::page(conn, user, None, after)?)).await?;
    respond::page(&Page { shell: by.shell(), named: None, invoices, after, more })
}

/// Those of a contract, for its sides.
pub async fn of_contract(by: SignedIn, Id(id): Id<ContractId>, asked: Option<Query<Asked>>, database: Database) -> Answer {
    let (user, after) = (by.id(), after(asked));
    let found = database.run(move |conn| {
        let Some(named) = contracts::find_for(conn, id, user)? else { return Ok(None) };
        Ok::<_, Failure<std::convert::Infallible>>(Some((named, invoices::page(conn, user, Some(id), after)?)))
    });
    let (named, (invoices, more)) = found.await?.ok_or(PageError::NotFound)?;
    respond::page(&Page { shell: by.shell(), named: Some(named), invoices, after, more })
}

fn after(asked: Option<Query<Asked>>) -> Option<InvoiceId> {
    asked.and_then(|asked| asked.after.parse().ok())
}

impl Page {
    fn path(&self) -> String {
        self.named.as_ref().map_or_else(|| "/invoices".to_owned(), |named| format!("/contracts/{}/invoices", named.contract.id))
    }

    fn first(&self) -> String {
        self.after.map(|_| self.path()).unwrap_or_default()
    }

    fn next(&self) -> String {
        let last = self.invoices.last().filter(|_| self.more);
        last.map(|last| format!("{}?after={}", self.path(), last.id)).unwrap_or_default()
    }

    /// The contract, if the reader may write an invoice of it.
    fn may_write(&self) -> Option<ContractId> {
        let me = self.shell.person.as_ref()?.id;
        self.named.as_ref().filter(|named| named.contract.freelancer_id == me).map(|named| named.contract.id)
    }

    fn dates(&self, one: &Listed) -> String {
        let due = day(one.due_on);
        one.issued_on.map_or_else(|| format!("To be paid by {due}"), |on| format!("Issued {}, to be paid by {due}", day(on)))
    }

    fn is_freelancer(&self) -> bool {
        self.shell.person.as_ref().is_some_and(|person| person.is_freelancer)
    }

    fn reads_reports(&self) -> bool {
        self.shell.person.as_ref().is_some_and(|person| {
            person.memberships.iter().any(|membership| membership.role().is_some_and(crate::domain::membership::Role::keeps_invoices))
        })
    }
}
