//! What may become of an organisation's name, members and roles. Judged under its lock: only owners decide, anyone may
//! leave, and the last owner can neither go nor step down.

use super::Organisation;
use crate::domain::ids::UserId;
use crate::domain::membership::{Member, Role};
use crate::domain::refusal::{Refusal, RefusalKind};

/// Why an organisation is not founded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FoundRefused {
    /// The form's key was used for another request.
    KeyReused,
}

impl Refusal for FoundRefused {
    fn kind(&self) -> RefusalKind {
        match self {
            Self::KeyReused => RefusalKind::Invalid,
        }
    }
}

/// Why an organisation is not renamed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RenameRefused {
    /// No such organisation, or none to be known of.
    Missing,
    /// A member, but no owner.
    NotAllowed,
    /// It was renamed in another window.
    Changed {
        /// The version the form carried.
        seen: i32,
        /// The version it has now.
        now: i32,
    },
}

impl Refusal for RenameRefused {
    fn kind(&self) -> RefusalKind {
        match self {
            Self::Missing => RefusalKind::Missing,
            Self::NotAllowed => RefusalKind::NotAllowed,
            Self::Changed { .. } => RefusalKind::Stale,
        }
    }
}

/// Why a member's role is not changed, or a member not removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MemberRefused {
    /// No such organisation, or none to be known of.
    Missing,
    /// A member, but no owner, and not about themselves.
    NotAllowed,
    /// Whoever it is about does not belong here (any more).
    NotAMember(UserId),
    /// Their role changed after the person read it.
    RoleIs(Role),
    /// An organisation keeps an owner.
    LastOwner,
}

impl Refusal for MemberRefused {
    fn kind(&self) -> RefusalKind {
        match self {
            Self::Missing => RefusalKind::Missing,
            Self::NotAllowed => RefusalKind::NotAllowed,
            Self::NotAMember(_) | Self::LastOwner => RefusalKind::TooLate,
            Self::RoleIs(_) => RefusalKind::Stale,
        }
    }
}

impl Organisation {
    /// Judges a new name, typed over the version that was seen.
    ///
    /// # Errors
    /// Why not: the first that applies.
    pub fn may_rename(&self, by: Option<&Member>, seen: Option<i32>) -> Result<(), RenameRefused> {
        let by = self.own(by).ok_or(RenameRefused::Missing)?;
        if !by.role.keeps_members() {
            return Err(RenameRefused::NotAllowed);
        }
        match seen.filter(|seen| *seen != self.version) {
            Some(seen) => Err(RenameRefused::Changed { seen, now: self.version }),
            None => Ok(()),
        }
    }

    /// Judges a member's new role. `owners`: how many there are now; `seen`: the role that the form showed. Answers the
    /// member, who may have that role already.
    ///
    /// # Errors
    /// Why not: the first that applies.
    pub fn may_change_role(
        &self,
        by: Option<&Member>,
        member: Option<&Member>,
        whom: UserId,
        owners: i64,
        seen: Option<Role>,
        to: Role,
    ) -> Result<Member, MemberRefused> {
        let by = self.own(by).ok_or(MemberRefused::Missing)?;
        if !by.role.keeps_members() {
            return Err(MemberRefused::NotAllowed);
        }
        let member = self.own(member).filter(|member| member.user == whom).ok_or(MemberRefused::NotAMember(whom))?;
        if member.role == to {
            return Ok(*member);
        }
        if seen.is_some_and(|seen| seen != member.role) {
            return Err(MemberRefused::RoleIs(member.role));
        }
        if member.role == Role::Owner && owners <= 1 { Err(MemberRefused::LastOwner) } else { Ok(*member) }
    }

    /// Judges a removal, or somebody's leaving: which is removing oneself.
    ///
    /// # Errors
    /// Why not: the first that applies.
    pub fn may_remove(&self, by: Option<&Member>, member: Option<&Member>, whom: UserId, owners: i64) -> Result<Member, MemberRefused> {
        let by = self.own(by).ok_or(MemberRefused::Missing)?;
        if !by.role.keeps_members() && by.user != whom {
            return Err(MemberRefused::NotAllowed);
        }
        let member = self.own(member).filter(|member| member.user == whom).ok_or(MemberRefused::NotAMember(whom))?;
        if member.role == Role::Owner && owners <= 1 { Err(MemberRefused::LastOwner) } else { Ok(*member) }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::harbour;
    use super::*;
    use crate::domain::ids::OrganisationId;

    fn member(user: i64, role: Role) -> Member {
        Member { user: UserId(user), organisation: OrganisationId(1), role }
    }

    #[test]
    fn only_owners_keep_members_and_anyone_may_leave() {
        let whom = member(9, Role::Viewer);
        for role in [Role::Manager, Role::Finance, Role::Viewer] {
            let by = member(2, role);
            assert_eq!(harbour().may_remove(Some(&by), Some(&whom), whom.user, 1), Err(MemberRefused::NotAllowed));
            assert_eq!(harbour().may_change_role(Some(&by), Some(&whom), whom.user, 1, None, Role::Owner), Err(MemberRefused::NotAllowed));
            assert_eq!(harbour().may_remove(Some(&by), Some(&by), by.user, 1), Ok(by));
        }
        let owner = member(2, Role::Owner);
        assert_eq!(harbour().may_remove(Some(&owner), Some(&whom), whom.user, 1), Ok(whom));
    }

    #[test]
    fn the_last_owner_neither_goes_nor_steps_down() {
        let owner = member(2, Role::Owner);
        assert_eq!(harbour().may_remove(Some(&owner), Some(&owner), owner.user, 1), Err(MemberRefused::LastOwner));
        assert_eq!(
            harbour().may_change_role(Some(&owner), Some(&owner), owner.user, 1, None, Role::Manager),
            Err(MemberRefused::LastOwner)
        );
        assert_eq!(harbour().may_remove(Some(&owner), Some(&owner), owner.user, 2), Ok(owner));
    }

    #[test]
    fn strangers_do_not_learn_that_it_exists() {
        let elsewhere = Member { organisation: OrganisationId(2), ..member(2, Role::Owner) };
        for by in [None, Some(&elsewhere)] {
            assert_eq!(harbour().may_rename(by, None), Err(RenameRefused::Missing));
            assert_eq!(harbour().may_remove(by, None, UserId(1), 1), Err(MemberRefused::Missing));
        }
    }

    #[test]
    fn a_role_that_changed_meanwhile_is_not_changed_over() {
        let (owner, whom) = (member(2, Role::Owner), member(9, Role::Viewer));
        let change = |seen, to| harbour().may_change_role(Some(&owner), Some(&whom), whom.user, 1, Some(seen), to);
        assert_eq!(change(Role::Manager, Role::Finance), Err(MemberRefused::RoleIs(Role::Viewer)));
        assert_eq!(change(Role::Manager, Role::Viewer), Ok(whom));
        assert_eq!(change(Role::Viewer, Role::Finance), Ok(whom));
    }
}
