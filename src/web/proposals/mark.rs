//! Marking a proposal, and writing the members' note on it; the forms stand on the proposal's page and in the comparison.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use askama::Template;

use super::asked::Asked;
use super::show::{self, Refilled};
use super::standing::{self, Standing};
use super::team::{self, Team};
use crate::db::Database;
use crate::domain::field_errors::FieldErrors;
use crate::domain::ids::{ProjectId, ProposalId};
use crate::domain::proposal::{MarkKind, MarkRefused};
use crate::domain::words::Note;
use crate::operations::proposals::{annotate_proposal, mark_proposal, share_shortlist, unmark_proposal};
use crate::web::context::{Id, SignedIn};
use crate::web::error::PageError;
use crate::web::form::Fields;
use crate::web::respond::{self, Answer};
use crate::web::server::Secrets;
use crate::web::shell::Shell;
use crate::web::shown::{self, Moment};

/// What the form asks for.
enum Wanted {
    Set(MarkKind),
    Share,
    Lift(MarkKind),
    Note(Note),
}

/// A colleague wrote first: both texts.
#[derive(Template)]
#[template(path = "proposals/note_changed.html")]
struct Changed {
    shell: Shell,
    standing: Standing,
    team: Team,
    typed: String,
}

/// Sets a mark, takes it off, or writes the note.
pub async fn submit(signed_in: SignedIn, id: Id<ProposalId>, database: Database, secrets: Data<Secrets>, fields: Fields) -> Answer {
    let (user, id) = (signed_in.id(), id.0);
    let wanted = match wanted(&fields) {
        Ok(wanted) => wanted,
        Err(errors) => {
            let typed = Refilled { note: fields.has("note").then(|| fields.get("note").to_owned()), ..Refilled::default() };
            return show::show(signed_in, id, &database, typed, errors).await;
        }
    };
    let (said, seen) = (said(&wanted), fields.version("version"));
    let done = database
        .change(move |conn| match &wanted {
            Wanted::Set(kind) => mark_proposal(conn, user, id, *kind),
            Wanted::Share => share_shortlist(conn, user, id),
            Wanted::Lift(kind) => unmark_proposal(conn, user, id, *kind),
            Wanted::Note(words) => annotate_proposal(conn, user, id, seen, words),
        })
        .await;
    match PageError::unless_refused(done)? {
        Ok(project) => respond::see_other_saying(&secrets, &back(&fields, project, id), "good", &format!("{} {said}", id.reference())),
        Err(MarkRefused::Missing) => Err(PageError::NotFound),
        Err(MarkRefused::NotAllowed) => {
            Err(PageError::NotAllowed("Owners and managers mark proposals; you can read the marks. Nothing was changed.".to_owned()))
        }
        Err(MarkRefused::ProjectIs(status)) => Err(too_late("project", status.label())),
        Err(MarkRefused::ProposalIs(status)) => Err(too_late("proposal", status.label())),
        Err(MarkRefused::NoteChanged { .. }) => changed(signed_in, id, &database, fields.get("note")).await,
    }
}

fn wanted(fields: &Fields) -> Result<Wanted, FieldErrors> {
    let mut errors = FieldErrors::new();
    let wanted = match fields.get("mark") {
        "shortlist" if fields.has("shared") => Some(Wanted::Share),
        "shortlist" => Some(Wanted::Set(MarkKind::Shortlisted)),
        "unshortlist" => Some(Wanted::Lift(MarkKind::Shortlisted)),
        "archive" => Some(Wanted::Set(MarkKind::Archived)),
        "unarchive" => Some(Wanted::Lift(MarkKind::Archived)),
        "note" => errors.take("note", Note::parse(fields.get("note"))).map(Wanted::Note),
        _ => {
            errors.add("mark", "Choose what to mark: nothing was changed");
            None
        }
    };
    errors.or(wanted)
}

fn too_late(what: &str, state: &str) -> PageError {
    PageError::Conflict(format!("The {what} is {} now: its freelancer is not told of a short list any more.", state.to_lowercase()))
}

/// What is said on the next page, behind the proposal's reference.
fn said(wanted: &Wanted) -> &'static str {
    match wanted {
        Wanted::Set(MarkKind::Shortlisted) => "is on the short list.",
        Wanted::Share => "is on the short list, and its freelancer is told.",
        Wanted::Set(_) => "is archived. It can still win, and you can bring it back.",
        Wanted::Lift(MarkKind::Shortlisted) => "is off the short list.",
        Wanted::Lift(_) => "is back among the proposals.",
        Wanted::Note(_) => "has your note. Your organisation’s members see it, the freelancer does not.",
    }
}

/// Where the form stood: in a comparison, at the same proposal, or on the proposal's page.
fn back(fields: &Fields, project: ProjectId, id: ProposalId) -> String {
    if fields.has("back") { format!("{}#p{id}", Asked::parse(fields.get("back")).address(project)) } else { format!("/proposals/{id}") }
}

async fn changed(signed_in: SignedIn, id: ProposalId, database: &Database, typed: &str) -> Answer {
    let user = signed_in.id();
    let found = database
        .run(move |conn| {
            let Some(standing) = standing::read(conn, id, user)? else { return Ok(None) };
            Ok(Some((standing, team::read(conn, id, user)?)))
        })
        .await?;
    let (standing, team) = found.ok_or(PageError::NotFound)?;
    let page = Changed { shell: signed_in.shell(), standing, team, typed: typed.to_owned() };
    respond::page_with(StatusCode::CONFLICT, &page)
}

impl Changed {
    /// Who saved first, as a sentence begins with them.
    fn who(&self) -> &str {
        let you = self.shell.person.as_ref().map(|person| person.id);
        match self.team.last_note() {
            Some(note) if Some(note.by) == you => "You",
            Some(note) => &note.by_name,
            None => "Somebody",
        }
    }

    fn when(&self) -> Option<Moment> {
        self.team.last_note().map(|note| shown::second(&self.shell.clock, note.at, self.standing.at))
    }
}
