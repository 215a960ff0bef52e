//! Every list that can be had as a file, and what its reader may have of it: what the list's page shows them.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::table::Cell;
use super::{history, house, machines, money, own, people, projects, talk, work};
use crate::db::annals;
use crate::db::directory;
use crate::db::people::Filter as Seek;
use crate::db::projects::{Filter, Sought};
use crate::db::tickets;
use crate::db::{Failure, PgConnection};
use crate::domain::ids::{ContractId, OrganisationId, ProjectId, ProposalId, UserId, WebhookId};
use crate::domain::job::JobStatus;
use crate::domain::mail::MailState;
use crate::domain::message::About;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::report::{Filter as Spend, month_of};
use crate::domain::review::Reviewed;

/// A list with its filters.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum List {
    /// Open projects as they were searched for.
    Projects(Box<Filter>),
    /// All projects of the reader's organisations.
    OwnProjects,
    /// Proposals that the reader sent.
    OwnProposals,
    /// Contracts of the reader and of their organisations.
    Contracts,
    /// The directory of freelancers as it was searched.
    Freelancers(directory::Filter),
    /// What is said of somebody.
    Reviews(Reviewed),
    /// An organisation's members.
    Members(OrganisationId),
    /// The links by which somebody can join an organisation.
    Links(OrganisationId),
    /// What happened to a project.
    ProjectHistory(ProjectId),
    /// What happened to an organisation.
    OrganisationHistory(OrganisationId),
    /// What happened to a contract.
    ContractHistory(ContractId),
    /// What the reader did with their account.
    AccountHistory,
    /// What the reader was told.
    Notices,
    /// With whom the reader writes.
    Threads,
    /// What was written about a proposal.
    ProposalMessages(ProposalId),
    /// What was written about a contract.
    ContractMessages(ContractId),
    /// What was asked about a project, and answered.
    Questions(ProjectId),
    /// Who is invited to a project.
    Guests(ProjectId),
    /// What was spent, where the reader keeps the money.
    Spend(Spend),
    /// The reader's statement of the month that begins on this day.
    Statement(NaiveDate),
    /// Invoices that the reader issued or that came to their organisations; of one contract, where that is named.
    Invoices(Option<ContractId>),
    /// A contract's milestones.
    Milestones(ContractId),
    /// The time worked on a contract.
    Sessions(ContractId),
    /// The searches that the reader keeps.
    Searches,
    /// The reader's tokens.
    Tokens,
    /// An organisation's webhooks.
    Webhooks(OrganisationId),
    /// What a webhook told.
    Calls(WebhookId),
    /// The drafts that the reader keeps.
    Drafts,
    /// What people told the house about messages; for admins, as the next two are.
    Reports,
    /// Letters, or those in one state.
    Letters(Option<MailState>),
    /// Background jobs, or those in one state.
    Jobs(Option<JobStatus>),
    /// What the reader asked of the house.
    OwnTickets,
    /// The house's queue as it was searched; for admins.
    Tickets(Box<tickets::Filter>),
    /// What people told the house about projects, profiles and reviews: what is to be settled, or all; for admins.
    Abuse(bool),
    /// What happened everywhere, as it was searched; for admins.
    AllHistory(Box<annals::Sought>),
    /// Organisations in whose name these words stand; for admins.
    AllOrganisations(String),
    /// Projects of everybody as they were searched; for admins.
    AllProjects(Sought),
    /// People as they were searched; for admins.
    People(Seek),
    /// One of the tables of all that is kept about the reader, by its place.
    Own(usize),
}

/// Why a list is not shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotShown {
    /// Not there, or not to be known of by this reader.
    Missing,
    /// Seen, but not for this reader.
    NotAllowed,
}

impl Refusal for NotShown {
    fn kind(&self) -> RefusalKind {
        match self {
            Self::Missing => RefusalKind::Missing,
            Self::NotAllowed => RefusalKind::NotAllowed,
        }
    }
}

/// Some rows of a list.
#[derive(Debug, Clone)]
pub struct Part {
    /// A cell for each column.
    pub rows: Vec<Vec<Cell>>,
    /// Behind what the next part begins; nothing where this is the last.
    pub next: Option<i64>,
}

impl Part {
    /// Rows of which each is made of one thing, and whether there are more behind the last one.
    pub(super) fn of<T>(things: &[T], more: bool, key: impl Fn(&T) -> i64, cells: impl Fn(&T) -> Vec<Cell>) -> Self {
        Self { rows: things.iter().map(cells).collect(), next: things.last().filter(|_| more).map(key) }
    }

