//! What admins keep, as rows, and the drafts that a person keeps.

use super::list::{NotShown, Part, Read};
use super::table::Cell;
use crate::db::abuse::{self, Told};
use crate::db::drafts::{self, Listed};
use crate::db::jobs::{self, Shown};
use crate::db::mails::{self, Mail};
use crate::db::messages::{self, Reported};
use crate::db::organisations;
use crate::db::people as db;
use crate::db::projects::{self, Known, Sought};
use crate::db::tickets::{self, Filter, Which};
use crate::db::{Failure, PgConnection, Portion, users};
use crate::domain::abuse::Outcome;
use crate::domain::draft::DraftState;
use crate::domain::ids::{AbuseId, JobId, MailId, OrganisationId, ProjectId, ReportId, TicketId, UserId};
use crate::domain::job::JobStatus;
use crate::domain::mail::MailState;

/// For everybody else these lists are not there.
fn for_admin(conn: &mut PgConnection, reader: UserId) -> Result<(), Failure<NotShown>> {
    if users::is_admin(conn, reader)? { Ok(()) } else { Err(Failure::Refused(NotShown::Missing)) }
}

/// Columns of reported messages.
pub const REPORTS: &[&str] = &["Report", "Reported", "Reported by", "Reason", "Message", "About", "Written by", "Written", "Words"];

/// What people told the house about messages.
pub fn reports(conn: &mut PgConnection, reader: UserId, after: Option<i64>) -> Read {
    for_admin(conn, reader)?;
    let (found, more) = messages::reports(conn, after.map(ReportId), Portion::Batch)?;
    let cells = |one: &Reported| {
        vec![
            Cell::Number(one.id.0),
            Cell::Time(one.at),
            Cell::text(&one.reporter),
            Cell::text(&one.reason),
            Cell::text(one.message.reference()),
            Cell::text(one.about().reference()),
            Cell::text(&one.author),
            Cell::Time(one.sent_at),
            Cell::text(&one.words),
        ]
    };
    Ok(Part::of(&found, more, |one| one.id.0, cells))
}

/// Columns of letters.
pub const MAILS: &[&str] = &["Letter", "Kind", "About", "To", "State", "Attempts", "Perhaps sent twice", "Made", "Ended", "Error"];

/// Letters on their way and gone.
pub fn letters(conn: &mut PgConnection, reader: UserId, state: Option<MailState>, after: Option<i64>) -> Read {
    for_admin(conn, reader)?;
    let (found, more) = mails::list(conn, state, after.map(MailId), Portion::Batch)?;
    let cells = |(one, name): &(Mail, String)| {
        vec![
            Cell::Number(one.id.0),
            Cell::text(one.kind.as_str()),
            Cell::text(&one.reference),
            Cell::text(name),
            Cell::text(one.state.label()),
            Cell::Number(one.attempts.into()),
            Cell::Number(one.sent_again.into()),
            Cell::Time(one.made_at),
            Cell::maybe(one.done_at, Cell::Time),
            Cell::maybe(one.error.as_ref(), Cell::text),
        ]
    };
    Ok(Part::of(&found, more, |(one, _)| one.id.0, cells))
}

/// Columns of jobs.
pub const JOBS: &[&str] =
    &["Job", "Kind", "Organisation", "Asked by", "State", "Attempts", "Progress", "Asked for", "Begun", "Ended", "Worker", "Error"];

/// Background jobs; without their arguments, which their own page shows.
pub fn work(conn: &mut PgConnection, reader: UserId, status: Option<JobStatus>, after: Option<i64>) -> Read {
    for_admin(conn, reader)?;
    let (found, more) = jobs::list(conn, status, after.map(JobId), Portion::Batch)?;
    let cells = |one: &Shown| {
        vec![
            Cell::text(one.id.reference()),
            Cell::text(&one.kind),
            Cell::maybe(one.organisation_name.as_ref(), Cell::text),
            Cell::maybe(one.asked_by_name.as_ref(), Cell::text),
            Cell::text(one.status.label()),
            Cell::Number(one.attempts.into()),
            Cell::Number(one.progress.into()),
            Cell::Time(one.created_at),
            Cell::maybe(one.started_at, Cell::Time),
            Cell::maybe(one.ended_at, Cell::Time),
            Cell::maybe(one.worker.as_ref(), Cell::text),
            Cell::maybe(one.error.as_ref(), Cell::text),
        ]
    };
    Ok(Part::of(&found, more, |one| one.id.0, cells))
}

/// Columns of tickets.
pub const TICKETS: &[&str] = &["Ticket", "Title", "About", "State", "Asked by", "Asked", "Changed", "Answer until", "Level", "Who has it"];

/// What the reader asked of the house.
pub fn own_tickets(conn: &mut PgConnection, reader: UserId, after: Option<i64>) -> Read {
    let filter = Filter { which: Which::All, opener: Some(reader), ..Filter::default() };
    listed(conn, &filter, after, false)
}

/// The house's queue.
pub fn tickets(conn: &mut PgConnection, reader: UserId, filter: &Filter, after: Option<i64>) -> Read {
    for_admin(conn, reader)?;
    listed(conn, filter, after, true)
}

