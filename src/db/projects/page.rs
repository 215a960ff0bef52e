//! What the page of one project shows, and to whom.

use chrono::{DateTime, Utc};
use diesel::dsl::{exists, now};
use diesel::prelude::*;

use super::read::{Decision, decision};
use crate::domain::event::{EventKind, Root};
use crate::domain::ids::{ProjectId, ProposalId, UserId};
use crate::domain::membership::Role;
use crate::domain::money::Money;
use crate::domain::project::{Project, ProjectStatus};
use crate::domain::proposal::ProposalStatus;
use crate::schema::{events, memberships, project_invitations, projects, proposals, users};

/// A project as one person may see it.
#[derive(Debug, Clone, Queryable)]
pub struct View {
    /// The project.
    pub project: Project,
    /// The client's name.
    pub organisation: String,
    /// What the person is in that organisation.
    pub role: Option<Role>,
    /// Their own proposal.
    pub own: Option<Own>,
    /// Whether they are invited.
    pub invited: bool,
    /// Whether it takes proposals at this moment, by the database's clock.
    pub takes_proposals: bool,
}

/// A freelancer's own proposal, as far as the project's page speaks of it.
#[derive(Debug, Clone, Copy, Queryable)]
pub struct Own {
    /// Its id.
    pub id: ProposalId,
    status: ProposalStatus,
    declined_at: Option<DateTime<Utc>>,
}

impl View {
    /// Whether the person may know of it: members always; others once it is published, where it is public, where they are
    /// invited, or where they have sent a proposal.
    fn is_visible(&self) -> bool {
        let is_let_in = self.project.is_let_in(self.invited || self.own.is_some());
        self.role.is_some() || self.project.published_at.is_some() && is_let_in
    }

    /// Whether the person may know how it ended: members, and everyone who sent a proposal.
    pub fn concerned(&self) -> bool {
        self.role.is_some() || self.own.is_some()
    }

    /// Whether the person writes, publishes and cancels this project.
    pub fn manages(&self) -> bool {
        self.role.is_some_and(Role::manages_projects)
    }

    /// The own proposal's state as its freelancer is shown it: a decline can still be undone while the project is open.
    pub fn own_status(&self) -> Option<ProposalStatus> {
        let open = self.project.status == ProjectStatus::Open;
        self.own.map(|own| if open && own.declined_at.is_some() { ProposalStatus::Pending } else { own.status })
    }
}

/// A project as this person may see it, in one query; nothing where they may not know of it.
pub fn seen_by(conn: &mut PgConnection, id: ProjectId, viewer: Option<UserId>) -> QueryResult<Option<View>> {
    // no account has the number 0
    let viewer = viewer.map_or(0, |viewer| viewer.0);
    let membership = memberships::organisation_id.eq(projects::organisation_id).and(memberships::user_id.eq(viewer));
    let own = proposals::project_id.eq(projects::id).and(proposals::freelancer_id.eq(viewer));
    let invitation = project_invitations::table.find((projects::id, viewer));
    let view: Option<View> = projects::table
        .left_join(memberships::table.on(membership))
        .left_join(proposals::table.on(own))
        .filter(projects::id.eq(id.0))
        .select((
            Project::as_select(),
            projects::organisation_name,
            memberships::role.nullable(),
            (proposals::id, proposals::status, proposals::declined_at).nullable(),
            exists(invitation),
            projects::status.eq(ProjectStatus::Open).and(projects::deadline.gt(now)),
        ))
        .first(conn)
        .optional()?;
    Ok(view.filter(View::is_visible))
}

/// A proposal's line in the members' table.
#[derive(Debug, Clone, Queryable)]
pub struct Bidder {
    /// The proposal.
    pub id: ProposalId,
    /// Whose.
    pub name: String,
    /// Minor units of the project's currency.
    pub amount: i64,
    /// Working days.
    pub days: i32,
    /// Its state.
    pub status: ProposalStatus,
}

/// The proposals of a project that were not withdrawn, oldest first; none while bids are sealed.
fn bidders(conn: &mut PgConnection, project: &Project) -> QueryResult<Vec<Bidder>> {
    if project.bids_are_sealed() {
        return Ok(Vec::new());
    }
    proposals::table
        .inner_join(users::table.on(users::id.eq(proposals::freelancer_id)))
        .filter(proposals::project_id.eq(project.id.0))
        .filter(proposals::status.ne(ProposalStatus::Withdrawn))
        .order(proposals::id)
        .select((proposals::id, users::name, proposals::amount, proposals::days, proposals::status))
        .load(conn)
}

/// All that the page of one project shows to one person.
#[derive(Debug, Clone)]
pub struct Page {
    /// The project.
    pub view: View,
    /// Its proposals, for members alone.
    pub bidders: Vec<Bidder>,
    /// How it was decided, for those who are concerned.
    pub decision: Option<Decision>,
}

/// Reads a project's page as this person may see it; nothing where they may not know of it.
pub fn page(conn: &mut PgConnection, id: ProjectId, viewer: Option<UserId>) -> QueryResult<Option<Page>> {
    let Some(view) = seen_by(conn, id, viewer)? else {
        return Ok(None);
    };
    let bidders = match view.role {
        Some(_) if view.project.proposal_count > 0 => bidders(conn, &view.project)?,
        _ => Vec::new(),
    };
    let decided = matches!(view.project.status, ProjectStatus::Assigned | ProjectStatus::Completed);
    let decision = if decided && view.concerned() { decision(conn, id)? } else { None };
    Ok(Some(Page { view, bidders, decision }))
}

/// Who did something to a project last, and when.
#[derive(Debug, Clone, Queryable)]
pub struct Did {
    /// Who; nobody: the house itself.
    pub by: Option<UserId>,
    /// Their name.
    pub name: Option<String>,
    /// When.
    pub at: DateTime<Utc>,
}

/// Who last did this to a project, if anybody ever did.
pub fn last(conn: &mut PgConnection, id: ProjectId, kind: EventKind) -> QueryResult<Option<Did>> {
    let root = Root::Project(id);
    events::table
        .left_join(users::table)
        .filter(events::stream_kind.eq(root.kind()))
        .filter(events::stream_id.eq(root.id()))
        .filter(events::kind.eq(kind))
        .order(events::seq.desc())
        .select((events::actor_id, users::name.nullable(), events::at))
        .first(conn)
        .optional()
}

impl Bidder {
    /// The price, in the project's currency.
    pub fn price<'p>(&self, project: &'p Project) -> Money<'p> {
        project.money(self.amount)
    }
}
