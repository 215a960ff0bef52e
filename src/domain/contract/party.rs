//! Who acts on a contract, and for which side.

use super::{Contract, ContractRefused, Side};
use crate::domain::ids::UserId;
use crate::domain::membership::Member;
use crate::domain::notice::{DECIDERS, Notice, NoticeKind};

/// Somebody of one of a contract's sides, as read under its lock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Party {
    /// Who.
    pub user: UserId,
    /// For whom they act.
    pub side: Side,
    /// Whether they may: every freelancer for themselves, of the client's members owners and managers.
    pub decides: bool,
}

impl Contract {
    /// What somebody is to this contract. Its freelancer stays that, whatever else they have become since.
    pub fn party(&self, user: UserId, member: Option<&Member>) -> Option<Party> {
        if self.freelancer_id == user {
            return Some(Party { user, side: Side::Freelancer, decides: true });
        }
        let member = member.filter(|member| member.user == user && member.organisation == self.organisation_id)?;
        Some(Party { user, side: Side::Client, decides: member.role.manages_projects() })
    }

    /// For the other side than the one that acted: each of its people who decides.
    pub fn notice(&self, kind: NoticeKind, by: &Party) -> Notice {
        let notice = match by.side {
            Side::Client => Notice::person(kind, self.freelancer_id),
            Side::Freelancer => Notice::members(kind, self.organisation_id, DECIDERS),
        };
        notice.about(self.proposal_id)
    }
}

impl Party {
    /// Whether they may act at all.
    ///
    /// # Errors
    /// A member whose role only reads.
    pub fn acts(&self) -> Result<(), ContractRefused> {
        if self.decides { Ok(()) } else { Err(ContractRefused::NotAllowed) }
    }

    /// Whether they may act for this side.
    ///
    /// # Errors
    /// Who does not, or acts for the other one.
    pub fn acts_for(&self, side: Side) -> Result<(), ContractRefused> {
        self.acts()?;
        if self.side == side { Ok(()) } else { Err(ContractRefused::OtherSides(side)) }
    }
}
