//! What a freelancer has begun and not sent.

use super::{done, people::Cast};
use crate::db::Connection;
use crate::domain::draft::{DraftFields, Form, Stamp};
use crate::domain::ids::ProjectId;
use crate::operations::drafts::save_draft;

/// A project that she may still answer, and one that is decided before she does.
const BEGUN: [(usize, &str); 2] = [
    (
        33,
        "Read aloud and signed with a finger: I built the same for a harbour office, and it is used with gloves.\n\nWhat I do not know yet",
    ),
    (34, "Nineteen nurses with thirty wishes each is a problem that has a name, and good solvers that cost nothing."),
];

/// Lets the first freelancer begin a proposal.
pub fn begin(conn: &mut Connection<'_>, cast: &Cast, project: ProjectId, place: usize) -> anyhow::Result<()> {
    let (Some((_, letter)), Some((by, _))) = (BEGUN.iter().find(|(begun, _)| *begun == place), cast.freelancers.first()) else {
        return Ok(());
    };
    let typed = [("amount", "4200"), ("days", "20"), ("cover_letter", *letter), ("version", ""), ("scope_version", "1")];
    let form = Form::Proposal(project);
    let fields = DraftFields::gather(form, typed.into_iter()).map_err(|why| anyhow::anyhow!("{why:?}"))?;
    done(save_draft(conn, *by, form, &fields, &Stamp::NOW)).map(drop)
}
