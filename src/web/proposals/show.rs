//! One proposal, for its author and for the client's members; for everybody else it is not there.

use actix_web::http::StatusCode;
use askama::Template;
use chrono::{DateTime, Utc};

use super::standing::{self, Reader, Standing};
use super::team::{self, Team};
use crate::db::{Database, PgConnection, QueryResult, files, marks, projects};
use crate::domain::field_errors::FieldErrors;
use crate::domain::ids::{ProposalId, UserId};
use crate::domain::project::ProjectStatus;
use crate::domain::proposal::ProposalStatus;
use crate::domain::words::Note;
use crate::web::context::{Id, SignedIn};
use crate::web::error::PageError;
use crate::web::files::shown::{Shown, all};
use crate::web::markdown::{self, SafeHtml};
use crate::web::respond::{self, Answer};
use crate::web::shell::Shell;
use crate::web::shown::{self, Moment};

#[derive(Template)]
#[template(path = "proposals/show.html")]
struct Page {
    shell: Shell,
    standing: Standing,
    organisation: String,
    reader: Reader,
    /// For members.
    team: Team,
    /// Whether its author was told that it is on the short list.
    told_shortlisted: bool,
    files: Vec<Shown>,
    errors: FieldErrors,
    typed: Refilled,
}

/// What was typed into one of the page's forms, which is shown again.
#[derive(Debug, Default)]
pub(super) struct Refilled {
    pub reason: String,
    /// Whether the reason was to be told.
    pub shared: bool,
    /// Nothing where the note's form was not the one.
    pub note: Option<String>,
}

/// Shows the proposal.
pub async fn page(signed_in: SignedIn, id: Id<ProposalId>, database: Database) -> Answer {
    show(signed_in, id.0, &database, Refilled::default(), FieldErrors::new()).await
}

/// The page, with what was typed and what is wrong with it.
pub(super) async fn show(signed_in: SignedIn, id: ProposalId, database: &Database, typed: Refilled, errors: FieldErrors) -> Answer {
    let (user, person) = (signed_in.id(), signed_in.person.clone());
    let found = database
        .run(move |conn| {
            let Some(standing) = standing::read(conn, id, user)? else { return Ok(None) };
            let organisation = projects::organisation_name(conn, standing.project.organisation_id)?;
            let Some(reader) = standing.reader(&person) else { return Ok(None) };
            let (team, told_shortlisted) = beside(conn, id, reader, user)?;
            Ok(Some((standing, organisation, reader, team, told_shortlisted, all(&files::of_proposal(conn, id)?))))
        })
        .await?;
    let (standing, organisation, reader, team, told_shortlisted, files) = found.ok_or(PageError::NotFound)?;
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    respond::page_with(
        status,
        &Page { shell: signed_in.shell(), standing, organisation, reader, team, told_shortlisted, files, errors, typed },
    )
}

/// What stands beside the proposal: its marks for members, who look at it from now on; the shared short list for its author.
fn beside(conn: &mut PgConnection, id: ProposalId, reader: Reader, user: UserId) -> QueryResult<(Team, bool)> {
    match reader {
        Reader::Author => Ok((Team::default(), marks::shared_at(conn, id)?.is_some())),
        Reader::Member(_) => Ok((team::open(conn, id, user)?, false)),
    }
}

impl Page {
    fn is_author(&self) -> bool {
        self.reader == Reader::Author
    }

    fn is_open(&self) -> bool {
        self.standing.project.status == ProjectStatus::Open
    }

    /// Whether the reader decides, and there is something to decide.
    fn decides(&self) -> bool {
        matches!(self.reader, Reader::Member(role) if role.manages_projects()) && self.is_open()
    }

    /// What this reader is told of its state: a decline is the members' alone until the project is decided.
    fn status(&self) -> ProposalStatus {
        let proposal = &self.standing.named.proposal;
        if self.is_author() { proposal.status_for_author(self.is_open()) } else { proposal.status }
    }

    fn is_pending(&self) -> bool {
        self.status() == ProposalStatus::Pending
    }

    fn title(&self) -> String {
        if self.is_author() { "Your proposal".to_owned() } else { format!("Proposal of {}", self.standing.named.freelancer) }
    }

    fn can_change(&self) -> bool {
        self.is_author() && self.standing.project.takes_proposals(self.standing.at) && self.status() != ProposalStatus::Revoked
    }

    fn can_withdraw(&self) -> bool {
        self.is_author() && self.is_open() && self.is_pending()
    }

    fn is_declined(&self) -> bool {
        self.standing.named.proposal.declined_at.is_some()
    }

