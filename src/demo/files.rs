//! Files on some proposals and deliveries, and in the messages about some contracts.

use diesel::prelude::*;

use super::done;
use crate::db::{Connection, Patience};
use crate::domain::contract::ContractStatus;
use crate::domain::file::judge;
use crate::domain::ids::{ContractId, FileId, MilestoneId, UserId};
use crate::domain::message::About;
use crate::domain::milestone::MilestoneStatus;
use crate::domain::project::ProjectStatus;
use crate::domain::proposal::{Proposal, ProposalContent, ProposalStatus};
use crate::domain::words::{CoverLetter, MessageWords, SubmissionWords};
use crate::operations::files::{Held, hold_file};
use crate::operations::messages::{NewMessage, write_message};
use crate::operations::milestones::{Delivery, submit_milestone};
use crate::operations::proposals::{Submission, submit_proposal};
use crate::schema::{contracts, milestones, projects, proposals};
use crate::storage::Storage;

const PLAN: (&str, &str) = (
    "plan.md",
    "# Plan\n\n1. A first visit, and what is there today\n2. A part that works, shown on a Friday\n3. The rest, with two weeks side by side\n",
);
const COSTS: (&str, &str) = ("costs.csv", "what,days,eur\nFirst visit,2,1200.00\nA part that works,6,3600.00\nThe rest,8,4800.00\n");
const NOTES: (&str, &str) =
    ("access.txt", "What I need to begin:\n- an account on the test system\n- the name of somebody who answers questions\n");

const CHECKED: (&str, &str) = ("checked.csv", "what,seen\nthe longest list,2.1 s\nprinting,as on screen\nwith the keyboard alone,yes\n");

/// How many of each.
const SOME: i64 = 3;

/// Adds them; `put` puts bytes into the store.
///
/// # Errors
/// The first that failed; the database is then of no use.
pub fn fill_files(url: &str, mut put: impl FnMut(&str, Vec<u8>) -> anyhow::Result<()>) -> anyhow::Result<()> {
    let mut pg = <PgConnection as diesel::Connection>::establish(url)?;
    let mut conn = Connection::new(&mut pg, Patience::None);
    let hired: Vec<(ContractId, UserId)> =
        contracts::table.order(contracts::id).limit(SOME).select((contracts::id, contracts::freelancer_id)).load(&mut *conn)?;
    for (contract, by) in hired {
        let files = vec![hold(&mut conn, &mut put, by, NOTES)?];
        let what = NewMessage { words: MessageWords::parse("What I need to begin stands in the file.")?, files };
        done(write_message(&mut conn, by, About::Contract(contract), &what, None))?;
    }
    let waiting = milestones::table
        .inner_join(contracts::table)
        .filter(milestones::status.eq(MilestoneStatus::Submitted))
        .filter(contracts::status.eq(ContractStatus::Active));
    let delivered: Option<(MilestoneId, UserId)> =
        waiting.order(milestones::id).select((milestones::id, contracts::freelancer_id)).first(&mut *conn).optional()?;
    if let Some((milestone, by)) = delivered {
        let files = vec![hold(&mut conn, &mut put, by, CHECKED)?];
        let words = SubmissionWords::parse("The same, and what I looked at before I sent it: it stands in the file.")?;
        done(submit_milestone(&mut conn, by, milestone, None, &Delivery { words, files }))?;
    }
    let offers: Vec<Proposal> = proposals::table
        .inner_join(projects::table.on(projects::id.eq(proposals::project_id)))
        .filter(proposals::status.eq(ProposalStatus::Pending))
        .filter(projects::status.eq(ProjectStatus::Open))
        .filter(projects::deadline.gt(diesel::dsl::now))
        .filter(projects::scope_version.eq(proposals::scope_version))
        .filter(projects::sealed.eq(false))
        .order(proposals::id)
        .limit(SOME)
        .select(Proposal::as_select())
        .load(&mut *conn)?;
    for offer in offers {
        let by = offer.freelancer_id;
        let files = vec![hold(&mut conn, &mut put, by, PLAN)?, hold(&mut conn, &mut put, by, COSTS)?];
        let content = ProposalContent {
            amount: offer.amount,
            days: offer.days,
            start_on: offer.start_on,
            cover_letter: CoverLetter::parse(&offer.cover_letter)?,
            milestones: offer.milestones(),
            questions: offer.questions,
            answers: offer.answers,
        };
        let sent = Submission { project: offer.project_id, content, version: None, scope_version: None, files: Some(files) };
        done(submit_proposal(&mut conn, by, &sent))?;
    }
    Ok(())
}

fn hold(
    conn: &mut Connection<'_>,
    put: &mut impl FnMut(&str, Vec<u8>) -> anyhow::Result<()>,
    by: UserId,
    (name, text): (&str, &str),
) -> anyhow::Result<FileId> {
    let file = judge(name, text.as_bytes())?;
    let (place, size) = (Storage::new_place(), i64::try_from(text.len())?);
    put(&place, text.as_bytes().to_vec())?;
    done(hold_file(conn, by, &Held { place, file, size }))
}
