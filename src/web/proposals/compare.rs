//! The comparison: criteria as rows, proposals as columns; where there are many, a list to choose from. Freelancers who
//! come here are led to their form.

use std::borrow::Borrow;

use askama::Template;

use super::asked::{Asked, MOST};
use super::column::{Column, Given};
use super::offer::{self, Best, Offer, Table};
use super::order::{By, Show, order};
use super::sealed;
use crate::db::{Database, projects};
use crate::domain::ids::{ProjectId, ProposalId};
use crate::domain::project::{Project, ProjectKind, ProjectStatus};
use crate::domain::proposal::ProposalStatus;
use crate::operations::proposals::look_at_proposals;
use crate::web::context::{Id, SignedIn};
use crate::web::error::PageError;
use crate::web::projects::words;
use crate::web::respond::{self, Answer};
use crate::web::shell::Shell;
use crate::web::shown::{self, Moment};
use crate::web::tags;

/// So many stand on one page of the list.
const PAGE: usize = 20;

#[derive(Template)]
#[template(path = "proposals/compare.html")]
pub(super) struct Page {
    shell: Shell,
    project: Project,
    pub(super) asked: Asked,
    /// Which could be shown, with how many there are of each.
    shows: Vec<(Show, &'static str, usize)>,
    /// All that match, on whichever page.
    matching: usize,
    columns: Vec<Column>,
    /// As a list; otherwise side by side.
    is_list: bool,
    /// Those that were chosen and stand on another page of the list, with their authors.
    elsewhere: Vec<(ProposalId, String)>,
    /// Whose were chosen beyond what fits.
    pub(super) left_out: Vec<String>,
    /// More follow behind the last one.
    more: bool,
    manages: bool,
    contract: Option<projects::Decision>,
}

/// Shows the comparison to the client's members.
pub async fn page(signed_in: SignedIn, id: Id<ProjectId>, database: Database, mut asked: Asked) -> Answer {
    if asked.pressed {
        return respond::see_other(&asked.address(id.0));
    }
    let person = signed_in.person.clone();
    let found = database.run(move |conn| {
        let found = offer::read(conn, id.0, &person)?;
        if let Some((project, Some(_))) = &found
            && let Err(failure) = look_at_proposals(conn, person.id, project)
        {
            tracing::debug!(?failure, "a look was not written");
        }
        Ok(found)
    });
    let found = found.await?;
    let (project, table) = match found {
        None => return Err(PageError::NotFound),
        Some((project, None)) => return respond::see_other(&format!("/projects/{}/proposals/new", project.id)),
        Some((project, Some(table))) => (project, table),
    };
    if project.bids_are_sealed() {
        return sealed::page(signed_in, project.id, &database).await;
    }
    let Table { role, offers, decision } = table;
    let shell = signed_in.shell();
    let count = |show: Show| offers.iter().filter(|offer| show.shows(offer)).count();
    let shows = Show::ALL.iter().map(|(show, _, label)| (*show, *label, count(*show))).collect();
    let author = |id: &ProposalId| offers.iter().find(|offer| offer.named.proposal.id == *id).map(|offer| offer.named.freelancer.clone());
    let named: Vec<(ProposalId, String)> = asked.chosen.iter().filter_map(|id| Some((*id, author(id)?))).collect();
    let left_out = asked.left_out.iter().filter_map(author).collect();
    // Numbers of another project's proposals, or of some that were withdrawn, choose nothing.
    asked.chosen = named.iter().map(|(id, _)| *id).collect();
    asked.choosing &= !asked.chosen.is_empty();
    let offers = asked_for(offers, &asked);
    let (best, matching) = (Best::among(&offers), offers.len());
    let goes_by_page = asked.chosen.is_empty() || asked.choosing;
    let is_list = asked.choosing || asked.chosen.is_empty() && !asked.all && (matching > MOST || asked.after.is_some());
    let (offers, more) = if goes_by_page { one_page(offers, asked.after) } else { (offers, false) };
    let elsewhere = named.into_iter().filter(|(id, _)| offers.iter().all(|offer| offer.named.proposal.id != *id)).collect();
    let columns = offers.into_iter().map(|offer| Column::new(offer, best, &project, &shell.clock)).collect();
    let manages = role.manages_projects();
    respond::page(&Page {
        shell,
        project,
        asked,
        shows,
        matching,
        columns,
        is_list,
        elsewhere,
        left_out,
        more,
        manages,
        contract: decision,
    })
}

/// The proposals that an address asks for, in its order.
pub fn asked_for(mut offers: Vec<Offer>, asked: &Asked) -> Vec<Offer> {
    let chosen = |offer: &Offer| asked.chosen.contains(&offer.named.proposal.id);
    let any_chosen = !asked.choosing && offers.iter().any(chosen);
    offers.retain(|offer| if any_chosen { chosen(offer) } else { asked.show.shows(offer) });
    order(&mut offers, asked.by, asked.reversed);
    offers
}

/// What stands behind a proposal, and whether there is more behind that; from the beginning where it is not there.
fn one_page(mut offers: Vec<Offer>, after: Option<ProposalId>) -> (Vec<Offer>, bool) {
    let behind = after.and_then(|after| offers.iter().position(|offer| offer.named.proposal.id == after));
    offers.drain(..behind.map_or(0, |place| place + 1));
    let more = offers.len() > PAGE;
    offers.truncate(PAGE);
    (offers, more)
}

impl Page {
    fn title(&self) -> String {
        match (self.matching, self.is_list) {
            (0, _) if self.total() > 0 => "No proposals among these".to_owned(),
            (0, _) => "Proposals".to_owned(),
            (1, _) => "1 proposal".to_owned(),
            (several, true) => format!("{several} proposals"),
            (several, false) => format!("Compare {several} proposals"),
        }
    }