    /// A list that is read whole.
    pub(super) fn whole<T>(things: &[T], cells: impl Fn(&T) -> Vec<Cell>) -> Self {
        Self::of(things, false, |_| 0, cells)
    }
}

/// What reading a part comes to.
pub(super) type Read = Result<Part, Failure<NotShown>>;

impl List {
    /// The columns.
    pub fn heads(&self) -> Vec<String> {
        let heads = match self {
            Self::Projects(_) | Self::OwnProjects => projects::LISTED,
            Self::OwnProposals => projects::SENT,
            Self::Contracts => projects::AGREED,
            Self::Freelancers(_) => people::FREELANCERS,
            Self::Reviews(_) => people::REVIEWS,
            Self::Members(_) => people::MEMBERS,
            Self::Links(_) => people::LINKS,
            Self::Guests(_) => people::GUESTS,
            Self::Searches => people::SEARCHES,
            Self::ProjectHistory(_) | Self::OrganisationHistory(_) | Self::ContractHistory(_) | Self::AccountHistory => history::HEADS,
            Self::Invoices(_) => money::INVOICES,
            Self::Milestones(_) => work::MILESTONES,
            Self::Sessions(_) => work::SESSIONS,
            Self::Tokens => machines::TOKENS,
            Self::Webhooks(_) => machines::WEBHOOKS,
            Self::Calls(_) => machines::CALLS,
            Self::Spend(_) => money::SPEND,
            Self::Statement(_) => money::STATEMENT,
            Self::Notices => talk::NOTICES,
            Self::Threads => talk::THREADS,
            Self::ProposalMessages(_) | Self::ContractMessages(_) => talk::MESSAGES,
            Self::Questions(_) => talk::QUESTIONS,
            Self::Drafts => house::DRAFTS,
            Self::Reports => house::REPORTS,
            Self::Letters(_) => house::MAILS,
            Self::Jobs(_) => house::JOBS,
            Self::OwnTickets | Self::Tickets(_) => house::TICKETS,
            Self::People(_) => house::PEOPLE,
            Self::AllProjects(_) => house::PROJECTS,
            Self::AllHistory(_) => history::ALL,
            Self::Abuse(_) => house::ABUSE,
            Self::AllOrganisations(_) => house::ORGANISATIONS,
            Self::Own(place) => own::TABLES.get(*place).map_or(&[][..], |table| table.2),
        };
        heads.iter().map(|head| (*head).to_owned()).collect()
    }

    /// What a file of it is called, without its ending.
    pub fn name(&self) -> String {
        match self {
            Self::Projects(_) => "projects".to_owned(),
            Self::OwnProjects => "own-projects".to_owned(),
            Self::OwnProposals => "own-proposals".to_owned(),
            Self::Contracts => "contracts".to_owned(),
            Self::Freelancers(_) => "freelancers".to_owned(),
            Self::Reviews(Reviewed::Freelancer(id)) => format!("{}-reviews", id.reference()),
            Self::Reviews(Reviewed::Client(id)) => format!("{}-reviews", id.reference()),
            Self::Members(id) => format!("{}-members", id.reference()),
            Self::Links(id) => format!("{}-links", id.reference()),
            Self::ProjectHistory(id) => format!("{}-history", id.reference()),
            Self::OrganisationHistory(id) => format!("{}-history", id.reference()),
            Self::ContractHistory(id) => format!("{}-history", id.reference()),
            Self::AccountHistory => "account-history".to_owned(),
            Self::Notices => "notices".to_owned(),
            Self::Threads => "messages".to_owned(),
            Self::ProposalMessages(id) => format!("{}-messages", id.reference()),
            Self::ContractMessages(id) => format!("{}-messages", id.reference()),
            Self::Questions(id) => format!("{}-questions", id.reference()),
            Self::Guests(id) => format!("{}-invitations", id.reference()),
            Self::Milestones(id) => format!("{}-milestones", id.reference()),
            Self::Sessions(id) => format!("{}-time", id.reference()),
            Self::Searches => "searches".to_owned(),
            Self::Tokens => "tokens".to_owned(),
            Self::Webhooks(id) => format!("{}-webhooks", id.reference()),
            Self::Calls(id) => format!("{}-calls", id.reference()),
            Self::Drafts => "drafts".to_owned(),
            Self::Reports => "reported-messages".to_owned(),
            Self::Letters(_) => "letters".to_owned(),
            Self::Jobs(_) => "jobs".to_owned(),
            Self::Spend(filter) => format!("spent-{}-{}", month_of(filter.from), month_of(filter.to)),
            Self::Statement(month) => format!("statement-{}", month_of(*month)),
            Self::Invoices(None) => "invoices".to_owned(),
            Self::Invoices(Some(id)) => format!("{}-invoices", id.reference()),
            Self::OwnTickets => "own-tickets".to_owned(),
            Self::Tickets(_) => "tickets".to_owned(),
            Self::People(_) => "people".to_owned(),
            Self::AllHistory(_) => "history".to_owned(),
            Self::Abuse(_) => "reports-of-abuse".to_owned(),
            Self::AllOrganisations(_) => "organisations".to_owned(),
            Self::AllProjects(_) => "all-projects".to_owned(),
            Self::Own(place) => own::TABLES.get(*place).map_or("", |table| table.0).to_owned(),
        }
    }

