//! What the client's members note for each other about a proposal, as pages show it to them alone.

use crate::db::marks::{self, Mark};
use crate::db::{PgConnection, QueryResult, looks};
use crate::domain::ids::{ProposalId, UserId};
use crate::domain::proposal::MarkKind;
use crate::operations::proposals::look_at_proposal;

/// A proposal's marks, and who has it open.
#[derive(Debug, Clone, Default)]
pub struct Team {
    marks: Vec<Mark>,
    looking: Vec<String>,
}

/// Reads it all for one of the members.
pub fn read(conn: &mut PgConnection, id: ProposalId, reader: UserId) -> QueryResult<Team> {
    Ok(Team { marks: marks::of_proposal(conn, id)?, looking: looks::others(conn, id, reader)? })
}

/// The same for a page of the proposal, which its reader has open from now on. A look that cannot be written is logged
/// and no more: the page is shown.
pub fn open(conn: &mut PgConnection, id: ProposalId, reader: UserId) -> QueryResult<Team> {
    let team = read(conn, id, reader)?;
    if let Err(failure) = look_at_proposal(conn, reader, id) {
        tracing::debug!(?failure, "a look was not written");
    }
    Ok(team)
}

impl Team {
    /// One proposal's part of a project's marks.
    pub fn of(id: ProposalId, all: &[Mark]) -> Self {
        Self { marks: all.iter().filter(|mark| mark.proposal == id).cloned().collect(), looking: Vec::new() }
    }

    /// The short list's mark, if it stands.
    pub fn shortlisted(&self) -> Option<&Mark> {
        self.stands(MarkKind::Shortlisted)
    }

    /// The archive's mark, if it stands.
    pub fn archived(&self) -> Option<&Mark> {
        self.stands(MarkKind::Archived)
    }

    /// The note, if it has words.
    pub fn note(&self) -> Option<&Mark> {
        self.stands(MarkKind::Noted)
    }

    /// The note's words; none where there is none.
    pub fn words(&self) -> &str {
        self.note().map_or("", |note| &note.words)
    }

    /// The version that a form of the note carries: of a cleared note too.
    pub fn note_version(&self) -> i32 {
        self.last_note().map_or(0, |note| note.version)
    }

    /// The note as it was changed last, with words or without.
    pub fn last_note(&self) -> Option<&Mark> {
        self.last(MarkKind::Noted)
    }

    /// Whether any mark stands.
    pub fn has_any(&self) -> bool {
        self.marks.iter().any(|mark| mark.stands)
    }

    /// Marks that stand no more: what was done, and by whom.
    pub fn lifted(&self) -> Vec<(&'static str, &Mark)> {
        let words = [
            (MarkKind::Shortlisted, "Taken off the short list"),
            (MarkKind::Archived, "Brought back from the archive"),
            (MarkKind::Noted, "Note cleared"),
        ];
        words.into_iter().filter_map(|(kind, words)| Some((words, self.last(kind).filter(|mark| !mark.stands)?))).collect()
    }

    /// Who else looks at the proposal now, as a sentence; nothing where nobody does.
    pub fn looking(&self) -> String {
        match self.looking.as_slice() {
            [] => String::new(),
            [one] => format!("{one} is looking at this now."),
            [one, other] => format!("{one} and {other} are looking at this now."),
            [one, rest @ ..] => format!("{one} and {} others are looking at this now.", rest.len()),
        }
    }

    fn last(&self, kind: MarkKind) -> Option<&Mark> {
        self.marks.iter().find(|mark| mark.kind == kind)
    }

    fn stands(&self, kind: MarkKind) -> Option<&Mark> {
        self.last(kind).filter(|mark| mark.stands)
    }
}
