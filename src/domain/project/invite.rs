//! Who is asked to look at a project, and who else can see it. Judged under its lock.

use super::{Project, ProjectStatus};
use crate::domain::membership::Member;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::text_enum::text_enum;

/// How many freelancers may be invited to one project.
pub const MOST_INVITED: i64 = 100;

text_enum! {
    /// Who can see a published project, besides its client's members.
    Visibility {
        /// Everybody.
        Public = "PUBLIC",
        /// Those who were invited, and whoever has sent a proposal.
        Invited = "INVITED",
    }
}

impl Visibility {
    /// In words.
    pub fn label(self) -> &'static str {
        match self {
            Self::Public => "Everybody",
            Self::Invited => "Invited freelancers only",
        }
    }
}

/// The freelancer who is meant, as read under the project's lock.
#[derive(Debug, Clone, Copy)]
pub struct Guest {
    /// Whether they have a freelancer's profile.
    pub is_freelancer: bool,
    /// Whether they belong to the project's organisation.
    pub is_member: bool,
    /// Whether they were invited before.
    pub is_invited: bool,
}

/// Why nobody is invited, no invitation taken back, or the visibility stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InviteRefused {
    /// No such project, or none to be known of.
    Missing,
    /// A member, but not one who writes projects.
    NotAllowed,
    /// Its state does not allow it (any more).
    ProjectIs(ProjectStatus),
    /// No freelancer has this number.
    NoFreelancer,
    /// They belong to the client themselves.
    OwnOrganisation,
    /// As many were invited as may be.
    TooMany,
    /// Everybody could read it already.
    StaysPublic,
}

impl Refusal for InviteRefused {
    fn kind(&self) -> RefusalKind {
        match self {
            Self::Missing => RefusalKind::Missing,
            Self::NotAllowed => RefusalKind::NotAllowed,
            Self::ProjectIs(_) => RefusalKind::TooLate,
            Self::NoFreelancer | Self::OwnOrganisation | Self::TooMany | Self::StaysPublic => RefusalKind::Invalid,
        }
    }
}

impl Project {
    /// Judges an invitation where so many hold already.
    ///
    /// # Errors
    /// Why not: the first that applies.
    pub fn may_invite(&self, by: Option<&Member>, guest: Guest, invited: i64) -> Result<(), InviteRefused> {
        self.may_choose_readers(by)?;
        if !guest.is_freelancer {
            return Err(InviteRefused::NoFreelancer);
        }
        if guest.is_member {
            return Err(InviteRefused::OwnOrganisation);
        }
        if invited >= MOST_INVITED { Err(InviteRefused::TooMany) } else { Ok(()) }
    }

    /// Judges the taking back of an invitation. Whoever has answered it with a proposal goes on taking part: to refuse
    /// it for them would tell who has bid.
    ///
    /// # Errors
    /// Why not: the first that applies.
    pub fn may_uninvite(&self, by: Option<&Member>) -> Result<(), InviteRefused> {
        self.may_choose_readers(by)
    }

    /// Judges a choice of who can see the project: free in a draft; once published, only the invited may become
    /// everybody.
    ///
    /// # Errors
    /// Why not: the first that applies.
    pub fn may_become_visible(&self, by: Option<&Member>, to: Visibility) -> Result<(), InviteRefused> {
        self.may_choose_readers(by)?;
        let was_read = self.published_at.is_some() && self.visibility == Visibility::Public;
        if was_read && to != Visibility::Public { Err(InviteRefused::StaysPublic) } else { Ok(()) }
    }

    /// Whether somebody who is no member may know of it, once it is published.
    pub fn is_let_in(&self, takes_part: bool) -> bool {
        self.visibility == Visibility::Public || takes_part
    }

    fn may_choose_readers(&self, by: Option<&Member>) -> Result<(), InviteRefused> {
        let by = by.filter(|by| by.organisation == self.organisation_id).ok_or(InviteRefused::Missing)?;
        if !by.role.manages_projects() {
            return Err(InviteRefused::NotAllowed);
        }
        match self.status {
            ProjectStatus::Draft | ProjectStatus::Open => Ok(()),
            status => Err(InviteRefused::ProjectIs(status)),
        }
    }
}
