//! A sign-in that was just proved, or was tried too often.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::ids::UserId;

/// A person's proof of who they are, just given: what a new session is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignIn {
    /// Who.
    pub user: UserId,
    /// Which of their sign-ins hold: if that number moves on, this one does not.
    pub epoch: i32,
}

/// There were too many tries: nothing was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooManyAttempts {
    /// When to try again, by the database's clock.
    pub again_at: DateTime<Utc>,
    /// What that clock says now.
    pub at: DateTime<Utc>,
}
