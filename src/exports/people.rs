//! Freelancers, members, who is invited, and kept searches as rows.

use super::list::{NotShown, Part, Read};
use super::table::Cell;
use crate::db::directory::{self, Filter, Listed};
use crate::db::organisations::{self, MemberRow, OpenInvitation};
use crate::db::project_invitations::{self, Invited};
use crate::db::reviews::{self, Review};
use crate::db::searches::{self, Search};
use crate::db::{Failure, PgConnection, Portion, projects};
use crate::domain::ids::{OrganisationId, ProjectId, ReviewId, UserId};
use crate::domain::membership::Role;
use crate::domain::review::Reviewed;

/// Columns of the directory.
pub const FREELANCERS: &[&str] =
    &["Freelancer", "Name", "Headline", "Skills", "Rate an hour", "Currency", "Available from", "Hours a week"];

/// The directory of freelancers.
pub fn freelancers(conn: &mut PgConnection, filter: &Filter, after: Option<i64>) -> Read {
    let filter = Filter { after: after.map(UserId), ..filter.clone() };
    let (found, more) = directory::portion(conn, &filter, Portion::Batch)?;
    let cells = |one: &Listed| {
        vec![
            Cell::Number(one.id.0),
            Cell::text(&one.name),
            Cell::text(&one.headline),
            Cell::Many(one.skills.clone()),
            Cell::maybe(one.rate(), |rate| Cell::Amount(rate.minor)),
            Cell::maybe(one.rate(), |rate| Cell::text(rate.currency)),
            Cell::maybe(one.available_from, Cell::Day),
            Cell::maybe(one.hours_a_week, |hours| Cell::Number(hours.into())),
        ]
    };
    Ok(Part::of(&found, more, |one| one.id.0, cells))
}

/// Columns of what is said of somebody.
pub const REVIEWS: &[&str] = &["Review", "By", "Rating", "Words", "Project", "Written"];

/// What is said of somebody, as far as it is shown.
pub fn reviews(conn: &mut PgConnection, whom: Reviewed, reader: Option<UserId>, after: Option<i64>) -> Read {
    reviews::name(conn, whom, reader)?.ok_or(Failure::Refused(NotShown::Missing))?;
    let (found, more) = reviews::of(conn, whom, after.map(ReviewId), Portion::Batch)?;
    let cells = |one: &Review| {
        vec![
            Cell::text(one.id.reference()),
            Cell::text(&one.by),
            Cell::Number(one.rating.into()),
            Cell::text(&one.words),
            Cell::maybe(one.title.as_ref(), Cell::text),
            Cell::Time(one.written_at),
        ]
    };
    Ok(Part::of(&found, more, |one| one.id.0, cells))
}

/// Columns of an organisation's members.
pub const MEMBERS: &[&str] = &["Name", "E-mail", "Role", "Since"];

/// An organisation's members, for each of them.
pub fn members(conn: &mut PgConnection, id: OrganisationId, reader: UserId) -> Read {
    role(conn, id, reader)?;
    let cells = |one: &MemberRow| vec![Cell::text(&one.name), Cell::text(&one.email), Cell::text(one.role.label()), Cell::Time(one.since)];
    Ok(Part::whole(&organisations::members(conn, id)?, cells))
}

/// Columns of links to join by.
pub const LINKS: &[&str] = &["Link", "Joins as", "For whom", "Made by", "Made", "Holds until"];

/// The links by which somebody can join, for who keeps the members.
pub fn links(conn: &mut PgConnection, id: OrganisationId, reader: UserId) -> Read {
    if !role(conn, id, reader)?.keeps_members() {
        return Err(Failure::Refused(NotShown::NotAllowed));
    }
    let cells = |one: &OpenInvitation| {
        vec![
            Cell::text(one.id.reference()),
            Cell::text(one.role.label()),
            Cell::text(&one.note),
            Cell::text(&one.invited_by),
            Cell::Time(one.created_at),
            Cell::Time(one.expires_at),
        ]
    };
    Ok(Part::whole(&organisations::open_invitations(conn, id)?, cells))
}

fn role(conn: &mut PgConnection, id: OrganisationId, reader: UserId) -> Result<Role, Failure<NotShown>> {
    let member = projects::membership(conn, id, reader)?;
    member.map(|member| member.role).ok_or(Failure::Refused(NotShown::Missing))
}

/// Columns of those who are invited to a project.
pub const GUESTS: &[&str] = &["Freelancer", "Name", "Headline", "Invited"];

/// Who is invited to a project, for who manages it.
pub fn guests(conn: &mut PgConnection, id: ProjectId, reader: UserId) -> Read {
    let view = projects::seen_by(conn, id, Some(reader))?.filter(|view| view.role.is_some());
    if !view.ok_or(Failure::Refused(NotShown::Missing))?.manages() {
        return Err(Failure::Refused(NotShown::NotAllowed));
    }
    let cells = |one: &Invited| vec![Cell::Number(one.id.0), Cell::text(&one.name), Cell::text(&one.headline), Cell::Time(one.at)];
    Ok(Part::whole(&project_invitations::of_project(conn, id)?, cells))
}

/// Columns of kept searches.
pub const SEARCHES: &[&str] = &["Search", "Name", "Address", "Looked at"];

/// The searches that the reader keeps.
pub fn searches(conn: &mut PgConnection, reader: UserId) -> Read {
    let cells =
        |one: &Search| vec![Cell::text(one.id.reference()), Cell::text(&one.name), Cell::text(&one.query), Cell::Time(one.looked_at)];
    Ok(Part::whole(&searches::of_person(conn, reader)?, cells))
}
