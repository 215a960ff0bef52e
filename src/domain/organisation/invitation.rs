//! Links by which people join: made by an owner, for one role, used once. Adding people by their e-mail address would
//! tell who has an account; a link tells nothing.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use sha2::{Digest, Sha256};

use super::Organisation;
use crate::domain::chain::{hex, words_hash};
use crate::domain::ids::{InvitationId, OrganisationId, UserId};
use crate::domain::membership::{Member, Role};
use crate::domain::refusal::{Refusal, RefusalKind};

/// How long a link holds, in days.
pub const LINK_DAYS: i64 = 14;

/// How many open links an organisation may have.
const MOST_OPEN: i64 = 100;

/// A link, as its row holds it.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = crate::schema::invitations, check_for_backend(diesel::pg::Pg))]
#[expect(missing_docs, reason = "the columns' meanings stand in the schema's migration")]
pub struct Invitation {
    pub id: InvitationId,
    pub organisation_id: OrganisationId,
    pub role: Role,
    pub note: String,
    pub invited_by: UserId,
    pub created_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    pub used_by: Option<UserId>,
    pub used_at: Option<DateTime<Utc>>,
    pub revoked_at: Option<DateTime<Utc>>,
}

/// The secret of a link: 32 bytes, in hex. The database keeps only its hash.
#[derive(Clone, PartialEq, Eq)]
pub struct InvitationToken(String);

impl InvitationToken {
    /// From 32 bytes that nobody can guess.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(hex(&bytes))
    }

    /// From a secret of this site and what the link is made for: the same for the same.
    pub fn derived(secret: &[u8], parts: &[&str]) -> Self {
        let sum = |inner: &[u8]| {
            let mut sum = Sha256::new();
            sum.update(secret);
            sum.update(inner);
            sum.finalize()
        };
        Self(hex(&sum(&sum(words_hash(&[], parts).as_bytes()))))
    }

    /// As it stands in an address; nothing if it cannot be one.
    pub fn parse(text: &str) -> Option<Self> {
        let sound = text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        sound.then(|| Self(text.to_owned()))
    }

    /// As it stands in an address.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What is kept of it.
    pub fn hash(&self) -> Vec<u8> {
        Sha256::digest(self.0.as_bytes()).to_vec()
    }
}

impl std::fmt::Debug for InvitationToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("InvitationToken(…)")
    }
}

/// Why no link is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InviteRefused {
    /// No such organisation, or none to be known of.
    Missing,
    /// A member, but no owner.
    NotAllowed,
    /// There are too many open links already.
    TooManyOpen,
    /// The form's key was used for another request.
    KeyReused,
}

impl Refusal for InviteRefused {
    fn kind(&self) -> RefusalKind {
        match self {
            Self::Missing => RefusalKind::Missing,
            Self::NotAllowed => RefusalKind::NotAllowed,
            Self::TooManyOpen => RefusalKind::TooLate,
            Self::KeyReused => RefusalKind::Invalid,
        }
    }
}

/// Why a link is not taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RevokeRefused {
    /// No such link, or none to be known of.
    Missing,
    /// A member, but no owner.
    NotAllowed,
    /// Somebody joined by it already.
    UsedBy(UserId),
}

impl Refusal for RevokeRefused {
    fn kind(&self) -> RefusalKind {
        match self {
            Self::Missing => RefusalKind::Missing,
            Self::NotAllowed => RefusalKind::NotAllowed,
            Self::UsedBy(_) => RefusalKind::TooLate,
        }
    }
}

/// Why somebody does not join.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JoinRefused {
    /// No such link.
    Missing,
    /// They belong to the organisation already; the link stays as it is.
    AlreadyMember(OrganisationId),
    /// Somebody joined by it.
    Used,
    /// An owner took it back.
    Revoked,
    /// It was too old, by the database's clock.
    Expired(DateTime<Utc>),
}

impl Refusal for JoinRefused {
    fn kind(&self) -> RefusalKind {
        match self {
            Self::Missing => RefusalKind::Missing,
            Self::AlreadyMember(_) | Self::Used | Self::Revoked | Self::Expired(_) => RefusalKind::TooLate,
        }
    }
}

