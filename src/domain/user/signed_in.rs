//! A sign-in that was just proved, or was tried too often.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::HalfSignIn;
use crate::domain::ids::UserId;

/// By what a person showed who they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum SignedInBy {
    /// The password alone, which is all that they are asked for.
    Password,
    /// The password, and a code of their app’s, of this half minute.
    AppCode(i64),
    /// The password, and one of the codes that they wrote down.
    RecoveryCode,
}

/// A person's proof of who they are, just given: what a new session is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignIn {
    /// Who.
    pub user: UserId,
    /// Which of their sign-ins hold: if that number moves on, this one does not.
    pub epoch: i32,
    /// By what.
    pub by: SignedInBy,
}

impl SignIn {
    /// By the password alone.
    pub fn by_password(user: UserId, epoch: i32) -> Self {
        Self { user, epoch, by: SignedInBy::Password }
    }
}

/// What a right password opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proved {
    /// All.
    Whole(SignIn),
    /// The question for a code.
    Half(HalfSignIn),
}

/// There were too many tries: nothing was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooManyAttempts {
    /// When to try again, by the database's clock.
    pub again_at: DateTime<Utc>,
    /// What that clock says now.
    pub at: DateTime<Utc>,
}
