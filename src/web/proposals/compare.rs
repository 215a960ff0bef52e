//! The comparison: criteria as rows, proposals as columns. Freelancers who come here are led to their form.

use actix_web::web::Query;
use askama::Template;
use serde::Deserialize;

use super::column::{Column, Given, mark_best};
use super::sealed;
use super::team::Team;
use crate::db::proposals::Named;
use crate::db::{Database, marks, projects, proposals};
use crate::domain::ids::ProjectId;
use crate::domain::project::{Project, ProjectStatus};
use crate::domain::proposal::ProposalStatus;
use crate::web::context::{Id, SignedIn};
use crate::web::error::PageError;
use crate::web::projects::words;
use crate::web::respond::{self, Answer};
use crate::web::shell::Shell;
use crate::web::shown::{self, Moment};
use crate::web::tags;

/// What the address asks for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    sort: String,
}

#[derive(Template)]
#[template(path = "proposals/compare.html")]
struct Page {
    shell: Shell,
    project: Project,
    columns: Vec<Column>,
    decides: bool,
    sort: &'static str,
    contract: Option<projects::Decision>,
}

/// The orders of the columns: the word in the address, the words on the page.
const ORDERS: [(&str, &str); 4] = [("price", "Lowest price"), ("finish", "Soonest finish"), ("days", "Least time"), ("sent", "First sent")];

/// Shows the comparison to the client's members.
pub async fn page(signed_in: SignedIn, id: Id<ProjectId>, database: Database, asked: Option<Query<Asked>>) -> Answer {
    let person = signed_in.person.clone();
    let found = database
        .run(move |conn| {
            let Some(project) = projects::find(conn, id.0)? else { return Ok(None) };
            let Some(role) = person.role_in(project.organisation_id) else {
                return Ok(projects::seen_by(conn, id.0, Some(person.id))?.map(|view| (view.project, None)));
            };
            let proposals = proposals::of_project(conn, &project)?;
            let marks = marks::of_project(conn, &project)?;
            let contract = if project.accepted_proposal_id.is_some() { projects::decision(conn, project.id)? } else { None };
            Ok(Some((project, Some((role, proposals, marks, contract)))))
        })
        .await?;
    let (project, (role, proposals, marks, contract)) = match found {
        None => return Err(PageError::NotFound),
        Some((project, None)) => return respond::see_other(&format!("/projects/{}/proposals/new", project.id)),
        Some((project, Some(seen))) => (project, seen),
    };
    if project.bids_are_sealed() {
        return sealed::page(signed_in, project.id, &database).await;
    }
    let shell = signed_in.shell();
    let sort = asked.and_then(|asked| ORDERS.iter().find(|(word, _)| *word == asked.sort)).map_or("price", |(word, _)| word);
    let column = |named: Named| {
        let team = Team::of(named.proposal.id, &marks);
        Column::new(named, team, &project, &shell.clock)
    };
    let mut columns: Vec<Column> = proposals.into_iter().map(column).collect();
    mark_best(&mut columns);
    order(&mut columns, sort);
    let decides = role.manages_projects() && project.status == ProjectStatus::Open;
    respond::page(&Page { shell, project, columns, decides, sort, contract })
}

/// The winner first, then those that can win, in the order asked for, then the others.
fn order(columns: &mut [Column], sort: &str) {
    columns.sort_by_key(|column| {
        let proposal = &column.named.proposal;
        let key = match sort {
            // whoever names no start comes last
            "finish" => proposal.finish_on().map_or(i64::MAX, |day| i64::from(day.to_epoch_days())),
            "days" => i64::from(proposal.days),
            "sent" => 0,
            _ => proposal.amount,
        };
        (!column.won(), !column.counts(), key, proposal.id)
    });
}

impl Page {
    fn title(&self) -> String {
        match self.columns.len() {
            0 => "Proposals".to_owned(),
            1 => "1 proposal".to_owned(),
            several => format!("Compare {several} proposals"),
        }
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

    /// Whether a column's proposal can be accepted or declined.
    fn can_win(&self, column: &Column) -> bool {
        self.decides && column.named.proposal.status == ProposalStatus::Pending
    }

    /// Whether its decline can be undone.
    fn can_return(&self, column: &Column) -> bool {
        self.decides && column.named.proposal.declined_at.is_some()
    }

    fn any_milestones(&self) -> bool {
        self.columns.iter().any(|column| !column.milestones.is_empty())
    }

    fn any_marks(&self) -> bool {
        self.columns.iter().any(|column| column.team.has_any())
    }

    fn orders(&self) -> [(&'static str, &'static str); 4] {
        ORDERS
    }
}