fn listed(conn: &mut PgConnection, filter: &Filter, after: Option<i64>, for_admin: bool) -> Read {
    let (found, more) = tickets::portion(conn, filter, after.map(TicketId), Portion::Batch)?;
    let cells = |one: &tickets::Listed| {
        vec![
            Cell::text(one.id.reference()),
            Cell::text(&one.title),
            Cell::text(one.topic.short()),
            Cell::text(one.status.label()),
            Cell::text(&one.opener),
            Cell::Time(one.opened_at),
            Cell::Time(one.updated_at),
            Cell::maybe(one.due_at, Cell::Time),
            Cell::maybe(for_admin.then_some(one.level), |level| Cell::Number(level.into())),
            Cell::maybe(one.assignee.as_ref().filter(|_| for_admin), Cell::text),
        ]
    };
    Ok(Part::of(&found, more, |one| one.id.0, cells))
}

/// Columns of people.
pub const PEOPLE: &[&str] =
    &["Person", "Name", "E-mail address", "Here since", "Admin", "Freelancer", "Suspended since", "Left", "Organisations"];

/// Everybody who can sign in.
pub fn people(conn: &mut PgConnection, reader: UserId, filter: &db::Filter, after: Option<i64>) -> Read {
    for_admin(conn, reader)?;
    let (found, more) = db::list(conn, filter, after.map(UserId), Portion::Batch)?;
    let yes = |is: bool| Cell::text(if is { "yes" } else { "no" });
    let cells = |one: &db::Listed| {
        vec![
            Cell::text(one.id.reference()),
            Cell::text(&one.name),
            Cell::text(&one.email),
            Cell::Time(one.created_at),
            yes(one.is_admin),
            yes(one.is_freelancer),
            Cell::maybe(one.suspended_at, Cell::Time),
            yes(one.has_left),
            Cell::Lines(one.organisations.clone()),
        ]
    };
    Ok(Part::of(&found, more, |one| one.id.0, cells))
}

/// Columns of reports of abuse.
pub const ABUSE: &[&str] =
    &["Report", "Reported", "Of", "Number", "What it says", "Reported by", "Reason", "Settled", "Settled by", "Outcome", "Word"];

/// What people told the house about projects, profiles and reviews.
pub fn abuse(conn: &mut PgConnection, reader: UserId, open: bool, after: Option<i64>) -> Read {
    for_admin(conn, reader)?;
    let (found, more) = abuse::list(conn, open, after.map(AbuseId), Portion::Batch)?;
    let cells = |one: &Told| {
        vec![
            Cell::text(one.id.reference()),
            Cell::Time(one.reported_at),
            Cell::text(one.kind.label()),
            Cell::Number(one.subject_id),
            Cell::maybe(one.about.as_ref(), Cell::text),
            Cell::text(&one.reporter),
            Cell::text(&one.reason),
            Cell::maybe(one.settled_at, Cell::Time),
            Cell::maybe(one.settled_by.as_ref(), Cell::text),
            Cell::maybe(one.outcome.map(Outcome::label), Cell::text),
            Cell::maybe(one.settled_word.as_ref(), Cell::text),
        ]
    };
    Ok(Part::of(&found, more, |one| one.id.0, cells))
}

/// Columns of organisations.
pub const ORGANISATIONS: &[&str] = &["Organisation", "Name", "Here since", "Members", "Projects"];

/// Organisations in whose name these words stand.
pub fn organisations(conn: &mut PgConnection, reader: UserId, words: &str, after: Option<i64>) -> Read {
    for_admin(conn, reader)?;
    let (found, more) = organisations::known(conn, words, after.map(OrganisationId), Portion::Batch)?;
    let cells = |one: &organisations::Known| {
        vec![
            Cell::text(one.id.reference()),
            Cell::text(&one.name),
            Cell::Time(one.created_at),
            Cell::Number(one.members),
            Cell::Number(one.projects),
        ]
    };
    Ok(Part::of(&found, more, |one| one.id.0, cells))
}

/// Columns of projects.
pub const PROJECTS: &[&str] = &["Project", "Title", "Client", "State", "Sealed bids", "Written", "Proposals until", "Held since"];

/// Projects of everybody, without what was offered.
pub fn projects(conn: &mut PgConnection, reader: UserId, sought: &Sought, after: Option<i64>) -> Read {
    for_admin(conn, reader)?;
    let (found, more) = projects::known(conn, sought, after.map(ProjectId), Portion::Batch)?;
    let cells = |one: &Known| {
        vec![
            Cell::text(one.id.reference()),
            Cell::text(&one.title),
            Cell::text(&one.organisation_name),
            Cell::text(one.status.label()),
            Cell::text(if one.sealed { "yes" } else { "no" }),
            Cell::Time(one.created_at),
            Cell::Time(one.deadline),
            Cell::maybe(one.held_at, Cell::Time),
        ]
    };
    Ok(Part::of(&found, more, |one| one.id.0, cells))
}

/// Columns of drafts.
pub const DRAFTS: &[&str] = &["Draft", "For", "About", "State", "Typed", "Words"];

/// The drafts that the reader keeps, and those discarded lately.
pub fn kept_drafts(conn: &mut PgConnection, reader: UserId) -> Read {
    let cells = |one: &Listed| {
        let words = one.fields.iter().filter(|(name, value)| one.form.keeps(name) && !value.trim().is_empty());
        vec![
            Cell::Number(one.id.0),
            Cell::text(one.form.key().0.as_str()),
            Cell::maybe(one.subject.as_ref(), |subject| Cell::text(&subject.title)),
            Cell::text(if one.state == DraftState::Kept { "Kept" } else { "Discarded" }),
            Cell::Time(one.typed_at),
            Cell::Lines(words.map(|(name, value)| format!("{name}: {value}")).collect()),
        ]
    };
    Ok(Part::whole(&drafts::of_person(conn, reader, None)?, cells))
}
