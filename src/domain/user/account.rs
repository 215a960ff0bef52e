//! What people may change about their account: name, time zone and colours by one form, the password by another.

use super::{Theme, TimeZoneName, User};
use crate::domain::field_errors::FieldErrors;
use crate::domain::refusal::{Refusal, RefusalKind};
use crate::domain::words::PersonName;

/// What a person typed, before it is judged.
#[derive(Debug, Clone, Copy, Default)]
#[expect(missing_docs, reason = "named as the form's fields")]
pub struct AccountTyped<'f> {
    pub name: &'f str,
    pub time_zone: &'f str,
    pub theme: &'f str,
}

/// What the account form edits: sound by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "named as the columns")]
pub struct AccountContent {
    pub name: PersonName,
    pub time_zone: TimeZoneName,
    pub theme: Theme,
}

impl AccountContent {
    /// Judges all fields at once.
    ///
    /// # Errors
    /// Everything that is wrong, by field.
    pub fn parse(typed: &AccountTyped<'_>) -> Result<Self, FieldErrors> {
        let mut wrong = FieldErrors::new();
        let name = wrong.take("name", PersonName::parse(typed.name));
        let time_zone = wrong.take("time_zone", TimeZoneName::parse(typed.time_zone));
        let theme = wrong.take("theme", Theme::parse(typed.theme).ok_or("Choose the colours"));
        let content = (|| Some(Self { name: name?, time_zone: time_zone?, theme: theme? }))();
        wrong.or(content)
    }

    /// Whether anything would change at all.
    pub fn changes(&self, user: &User) -> bool {
        self.name.as_str() != user.name || self.time_zone.as_str() != user.time_zone || self.theme != user.theme
    }
}

/// Why an account is not changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountRefused {
    /// No such account.
    Missing,
    /// It changed in another window.
    Changed {
        /// The version the form carried.
        seen: i32,
        /// The version it has now.
        now: i32,
    },
}

impl Refusal for AccountRefused {
    fn kind(&self) -> RefusalKind {
        match self {
            Self::Missing => RefusalKind::Missing,
            Self::Changed { .. } => RefusalKind::Stale,
        }
    }
}

/// Why a password is not changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PasswordRefused {
    /// No such account.
    Missing,
    /// The password that was checked is not the password any more.
    ChangedMeanwhile,
}

impl Refusal for PasswordRefused {
    fn kind(&self) -> RefusalKind {
        match self {
            Self::Missing => RefusalKind::Missing,
            Self::ChangedMeanwhile => RefusalKind::Stale,
        }
    }
}

impl User {
    /// Judges new words for the account, typed over the version that was seen.
    ///
    /// # Errors
    /// [`AccountRefused::Changed`].
    pub fn may_change_account(&self, seen: Option<i32>) -> Result<(), AccountRefused> {
        match seen.filter(|seen| *seen != self.version) {
            Some(seen) => Err(AccountRefused::Changed { seen, now: self.version }),
            None => Ok(()),
        }
    }

    /// Judges a new password by somebody who proved to know the one with this hash.
    ///
    /// # Errors
    /// [`PasswordRefused::ChangedMeanwhile`].
    pub fn may_change_password(&self, proved: &str) -> Result<(), PasswordRefused> {
        if self.password_hash == proved { Ok(()) } else { Err(PasswordRefused::ChangedMeanwhile) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_that_is_wrong_is_said_at_once() {
        let wrong = AccountContent::parse(&AccountTyped { name: " ", time_zone: "Mars/Olympus", theme: "PINK" }).unwrap_err();
        assert_eq!(wrong.iter().map(|(field, _)| field).collect::<Vec<_>>(), ["name", "time_zone", "theme"]);
    }

    #[test]
    fn a_sound_account_is_taken_as_typed() {
        let content = AccountContent::parse(&AccountTyped { name: " Ada ", time_zone: "Europe/Vienna", theme: "DARK" }).unwrap();
        assert_eq!((content.name.as_str(), content.time_zone.as_str(), content.theme), ("Ada", "Europe/Vienna", Theme::Dark));
    }
}