    /// All there are.
    fn total(&self) -> usize {
        self.shows.iter().find(|(show, ..)| *show == Show::All).map_or(0, |(.., count)| *count)
    }

    fn budget(&self) -> String {
        words::budget(self.project.kind, self.project.from(), self.project.to())
    }

    /// Whether there is a rail, and where on it the project stands.
    fn rail(&self) -> (bool, usize) {
        tags::place(&self.project.status).map_or((false, 0), |place| (true, place))
    }

    fn closes(&self) -> Moment {
        shown::time(&self.shell.clock, self.project.deadline)
    }

    fn is_open(&self) -> bool {
        self.project.status == ProjectStatus::Open
    }

    /// Whether the reader decides, and there is something to decide.
    fn decides(&self) -> bool {
        self.manages && self.is_open()
    }

    /// Whether a column's proposal can be accepted or declined.
    fn can_win(&self, column: &Column) -> bool {
        self.decides() && column.offer.named.proposal.status == ProposalStatus::Pending
    }

    /// Whether its decline can be undone.
    fn can_return(&self, column: &Column) -> bool {
        self.decides() && column.offer.named.proposal.declined_at.is_some()
    }

    fn any_milestones(&self) -> bool {
        self.columns.iter().any(|column| !column.milestones.is_empty())
    }

    fn any_marks(&self) -> bool {
        self.manages || self.columns.iter().any(|column| column.offer.team.has_any())
    }

    /// Whether only those that were chosen are compared.
    fn is_chosen(&self) -> bool {
        !self.asked.chosen.is_empty() && !self.asked.choosing
    }

    /// The address of the same in another order.
    fn sorted(&self, by: impl Borrow<By>) -> String {
        self.asked.sorted(*by.borrow()).address(self.project.id)
    }

    /// How it is ordered by this, for screen readers; nothing where it is not.
    fn sort_said(&self, by: impl Borrow<By>) -> &'static str {
        match (*by.borrow() == self.asked.by, self.asked.reversed) {
            (false, _) => "",
            (true, false) => "in this order",
            (true, true) => "in this order, the other way round",
        }
    }

    /// The orders that make sense here.
    fn orders(&self) -> impl Iterator<Item = &(By, &'static str, &'static str)> {
        let hourly = self.project.kind == ProjectKind::Hourly;
        By::ALL.iter().filter(move |(by, ..)| !(hourly && *by == By::Day))
    }

    fn showing(&self, show: impl Borrow<Show>) -> String {
        self.asked.showing(*show.borrow()).address(self.project.id)
    }

    fn without(&self, column: &Column) -> String {
        self.asked.without(column.offer.named.proposal.id).address(self.project.id)
    }

    /// All that are shown, side by side.
    fn side_by_side(&self) -> String {
        self.asked.side_by_side().address(self.project.id)
    }

    /// The list that proposals are chosen from; those that were chosen stay so.
    fn list(&self) -> String {
        self.asked.showing(self.asked.show).address(self.project.id)
    }

    fn first(&self) -> String {
        if self.asked.after.is_some() { self.asked.behind(None).address(self.project.id) } else { String::new() }
    }

    fn next(&self) -> String {
        self.behind_last().map_or_else(String::new, |asked| asked.address(self.project.id))
    }

    /// The next page, where there is one.
    pub(super) fn behind_last(&self) -> Option<Asked> {
        let last = self.columns.last().filter(|_| self.more)?.offer.named.proposal.id;
        Some(self.asked.behind(Some(last)))
    }

    fn file(&self, format: &str) -> String {
        self.asked.file(self.project.id, format)
    }
}