    /// Whether the reader is told of a decline and its reason: its author only once it cannot be undone any more, and
    /// only if that was wished.
    fn shows_decline(&self) -> bool {
        let told = !self.is_open() && self.standing.named.proposal.decline_shared;
        self.is_declined() && (told || !self.is_author())
    }

    /// What becomes of the reason, for members.
    fn reason_told(&self) -> String {
        let author = &self.standing.named.freelancer;
        match (self.standing.named.proposal.decline_shared, self.is_open()) {
            (true, true) => format!("{author} goes on seeing Pending until the project is decided, and is told the reason then."),
            (false, true) => format!("{author} goes on seeing Pending until the project is decided, and is not told the reason."),
            (true, false) => format!("{author} is told the reason."),
            (false, false) => format!("{author} is not told the reason."),
        }
    }

    fn tell_reason(&self) -> String {
        format!("Tell {} the reason once the project is decided", self.standing.named.freelancer)
    }

    /// The project changed after this was sent.
    fn is_older(&self) -> bool {
        self.is_pending() && self.is_open() && self.standing.named.proposal.scope_version != self.standing.project.scope_version
    }

    fn sent(&self) -> Moment {
        shown::time(&self.shell.clock, self.standing.named.proposal.created_at)
    }

    fn closes(&self) -> Moment {
        shown::time(&self.shell.clock, self.standing.project.deadline)
    }

    fn start(&self) -> String {
        self.standing.named.proposal.start_on.map_or_else(|| "Not said".to_owned(), shown::day)
    }

    fn finish(&self) -> Option<String> {
        self.standing.named.proposal.finish_on().map(shown::day)
    }

    fn milestones(&self) -> Vec<(String, String)> {
        let amount = |amount| self.standing.project.money(amount).to_string();
        self.standing.named.proposal.milestones().into_iter().map(|one| (one.title, amount(one.amount))).collect()
    }

    fn letter(&self) -> SafeHtml {
        markdown::render(&self.standing.named.proposal.cover_letter)
    }

    /// Whether the reader marks and writes the note.
    fn marks(&self) -> bool {
        matches!(self.reader, Reader::Member(role) if role.manages_projects())
    }

    /// The note as its form shows it.
    fn note(&self) -> &str {
        self.typed.note.as_deref().unwrap_or_else(|| self.team.words())
    }

    fn note_hint(&self) -> String {
        let author = &self.standing.named.freelancer;
        format!("The members of {} share it; {author} never sees it. At most {} characters.", self.organisation, Note::MOST)
    }

    fn tell(&self) -> String {
        format!("Tell {} of it", self.standing.named.freelancer)
    }

    fn at(&self, at: &DateTime<Utc>) -> Moment {
        shown::time(&self.shell.clock, *at)
    }

    /// Whether its author is told of the short list: while that still says something.
    fn is_told_shortlisted(&self) -> bool {
        self.told_shortlisted && self.is_open() && self.is_pending()
    }

    /// What its author is told of how it stands.
    fn news(&self) -> (&'static str, String) {
        let client = &self.organisation;
        let at = self.standing.decision.as_ref().map(|decision| shown::exact(&self.shell.clock, decision.at).words).unwrap_or_default();
        match (self.status(), self.standing.project.status) {
            (ProposalStatus::Pending, _) if self.standing.project.bids_are_sealed() => {
                let close = if self.standing.project.takes_proposals(self.standing.at) { "close" } else { "have closed" };
                (
                    "",
                    format!(
                        "Your bid is sealed: nobody but you reads it before proposals {close} and {client} opens all of them together."
                    ),
                )
            }
            (ProposalStatus::Rejected, ProjectStatus::Cancelled) if self.standing.project.bids_are_sealed() => (
                "",
                format!(
                    "{client} cancelled the project before the sealed bids were opened. Nobody but you has read yours, and nobody will."
                ),
            ),
            (ProposalStatus::Pending, _) => {
                ("", format!("{client} has your proposal and decides when it is ready. You see the decision here."))
            }
            (ProposalStatus::Accepted, _) => ("good", format!("{client} accepted your proposal at {at}.")),
            (ProposalStatus::Withdrawn, ProjectStatus::Open) => {
                ("", "You withdrew this proposal. It can be sent again while the project takes proposals.".to_owned())
            }
            (ProposalStatus::Withdrawn, _) => ("", "You withdrew this proposal.".to_owned()),
            (ProposalStatus::Rejected, ProjectStatus::Cancelled) => ("", format!("{client} cancelled the project.")),
            (ProposalStatus::Rejected, _) => ("", format!("{client} chose another proposal at {at}.")),
            (ProposalStatus::Revoked, _) => ("", "The contract of this proposal ended early.".to_owned()),
        }
    }
}