    /// Reads the part behind `after`, at most [`crate::db::Portion::BATCH`] rows, as this reader may have it now. Without
    /// a reader, as everybody may: what is somebody's own is not there.
    ///
    /// # Errors
    /// [`NotShown`]; or whatever broke.
    pub fn read(&self, conn: &mut PgConnection, reader: Option<UserId>, after: Option<i64>) -> Read {
        let by = || reader.ok_or(Failure::Refused(NotShown::Missing));
        match self {
            Self::Projects(filter) => projects::open(conn, filter, after),
            Self::OwnProjects => projects::own(conn, by()?, after),
            Self::OwnProposals => projects::sent(conn, by()?, after),
            Self::Contracts => projects::contracts(conn, by()?, after),
            Self::Freelancers(filter) => people::freelancers(conn, filter, after),
            Self::Reviews(whom) => people::reviews(conn, *whom, reader, after),
            Self::Members(id) => people::members(conn, *id, by()?),
            Self::Links(id) => people::links(conn, *id, by()?),
            Self::Guests(id) => people::guests(conn, *id, by()?),
            Self::Searches => people::searches(conn, by()?),
            Self::Milestones(id) => work::milestones(conn, *id, by()?),
            Self::Sessions(id) => work::sessions(conn, *id, by()?, after),
            Self::Tokens => machines::tokens(conn, by()?),
            Self::Webhooks(id) => machines::webhooks(conn, *id, by()?),
            Self::Calls(id) => machines::calls(conn, *id, by()?, after),
            Self::Spend(filter) => money::spend(conn, filter, by()?),
            Self::Statement(month) => money::statement(conn, *month, by()?),
            Self::Invoices(on) => money::invoices(conn, *on, by()?, after),
            Self::ProjectHistory(id) => history::project(conn, *id, by()?, after),
            Self::OrganisationHistory(id) => history::of_organisation(conn, *id, by()?, after),
            Self::ContractHistory(id) => history::of_contract(conn, *id, by()?, after),
            Self::AccountHistory => history::of_person(conn, by()?, after),
            Self::Notices => talk::notices(conn, by()?, after),
            Self::Threads => talk::threads(conn, by()?, after),
            Self::ProposalMessages(id) => talk::messages(conn, About::Proposal(*id), by()?, after),
            Self::ContractMessages(id) => talk::messages(conn, About::Contract(*id), by()?, after),
            Self::Questions(id) => talk::questions(conn, *id, reader, after),
            Self::Drafts => house::kept_drafts(conn, by()?),
            Self::Reports => house::reports(conn, by()?, after),
            Self::Letters(state) => house::letters(conn, by()?, *state, after),
            Self::Jobs(status) => house::work(conn, by()?, *status, after),
            Self::OwnTickets => house::own_tickets(conn, by()?, after),
            Self::Tickets(filter) => house::tickets(conn, by()?, filter, after),
            Self::Abuse(open) => house::abuse(conn, by()?, *open, after),
            Self::AllHistory(sought) => history::of_all(conn, by()?, sought, after),
            Self::AllOrganisations(words) => house::organisations(conn, by()?, words, after),
            Self::AllProjects(sought) => house::projects(conn, by()?, sought, after),
            Self::People(filter) => house::people(conn, by()?, filter, after),
            Self::Own(place) => own::rows(conn, own::TABLES.get(*place).ok_or(Failure::Refused(NotShown::Missing))?, by()?, after),
        }
    }
}
