//! The second factor: what an app and this house share, what it takes to sign in with it, and the codes for whoever has lost it.

mod code;
mod recovery;
mod secret;
mod vault;

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

pub use code::{AppCode, Code};
pub use recovery::{RECOVERY_CODES, RecoveryCode};
pub use secret::FactorSecret;
pub use vault::Vault;

use super::User;
use crate::domain::ids::UserId;
use crate::domain::refusal::{Refusal, RefusalKind};

/// How long a right password waits for its code.
pub const CODE_WITHIN: TimeDelta = TimeDelta::minutes(5);

/// Somebody's second factor, as its row holds it.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = crate::schema::second_factors, check_for_backend(diesel::pg::Pg))]
#[expect(missing_docs, reason = "the columns' meanings stand in the schema's migration")]
pub struct SecondFactor {
    pub user_id: UserId,
    pub sealed: Vec<u8>,
    pub created_at: DateTime<Utc>,
    pub confirmed_at: Option<DateTime<Utc>>,
    pub last_step: Option<i64>,
}

/// The half minute of a code that was found right, and that no code of this person's was used in or after.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step(i64);

impl Step {
    /// Counted from 1970.
    pub fn number(self) -> i64 {
        self.0
    }
}

/// A right password of somebody who has to bring a code as well.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct HalfSignIn {
    /// Whose.
    pub user: UserId,
    /// Which of their sign-ins held then: if that number moves on, the password may be another one by now.
    pub epoch: i32,
    /// When, by the database's clock.
    pub proved_at: DateTime<Utc>,
}

/// Why a second factor is not set up, used or switched off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FactorRefused {
    /// No such account.
    Missing,
    /// The password that was checked is not the password any more.
    ChangedMeanwhile,
    /// There is one already, since then.
    On(DateTime<Utc>),
    /// There is none (any more), or none that was begun.
    Off,
    /// The right password came too long ago, or the account's sign-ins ended since.
    Over,
    /// The code is another one.
    Wrong,
    /// The code is right, but it or a later one was used.
    Used,
}

impl Refusal for FactorRefused {
    fn kind(&self) -> RefusalKind {
        match self {
            Self::Missing => RefusalKind::Missing,
            Self::ChangedMeanwhile => RefusalKind::Stale,
            Self::On(_) | Self::Off | Self::Over => RefusalKind::TooLate,
            Self::Wrong | Self::Used => RefusalKind::Invalid,
        }
    }
}

impl SecondFactor {
    /// Judges a code of the app's: of this half minute, the one before or the one after, for clocks differ.
    ///
    /// # Errors
    /// [`FactorRefused::Wrong`] or [`FactorRefused::Used`].
    pub fn judge(&self, code: AppCode, vault: &Vault, at: DateTime<Utc>) -> Result<Step, FactorRefused> {
        // what cannot be opened was sealed under another key of the site: nobody knows its codes
        let secret = vault.open(self.user_id, &self.sealed).ok_or(FactorRefused::Wrong)?;
        let right: Vec<i64> = secret.steps_of(code, at).collect();
        let fresh = right.iter().copied().find(|step| self.last_step.is_none_or(|last| *step > last));
        match fresh {
            Some(step) => Ok(Step(step)),
            None if right.is_empty() => Err(FactorRefused::Wrong),
            None => Err(FactorRefused::Used),
        }
    }

    /// Whether whoever signs in is asked for a code.
    pub fn is_on(&self) -> bool {
        self.confirmed_at.is_some()
    }
}

impl User {
    /// Judges going on with a sign-in whose password was right.
    ///
    /// # Errors
    /// [`FactorRefused::Over`], or [`FactorRefused::Missing`] where the account is closed.
    pub fn may_go_on(&self, half: &HalfSignIn, at: DateTime<Utc>) -> Result<(), FactorRefused> {
        if self.closed_at.is_some() {
            return Err(FactorRefused::Missing);
        }
        let is_over = self.session_epoch != half.epoch || at - half.proved_at > CODE_WITHIN;
        if is_over { Err(FactorRefused::Over) } else { Ok(()) }
    }

    /// Judges a step of the set-up, or its end, by somebody who proved to know the password with this hash.
    ///
    /// # Errors
    /// [`FactorRefused::ChangedMeanwhile`].
    pub fn may_change_factor(&self, proved: &str) -> Result<(), FactorRefused> {
        if self.password_hash == proved { Ok(()) } else { Err(FactorRefused::ChangedMeanwhile) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(seconds, 0).unwrap()
    }

    fn factor(vault: &Vault, last_step: Option<i64>) -> SecondFactor {
        let sealed = vault.seal(UserId(7), &FactorSecret::new(*b"12345678901234567890"), [3; 12]).unwrap();
        SecondFactor { user_id: UserId(7), sealed, created_at: at(0), confirmed_at: last_step.map(|_| at(0)), last_step }
    }

    #[test]
    fn a_code_is_taken_once_within_half_a_minute_of_its_own() {
        let vault = Vault::new(b"a key of this site");
        // RFC 6238: the code of 1111111109 is 081804, of half minute 37037036
        let code = AppCode::parse("081804").unwrap();
        for (now, last, judged) in [
            (1_111_111_109, None, Ok(Step(37_037_036))),
            (1_111_111_109 + 30, None, Ok(Step(37_037_036))),
            (1_111_111_109 - 30, Some(37_037_035), Ok(Step(37_037_036))),
            (1_111_111_109 + 61, None, Err(FactorRefused::Wrong)),
            (1_111_111_109 - 60, None, Err(FactorRefused::Wrong)),
            (1_111_111_109, Some(37_037_036), Err(FactorRefused::Used)),
            (1_111_111_109, Some(37_037_037), Err(FactorRefused::Used)),
        ] {
            assert_eq!(factor(&vault, last).judge(code, &vault, at(now)), judged, "{now} after {last:?}");
        }
        let other = Vault::new(b"another key");
        assert_eq!(factor(&vault, None).judge(code, &other, at(1_111_111_109)), Err(FactorRefused::Wrong));
    }
}
