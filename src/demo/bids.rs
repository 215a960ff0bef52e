//! Who offers what for a project, and what becomes of the offers.

use super::{done, people::Cast, projects::Story, texts};
use crate::db::{Connection, proposals};
use crate::domain::ids::{ProjectId, ProposalId, UserId};
use crate::domain::money::plain;
use crate::domain::proposal::{ProposalContent, ProposalTyped};
use crate::operations::proposals::{Submission, submit_proposal};

/// A proposal that was sent.
#[derive(Debug, Clone, Copy)]
pub struct Sent {
    /// Which.
    pub id: ProposalId,
    /// By whom.
    pub by: UserId,
    /// Its version.
    pub version: i32,
}

/// Sends so many proposals, the best fitting freelancers first; the second one is revised once.
pub fn send(
    conn: &mut Connection<'_>,
    cast: &Cast,
    project: ProjectId,
    place: usize,
    story: &Story,
    number: usize,
) -> anyhow::Result<Vec<Sent>> {
    let mut freelancers: Vec<_> = cast.freelancers.iter().enumerate().collect();
    freelancers.sort_by_key(|(at, (_, skills))| (std::cmp::Reverse(common(skills, story.skills)), (at * 7 + place * 5) % 14));
    let mut sent = Vec::new();
    for (rank, (at, (freelancer, _))) in freelancers.into_iter().take(number).enumerate() {
        let seed = place * 3 + at;
        let first = offer(conn, project, *freelancer, story, seed, rank)?;
        let revised = rank == 1 && place.is_multiple_of(3);
        sent.push(if revised { offer(conn, project, *freelancer, story, seed + 1, rank)? } else { first });
    }
    Ok(sent)
}

fn offer(conn: &mut Connection<'_>, project: ProjectId, by: UserId, story: &Story, seed: usize, rank: usize) -> anyhow::Result<Sent> {
    let (low, high) = story.budget;
    let steps = i64::try_from(seed % 11)?;
    let amount = (low + (high - low) * steps / 10) * 100;
    let days = 5 + (seed * 3 + rank) % 30;
    let start = format!("2027-01-{:02}", 4 + seed % 24);
    let (first, rest) = (amount * 2 / 5, amount - amount * 2 / 5);
    let (total, first, rest, days, letter) = (plain(amount), plain(first), plain(rest), days.to_string(), texts::letter(seed, story.title));
    let milestones = if seed.is_multiple_of(2) {
        vec![("A first part that works", first.as_str()), ("All of it, handed over", rest.as_str())]
    } else {
        Vec::new()
    };
    let answers = (0..story.questions.len()).map(|question| texts::answer(seed + question)).collect();
    let typed = ProposalTyped { amount: &total, days: &days, start: &start, cover_letter: &letter, answers, milestones };
    let questions: Vec<String> = story.questions.iter().map(|question| (*question).to_owned()).collect();
    let content = ProposalContent::parse(&typed, &questions).map_err(|wrong| anyhow::anyhow!("{wrong:?}"))?;
    let sent = done(submit_proposal(conn, by, &Submission { project, content, version: None, scope_version: None, files: None }))?;
    let version = proposals::find(conn, sent.proposal)?.map_or(1, |stored| stored.version);
    Ok(Sent { id: sent.proposal, by, version })
}

/// How many skills two lists share.
fn common(one: &str, other: &str) -> usize {
    one.split(", ").filter(|skill| other.split(", ").any(|wanted| wanted.eq_ignore_ascii_case(skill))).count()
}
