//! What the members of a client note about the offers they have read.

use super::bids::Sent;
use super::people::Deciders;
use super::{done, texts};
use crate::db::Connection;
use crate::domain::proposal::MarkKind;
use crate::domain::words::Note;
use crate::operations::proposals::{annotate_proposal, mark_proposal, share_shortlist};

const NOTES: [&str; 4] = [
    "Called the reference from the cold store: on time, and kind to the night shift. Ask about the hand-over.",
    "Price is fair. The second milestone comes late for us; can it be split?",
    "Strong letter, but no answer on the shared tablets. Tomas asks.",
    "Worked with us two years ago. Good work, long silences.",
];

/// Marks the first three offers of every other project that has so many: one for the short list, told or not, one with
/// a note, one out of the way.
pub fn discuss(conn: &mut Connection<'_>, client: &Deciders, place: usize, sent: &[Sent]) -> anyhow::Result<()> {
    let ([one, .., other], [first, second, third, ..]) = (client.managers.as_slice(), sent) else { return Ok(()) };
    if !place.is_multiple_of(2) {
        return Ok(());
    }
    if place.is_multiple_of(4) {
        done(mark_proposal(conn, *one, first.id, MarkKind::Shortlisted))?;
    } else {
        done(share_shortlist(conn, *one, first.id))?;
    }
    done(annotate_proposal(conn, *other, first.id, None, &Note::parse(texts::pick(place / 2, &NOTES))?))?;
    done(mark_proposal(conn, *other, second.id, MarkKind::Shortlisted))?;
    done(annotate_proposal(conn, *one, second.id, None, &Note::parse(texts::pick(place / 2 + 1, &NOTES))?))?;
    done(mark_proposal(conn, *other, third.id, MarkKind::Archived))?;
    Ok(())
}
