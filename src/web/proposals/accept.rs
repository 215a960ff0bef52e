//! The award: a page that says what will happen, and the deed.

use std::convert::Infallible;

use actix_web::http::StatusCode;
use actix_web::web::Data;
use askama::Template;

use super::conflict::{self, Act, Before, Scene};
use super::standing::{self, Reader, Standing};
use super::team::{self, Team};
use crate::db::proposals::Compared;
use crate::db::{Connection, Database, Failure, PgConnection, QueryResult, projects, proposals};
use crate::domain::field_errors::FieldErrors;
use crate::domain::ids::{ContractId, ProposalId, UserId};
use crate::domain::project::{AwardRefused, ProjectStatus, Revision, Seen};
use crate::domain::proposal::ProposalStatus;
use crate::operations::proposals::{Accepted, accept_proposal};
use crate::web::context::{Id, SignedIn};
use crate::web::error::PageError;
use crate::web::form::Fields;
use crate::web::projects::difference::{Difference, Line};
use crate::web::respond::{self, Answer};
use crate::web::server::Secrets;
use crate::web::shell::Shell;
use crate::web::shown;

#[derive(Template)]
#[template(path = "proposals/accept.html")]
struct Page {
    shell: Shell,
    standing: Standing,
    /// The names of those who would not be selected.
    others: Vec<String>,
    team: Team,
    /// What changed since the version of the project that this proposal answers.
    older: Option<Older>,
    errors: FieldErrors,
}

/// The proposal answers an earlier version of the project.
struct Older {
    /// None where the earlier words were not kept.
    difference: Option<Difference>,
}

/// All that the page is made of, read at once.
struct Asked {
    standing: Standing,
    others: Vec<Compared>,
    team: Team,
    between: Option<(Revision, Revision)>,
}

fn ask(conn: &mut PgConnection, id: ProposalId, user: UserId) -> QueryResult<Option<Asked>> {
    let Some(standing) = standing::read(conn, id, user)? else { return Ok(None) };
    let (project, answers) = (&standing.project, standing.named.proposal.scope_version);
    let others = proposals::of_project(conn, project)?;
    let team = team::open(conn, id, user)?;
    let between =
        if answers == project.scope_version { None } else { projects::between(conn, project.id, answers, project.scope_version)? };
    Ok(Some(Asked { standing, others, team, between }))
}

/// Asks before it binds.
pub async fn page(signed_in: SignedIn, id: Id<ProposalId>, database: Database) -> Answer {
    let user = signed_in.id();
    let asked = database.run(move |conn| Ok(ask(conn, id.0, user)?)).await?.ok_or(PageError::NotFound)?;
    show(signed_in, asked, FieldErrors::new())
}

/// The page, or why there is nothing to ask; with what was wrong about the answer.
fn show(signed_in: SignedIn, asked: Asked, errors: FieldErrors) -> Answer {
    let Asked { standing, others, team, between } = asked;
    let id = standing.named.proposal.id;
    let Some(Reader::Member(role)) = standing.reader(&signed_in.person) else { return Err(PageError::NotFound) };
    let shell = signed_in.shell();
    if standing.project.accepted_proposal_id == Some(standing.named.proposal.id)
        && let Some(decision) = &standing.decision
    {
        return respond::see_other(&format!("/contracts/{}", decision.contract));
    }
    if let Some(why) = blocked(&standing, role.manages_projects()) {
        let scene = Scene { standing, act: Act::Accept, before: Before::default(), sent: false, edited_at: None };
        return conflict::not_accepted(shell, Some(scene), why);
    }
    let pending =
        others.into_iter().map(|one| one.named).filter(|one| one.proposal.status == ProposalStatus::Pending && one.proposal.id != id);
    let others = pending.map(|one| one.freelancer).collect();
    let is_older = standing.named.proposal.scope_version != standing.project.scope_version;
    let older = is_older.then(|| Older { difference: between.map(|(earlier, later)| Difference::between(&earlier, &later, &shell.clock)) });
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    respond::page_with(status, &Page { shell, standing, others, team, older, errors })
}

/// What would be refused anyway is said at once. The operation judges again, under the lock.
fn blocked(standing: &Standing, manages: bool) -> Option<AwardRefused> {
    let (project, proposal) = (&standing.project, &standing.named.proposal);
    if !manages {
        return Some(AwardRefused::NotAllowed);
    }
    if project.status != ProjectStatus::Open {
        return Some(AwardRefused::ProjectIs(project.status));
    }
    if project.is_held() {
        return Some(AwardRefused::Held);
    }
    (proposal.status != ProposalStatus::Pending).then_some(AwardRefused::ProposalIs(proposal.status))
}

/// What became of it.
enum Outcome {
    Made(ContractId),
    Already(ContractId, Option<Box<Standing>>),
    /// It answers an earlier version, and nobody has said that this is known.
    Unconfirmed,
    Refused(AwardRefused, Option<Box<Scene>>),
}

