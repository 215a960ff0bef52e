//! Beginning an invoice.

use actix_web::http::StatusCode;
use actix_web::web::{Data, Query};

use super::form::{self, Page};
use super::not_the_freelancer;
use crate::db::{Database, Failure, contracts, invoices};
use crate::domain::field_errors::FieldErrors;
use crate::domain::ids::{ContractId, UserId};
use crate::domain::invoice::InvoiceRefused;
use crate::domain::request::Request;
use crate::operations::invoices::draft_invoice;
use crate::web::context::SignedIn;
use crate::web::error::PageError;
use crate::web::form::{Fields, new_key};
use crate::web::respond::{self, Answer};
use crate::web::server::Secrets;
use crate::web::shell::Shell;

/// Of which contract.
#[derive(serde::Deserialize)]
pub struct Asked {
    contract: String,
}

/// Shows the form to the contract's freelancer, with all that can be invoiced chosen.
pub async fn page(by: SignedIn, asked: Option<Query<Asked>>, database: Database) -> Answer {
    let contract = asked.and_then(|asked| asked.contract.parse().ok()).ok_or(PageError::NotFound)?;
    let user = by.id();
    let page = read(&database, by.shell(), contract, user, Fields::default(), FieldErrors::new(), new_key()).await?;
    let (own, client) = database.run(move |conn| Ok(invoices::details_before(conn, user, contract)?)).await?;
    let mut pairs: Vec<(&str, String)> = vec![("issuer_details", own), ("client_details", client)];
    for ready in page.ready.iter().filter(|ready| ready.on.is_none()) {
        pairs.extend(ready.line.timesheet.map(|id| ("week", id.to_string())));
        pairs.extend(ready.line.milestone.map(|id| ("milestone", id.to_string())));
    }
    let pairs: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| (*name, value.as_str())).collect();
    respond::page(&Page { typed: Fields::from_pairs(&pairs), ..page })
}

async fn read(
    database: &Database,
    shell: Shell,
    contract: ContractId,
    user: UserId,
    typed: Fields,
    errors: FieldErrors,
    key: String,
) -> Result<Page, PageError> {
    let found = database.run(move |conn| {
        let Some(named) = contracts::find_for(conn, contract, user)? else { return Ok(None) };
        let ready = invoices::ready(conn, contract)?;
        Ok::<_, Failure<std::convert::Infallible>>(Some((named, ready)))
    });
    let (named, ready) = found.await?.ok_or(PageError::NotFound)?;
    if named.contract.freelancer_id != user {
        return Err(not_the_freelancer());
    }
    let (work, client, currency) = (named.title, named.organisation, named.contract.currency);
    Ok(Page { shell, contract, draft: None, work, client, currency, ready, typed, errors, key })
}

/// Makes the draft.
pub async fn submit(by: SignedIn, database: Database, secrets: Data<Secrets>, sent: Fields) -> Answer {
    let contract: ContractId = sent.get("contract").parse().map_err(|_| PageError::NotFound)?;
    let (user, shell, key) = (by.id(), by.shell(), sent.key());
    let form_key = key.as_ref().map_or_else(new_key, |key| key.as_str().to_owned());
    let content = match form::parse(&sent) {
        Ok(content) => content,
        Err(errors) => {
            let page = read(&database, shell, contract, user, sent, errors, form_key).await?;
            return respond::page_with(StatusCode::UNPROCESSABLE_ENTITY, &page);
        }
    };
    let said: Vec<&str> = sent.iter().flat_map(|(name, value)| [name, value]).collect();
    let once = key.map(|key| Request::new(key, "draft_invoice", &said));
    let done = database.change(move |conn| draft_invoice(conn, user, contract, &content, once.as_ref())).await;
    let mut errors = FieldErrors::new();
    let status = match PageError::unless_refused(done)? {
        Ok(id) => {
            let said = "The draft is made. Nobody else sees it until you issue it.";
            return respond::see_other_saying(&secrets, &format!("/invoices/{id}"), "good", said);
        }
        Err(InvoiceRefused::OnAnother(_)) => {
            errors.add("week", "Something that you chose stands on another invoice since: choose among what is left");
            StatusCode::CONFLICT
        }
        Err(InvoiceRefused::NotApproved) => {
            errors.add("week", "Something that you chose is not approved any more: choose among what is left");
            StatusCode::CONFLICT
        }
        Err(InvoiceRefused::KeyReused) => {
            errors.add("week", "This form was sent before with other words: look for the draft, or send it again");
            StatusCode::UNPROCESSABLE_ENTITY
        }
        Err(InvoiceRefused::NotAllowed) => return Err(not_the_freelancer()),
        Err(why) => return Err(PageError::refused(&why, "No draft was made.")),
    };
    let page = read(&database, shell, contract, user, sent, errors, new_key()).await?;
    respond::page_with(status, &page)
}
