//! What members of an organisation may do.

use super::ids::{OrganisationId, UserId};
use super::text_enum::text_enum;

text_enum! {
    /// What somebody is in an organisation.
    Role {
        /// Everything, members and roles too.
        Owner = "OWNER",
        /// Projects, proposals, awards.
        Manager = "MANAGER",
        /// Sees all; invoices.
        Finance = "FINANCE",
        /// Sees all.
        Viewer = "VIEWER",
    }
}

impl Role {
    /// Whether this role writes, publishes and cancels projects, declines and accepts proposals.
    pub fn manages_projects(self) -> bool {
        matches!(self, Self::Owner | Self::Manager)
    }

    /// Whether this role marks invoices paid, takes them back, and reads what was spent.
    pub fn keeps_invoices(self) -> bool {
        matches!(self, Self::Owner | Self::Finance)
    }

    /// Whether this role invites, removes, and changes roles and the organisation's name.
    pub fn keeps_members(self) -> bool {
        self == Self::Owner
    }

    /// The role in words.
    pub fn label(self) -> &'static str {
        match self {
            Self::Owner => "Owner",
            Self::Manager => "Manager",
            Self::Finance => "Finance",
            Self::Viewer => "Viewer",
        }
    }
}

/// Somebody in an organisation, as read under the lock of what they are about to change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Member {
    /// Who.
    pub user: UserId,
    /// Where.
    pub organisation: OrganisationId,
    /// As what.
    pub role: Role,
}