/// Accepts the proposal.
pub async fn submit(signed_in: SignedIn, id: Id<ProposalId>, database: Database, secrets: Data<Secrets>, fields: Fields) -> Answer {
    let (user, id) = (signed_in.id(), id.0);
    // a form without a version showed nothing that could be accepted
    let seen = Seen {
        version: fields.version("version").unwrap_or(0),
        scope_version: fields.version("scope_version"),
        unconfirmed: fields.version("unconfirmed"),
    };
    let before = Before { amount: fields.get("seen_amount").parse().ok(), days: fields.version("seen_days") };
    match database.change(move |conn| accept(conn, user, id, seen, &before)).await? {
        Outcome::Made(contract) => respond::see_other_saying(&secrets, &at(contract), "good", &made(contract)),
        Outcome::Already(contract, standing) => {
            let first = standing.and_then(|standing| colleague_was_first(user, &standing));
            respond::see_other_saying(&secrets, &at(contract), "good", &first.unwrap_or_else(|| made(contract)))
        }
        Outcome::Unconfirmed => {
            let mut errors = FieldErrors::new();
            errors.add("unconfirmed", "Tick that you accept it although the project changed since, or wait until it is confirmed");
            let asked = database.run(move |conn| Ok(ask(conn, id, user)?)).await?.ok_or(PageError::NotFound)?;
            show(signed_in, asked, errors)
        }
        Outcome::Refused(why, scene) => conflict::not_accepted(signed_in.shell(), scene.map(|scene| *scene), why),
    }
}

fn accept(conn: &mut Connection<'_>, user: UserId, id: ProposalId, seen: Seen, before: &Before) -> Result<Outcome, Failure<Infallible>> {
    match accept_proposal(conn, user, id, seen) {
        Ok(Accepted { contract, new: true }) => Ok(Outcome::Made(contract)),
        Ok(Accepted { contract, new: false }) => Ok(Outcome::Already(contract, standing::read(conn, id, user)?.map(Box::new))),
        Err(Failure::Refused(why @ (AwardRefused::Missing | AwardRefused::NotAllowed | AwardRefused::Sealed))) => {
            Ok(Outcome::Refused(why, None))
        }
        Err(Failure::Refused(AwardRefused::Unconfirmed { .. })) => Ok(Outcome::Unconfirmed),
        Err(Failure::Refused(why)) => {
            let Some(standing) = standing::read(conn, id, user)? else { return Ok(Outcome::Refused(why, None)) };
            let edited_at = match why {
                AwardRefused::ScopeChanged { .. } => projects::edited_at(conn, standing.project.id)?,
                _ => None,
            };
            let scene = Scene { edited_at, ..Scene::of(standing, Act::Accept, before.clone()) };
            Ok(Outcome::Refused(why, Some(Box::new(scene))))
        }
        Err(Failure::Broken(fault)) => Err(fault.into()),
    }
}

fn at(contract: ContractId) -> String {
    format!("/contracts/{contract}")
}

fn made(contract: ContractId) -> String {
    format!("The proposal is accepted. Contract {} is made, and the other proposals were not selected.", contract.reference())
}

/// The words for whoever chose the same a moment later.
fn colleague_was_first(user: UserId, standing: &Standing) -> Option<String> {
    let decision = standing.decision.as_ref().filter(|decision| decision.by != user)?;
    Some(format!(
        "{} accepted {} {} before you. There is one contract, {}.",
        decision.by_name,
        decision.freelancer_name,
        shown::span(standing.at - decision.at),
        decision.contract.reference()
    ))
}

impl Page {
    fn title(&self) -> String {
        format!("Accept {} for {}?", self.standing.named.freelancer, self.standing.price())
    }

    fn sent(&self) -> shown::Moment {
        shown::time(&self.shell.clock, self.standing.named.proposal.created_at)
    }

    fn start(&self) -> String {
        self.standing.named.proposal.start_on.map_or_else(|| "Not said".to_owned(), shown::day)
    }

    fn milestones(&self) -> Vec<(String, String)> {
        let amount = |amount| self.standing.project.money(amount).to_string();
        self.standing.named.proposal.milestones().into_iter().map(|one| (one.title, amount(one.amount))).collect()
    }

    /// What the second confirmation says.
    fn tick(&self, older: &Older) -> String {
        let name = &self.standing.named.freelancer;
        match &older.difference {
            Some(difference) => format!("I accept it as it is, though since {name} made it {} changed", difference.named()),
            None => format!("I accept it as it is, though the project changed since {name} made it"),
        }
    }

    /// Who would not be selected, in one sentence.
    fn those_not_selected(&self) -> String {
        match self.others.as_slice() {
            [] => "There is no other proposal.".to_owned(),
            [one] => format!("{one} is not selected."),
            [rest @ .., last] if rest.len() < 4 => format!("{} and {last} are not selected.", rest.join(", ")),
            all => format!("The other {} proposals are not selected.", all.len()),
        }
    }

    fn told(&self) -> String {
        match self.others.len() {
            0 => format!("{} sees it at once.", self.standing.named.freelancer),
            others => format!("All {} see it at once.", others + 1),
        }
    }
}