impl Organisation {
    /// Judges the making of a link. `open`: how many there are now.
    ///
    /// # Errors
    /// Why not: the first that applies.
    pub fn may_invite(&self, by: Option<&Member>, open: i64) -> Result<(), InviteRefused> {
        let by = self.own(by).ok_or(InviteRefused::Missing)?;
        if !by.role.keeps_members() {
            return Err(InviteRefused::NotAllowed);
        }
        if open >= MOST_OPEN { Err(InviteRefused::TooManyOpen) } else { Ok(()) }
    }

    /// Judges the taking back of a link, which may have been taken back already.
    ///
    /// # Errors
    /// Why not: the first that applies.
    pub fn may_revoke(&self, by: Option<&Member>, invitation: &Invitation) -> Result<(), RevokeRefused> {
        let by = self.own(by).filter(|_| invitation.organisation_id == self.id).ok_or(RevokeRefused::Missing)?;
        if !by.role.keeps_members() {
            return Err(RevokeRefused::NotAllowed);
        }
        invitation.used_by.map_or(Ok(()), |by| Err(RevokeRefused::UsedBy(by)))
    }

    /// Judges a person's joining by a link. `member`: what they are here already.
    ///
    /// # Errors
    /// Why not: the first that applies.
    pub fn may_join(&self, member: Option<&Member>, invitation: &Invitation, at: DateTime<Utc>) -> Result<(), JoinRefused> {
        if invitation.organisation_id != self.id {
            return Err(JoinRefused::Missing);
        }
        if self.own(member).is_some() {
            return Err(JoinRefused::AlreadyMember(self.id));
        }
        invitation.holds(at)
    }
}

impl Invitation {
    /// Whether somebody could join by it at this moment.
    ///
    /// # Errors
    /// Why not.
    pub fn holds(&self, at: DateTime<Utc>) -> Result<(), JoinRefused> {
        if self.used_at.is_some() {
            return Err(JoinRefused::Used);
        }
        if self.revoked_at.is_some() {
            return Err(JoinRefused::Revoked);
        }
        if at >= self.expires_at { Err(JoinRefused::Expired(self.expires_at)) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::harbour;
    use super::*;

    fn link() -> Invitation {
        Invitation {
            id: InvitationId(4),
            organisation_id: OrganisationId(1),
            role: Role::Manager,
            note: "for Ada".into(),
            invited_by: UserId(2),
            created_at: DateTime::UNIX_EPOCH,
            expires_at: DateTime::UNIX_EPOCH + chrono::TimeDelta::days(LINK_DAYS),
            used_by: None,
            used_at: None,
            revoked_at: None,
        }
    }

    #[test]
    fn a_link_works_once_and_in_time() {
        let at = DateTime::UNIX_EPOCH;
        assert_eq!(harbour().may_join(None, &link(), at), Ok(()));
        let used = Invitation { used_at: Some(at), used_by: Some(UserId(7)), ..link() };
        assert_eq!(harbour().may_join(None, &used, at), Err(JoinRefused::Used));
        let revoked = Invitation { revoked_at: Some(at), ..link() };
        assert_eq!(harbour().may_join(None, &revoked, at), Err(JoinRefused::Revoked));
        let late = link().expires_at;
        assert_eq!(harbour().may_join(None, &link(), late), Err(JoinRefused::Expired(late)));
    }

    #[test]
    fn who_belongs_already_does_not_use_a_link_up() {
        let member = Member { user: UserId(7), organisation: OrganisationId(1), role: Role::Viewer };
        let refused = harbour().may_join(Some(&member), &link(), DateTime::UNIX_EPOCH);
        assert_eq!(refused, Err(JoinRefused::AlreadyMember(OrganisationId(1))));
    }

    #[test]
    fn the_same_click_makes_the_same_token() {
        let derived = |secret: &[u8], key| InvitationToken::derived(secret, &["invitation", "1", key]);
        assert_eq!(derived(b"secret", "a"), derived(b"secret", "a"));
        assert_ne!(derived(b"secret", "a"), derived(b"secret", "b"));
        assert_ne!(derived(b"secret", "a"), derived(b"another", "a"));
    }

    #[test]
    fn a_token_is_read_back_and_never_shown_in_a_log() {
        let token = InvitationToken::new([0xab; 32]);
        assert_eq!(InvitationToken::parse(token.as_str()), Some(token.clone()));
        assert_eq!(InvitationToken::parse("../../etc"), None);
        assert!(!format!("{token:?}").contains("ab"));
    }
}
