//! Links that letters carry: for a new password, and for proving an address. What a link holds is made from the site's
//! secret, so that it stands nowhere but in its letter.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;

use super::User;
use crate::domain::ids::{LinkId, UserId};
use crate::domain::mail::MailKind;
use crate::domain::organisation::InvitationToken;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::text_enum::text_enum;

text_enum! {
    /// What a link is for.
    LinkPurpose {
        /// Choosing a new password.
        ResetPassword = "RESET_PASSWORD",
        /// Saying that the account's address is one's own.
        ConfirmEmail = "CONFIRM_EMAIL",
        /// Saying that of an address that is to take its place.
        ChangeEmail = "CHANGE_EMAIL",
        /// Taking that back, from the address of before.
        RevertEmail = "REVERT_EMAIL",
    }
}

impl LinkPurpose {
    /// How long such a link works.
    pub fn lasts(self) -> TimeDelta {
        match self {
            Self::ResetPassword => TimeDelta::hours(1),
            Self::ChangeEmail => TimeDelta::days(1),
            Self::ConfirmEmail | Self::RevertEmail => TimeDelta::days(7),
        }
    }

    /// The letter that carries it.
    pub fn mail_kind(self) -> MailKind {
        match self {
            Self::ResetPassword => MailKind::ResetPassword,
            Self::ConfirmEmail => MailKind::ConfirmEmail,
            Self::ChangeEmail => MailKind::ChangeEmail,
            Self::RevertEmail => MailKind::EmailChanged,
        }
    }
}

/// How many links of a purpose one account is sent in an hour; what is asked beyond that is not answered.
pub const LINKS_AN_HOUR: i64 = 5;

/// The secret that links are made from.
#[derive(Clone)]
pub struct LinkSecret(Vec<u8>);

impl LinkSecret {
    /// From a secret of this site.
    pub fn new(secret: &[u8]) -> Self {
        Self(secret.to_vec())
    }

    /// What the link of this nonce holds.
    pub fn token(&self, purpose: LinkPurpose, nonce: &str) -> InvitationToken {
        InvitationToken::derived(&self.0, &["account link", purpose.as_str(), nonce])
    }

    /// What only this site can make of these parts.
    pub fn sign(&self, parts: &[&str]) -> String {
        InvitationToken::derived(&self.0, parts).as_str().to_owned()
    }
}

/// A link, as its row holds it.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = crate::schema::account_links, check_for_backend(diesel::pg::Pg))]
#[expect(missing_docs, reason = "the columns' meanings stand in the schema's migration")]
pub struct AccountLink {
    pub id: LinkId,
    pub user_id: UserId,
    pub purpose: LinkPurpose,
    pub nonce: String,
    pub email: String,
    pub made_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    pub used_at: Option<DateTime<Utc>>,
    pub ended_at: Option<DateTime<Utc>>,
}

/// Why a link does nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkRefused {
    /// No such link, or not for this.
    Missing,
    /// It was used.
    Used,
    /// A later one, or another change, took its place.
    Ended,
    /// It was too old, by the database's clock.
    Expired(DateTime<Utc>),
    /// Another account has the address.
    EmailTaken,
}

impl Refusal for LinkRefused {
    fn kind(&self) -> RefusalKind {
        match self {
            Self::Missing => RefusalKind::Missing,
            Self::Used | Self::Ended | Self::Expired(_) | Self::EmailTaken => RefusalKind::TooLate,
        }
    }
}

impl AccountLink {
    /// Whether it works at this moment, for one of these.
    ///
    /// # Errors
    /// Why not.
    pub fn holds(&self, purposes: &[LinkPurpose], at: DateTime<Utc>) -> Result<(), LinkRefused> {
        if !purposes.contains(&self.purpose) {
            return Err(LinkRefused::Missing);
        }
        if self.used_at.is_some() {
            return Err(LinkRefused::Used);
        }
        if self.ended_at.is_some() {
            return Err(LinkRefused::Ended);
        }
        if at >= self.expires_at { Err(LinkRefused::Expired(self.expires_at)) } else { Ok(()) }
    }
}

impl User {
    /// Judges a link that this person's letter carried.
    ///
    /// # Errors
    /// Why it does nothing.
    pub fn may_follow(&self, link: &AccountLink, purposes: &[LinkPurpose], at: DateTime<Utc>) -> Result<(), LinkRefused> {
        if link.user_id == self.id { link.holds(purposes, at) } else { Err(LinkRefused::Missing) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link() -> AccountLink {
        AccountLink {
            id: LinkId(1),
            user_id: UserId(1),
            purpose: LinkPurpose::ResetPassword,
            nonce: "n".to_owned(),
            email: "ada@example.org".to_owned(),
            made_at: DateTime::UNIX_EPOCH,
            expires_at: DateTime::UNIX_EPOCH + LinkPurpose::ResetPassword.lasts(),
            used_at: None,
            ended_at: None,
        }
    }

    #[test]
    fn a_link_works_once_for_its_purpose_and_in_its_time() {
        let (now, only) = (DateTime::UNIX_EPOCH, &[LinkPurpose::ResetPassword]);
        assert_eq!(link().holds(only, now), Ok(()));
        assert_eq!(link().holds(&[LinkPurpose::ChangeEmail], now), Err(LinkRefused::Missing));
        assert_eq!(AccountLink { used_at: Some(now), ..link() }.holds(only, now), Err(LinkRefused::Used));
        assert_eq!(AccountLink { ended_at: Some(now), ..link() }.holds(only, now), Err(LinkRefused::Ended));
        let over = link().expires_at;
        assert_eq!(link().holds(only, over), Err(LinkRefused::Expired(over)));
    }

    #[test]
    fn what_a_link_holds_is_this_sites_this_purposes_and_this_nonces() {
        let (secret, other) = (LinkSecret::new(b"a secret"), LinkSecret::new(b"another"));
        let token = secret.token(LinkPurpose::ResetPassword, "n");
        assert!(token == secret.token(LinkPurpose::ResetPassword, "n"));
        for wrong in [
            secret.token(LinkPurpose::ResetPassword, "m"),
            secret.token(LinkPurpose::ChangeEmail, "n"),
            other.token(LinkPurpose::ResetPassword, "n"),
        ] {
            assert!(token != wrong);
        }
    }
}
