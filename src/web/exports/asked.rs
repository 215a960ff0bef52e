//! Which list an address asks for, in which format, and for whom.

use std::future::{Ready, ready};
use std::str::FromStr;

use actix_web::dev::Payload;
use actix_web::web::Query;
use actix_web::{FromRequest, HttpRequest};

use crate::domain::ids::UserId;
use crate::domain::job::JobStatus;
use crate::domain::mail::MailState;
use crate::domain::report::{Filter as Spend, month};
use crate::domain::review::Reviewed;
use crate::exports::{Format, List};
use crate::web::admin::{history, organisations, people, projects, tickets};
use crate::web::context::{Context, Visitor};
use crate::web::error::PageError;
use crate::web::form::Fields;
use crate::web::freelancers;
use crate::web::projects::asked::Asked as Search;
use crate::web::shown;

/// A list that is wanted as a file.
pub struct Asked {
    /// Which, with the filters of its page.
    pub list: List,
    /// How it is written.
    pub format: Format,
    /// Who asks.
    pub visitor: Visitor,
    /// The address, with its filters.
    pub address: String,
}

impl Asked {
    fn of(request: &HttpRequest) -> Result<Self, PageError> {
        let format = request.match_info().get("format").and_then(Format::parse).ok_or(PageError::NotFound)?;
        let visitor = Visitor { context: Context::of(request) };
        let list = list(request, visitor.id())?;
        let address = request.uri().path_and_query().map(ToString::to_string).unwrap_or_default();
        let for_everybody = matches!(list, List::Projects(_) | List::Freelancers(_) | List::Reviews(_) | List::Questions(_));
        if visitor.id().is_none() && !for_everybody {
            return Err(PageError::SignIn(address));
        }
        if !for_everybody && visitor.person().is_some_and(|person| person.lacks_factor) {
            return Err(PageError::FactorFirst);
        }
        Ok(Self { list, format, visitor, address })
    }
}

/// The list of an address. The patterns are those of the route table.
fn list(request: &HttpRequest, reader: Option<UserId>) -> Result<List, PageError> {
    Ok(match request.match_pattern().as_deref() {
        Some("/projects.{format}") => List::Projects(Box::new(Search::parse(request.query_string()).filter(reader))),
        Some("/freelancers.{format}") => List::Freelancers(freelancers::list::filter(&freelancers::list::asked(request))),
        Some("/dashboard/projects.{format}") => List::OwnProjects,
        Some("/dashboard/proposals.{format}") => List::OwnProposals,
        Some("/dashboard/contracts.{format}") => List::Contracts,
        Some("/freelancers/{id}/reviews.{format}") => List::Reviews(Reviewed::Freelancer(id(request)?)),
        Some("/organisations/{id}/reviews.{format}") => List::Reviews(Reviewed::Client(id(request)?)),
        Some("/organisations/{id}/members.{format}") => List::Members(id(request)?),
        Some("/organisations/{id}/invitations.{format}") => List::Links(id(request)?),
        Some("/organisations/{id}/history.{format}") => List::OrganisationHistory(id(request)?),
        Some("/projects/{id}/history.{format}") => List::ProjectHistory(id(request)?),
        Some("/contracts/{id}/history.{format}") => List::ContractHistory(id(request)?),
        Some("/projects/{id}/questions.{format}") => List::Questions(id(request)?),
        Some("/projects/{id}/invitations.{format}") => List::Guests(id(request)?),
        Some("/account/history.{format}") => List::AccountHistory,
        Some("/notices.{format}") => List::Notices,
        Some("/messages.{format}") => List::Threads,
        Some("/proposals/{id}/messages.{format}") => List::ProposalMessages(id(request)?),
        Some("/contracts/{id}/messages.{format}") => List::ContractMessages(id(request)?),
        Some("/reports.{format}") => {
            let asked = Fields::parse(request.query_string().as_bytes());
            let (from, to) = (month(asked.get("from")), month(asked.get("to")));
            let (from, to) = from.zip(to).ok_or(PageError::NotFound)?;
            List::Spend(Spend { from, to, project: asked.get("project").parse().ok(), freelancer: asked.get("freelancer").parse().ok() })
        }
        Some("/statements/{month}.{format}") => {
            List::Statement(request.match_info().get("month").and_then(month).ok_or(PageError::NotFound)?)
        }
        Some("/invoices.{format}") => List::Invoices(None),
        Some("/contracts/{id}/invoices.{format}") => List::Invoices(Some(id(request)?)),
        Some("/contracts/{id}/milestones.{format}") => List::Milestones(id(request)?),
        Some("/contracts/{id}/time.{format}") => List::Sessions(id(request)?),
        Some("/account/tokens.{format}") => List::Tokens,
        Some("/organisations/{id}/webhooks.{format}") => List::Webhooks(id(request)?),
        Some("/webhooks/{id}.{format}") => List::Calls(id(request)?),
        Some("/searches.{format}") => List::Searches,
        Some("/drafts.{format}") => List::Drafts,
        Some("/admin/reports.{format}") => List::Reports,
        Some("/admin/mails.{format}") => List::Letters(chosen(request, "state").and_then(|word| MailState::parse(&word))),
        Some("/tickets.{format}") => List::OwnTickets,
        Some("/admin/tickets.{format}") => {
            let asked: Query<tickets::Asked> = Query::from_query(request.query_string()).map_err(|_| PageError::NotFound)?;
            List::Tickets(Box::new(asked.filter(reader.ok_or_else(|| PageError::SignIn(request.uri().to_string()))?)))
        }
        Some("/admin/people.{format}") => {
            let asked: Query<people::Asked> = Query::from_query(request.query_string()).map_err(|_| PageError::NotFound)?;
            List::People(asked.filter())
        }
        Some("/admin/abuse.{format}") => List::Abuse(chosen(request, "which").as_deref() != Some("all")),
        Some("/admin/history.{format}") => {
            let asked: Query<history::Asked> = Query::from_query(request.query_string()).map_err(|_| PageError::NotFound)?;
            let (zone, _) = shown::zone(Context::of(request).person.as_ref().map(|person| person.time_zone.as_str()));
            List::AllHistory(Box::new(asked.sought(&zone).map_err(|_| PageError::NotFound)?))
        }
        Some("/admin/organisations.{format}") => {
            let asked: Query<organisations::Asked> = Query::from_query(request.query_string()).map_err(|_| PageError::NotFound)?;
            List::AllOrganisations(asked.words())
        }
        Some("/admin/projects.{format}") => {
            let asked: Query<projects::Asked> = Query::from_query(request.query_string()).map_err(|_| PageError::NotFound)?;
            List::AllProjects(asked.sought())
        }
        Some("/admin/jobs.{format}") => List::Jobs(chosen(request, "status").and_then(|word| JobStatus::parse(&word))),
        _ => return Err(PageError::NotFound),
    })
}

/// What a filter of the address was set to.
fn chosen(request: &HttpRequest, filter: &str) -> Option<String> {
    form_urlencoded::parse(request.query_string().as_bytes()).find(|(name, _)| name == filter).map(|(_, value)| value.into_owned())
}

fn id<T: FromStr>(request: &HttpRequest) -> Result<T, PageError> {
    request.match_info().get("id").and_then(|text| text.parse().ok()).ok_or(PageError::NotFound)
}

impl FromRequest for Asked {
    type Error = PageError;
    type Future = Ready<Result<Self, PageError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Self::of(request))
    }
}
