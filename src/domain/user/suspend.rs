//! Keeping people out for a while, and letting them in again: what admins may do to an account, judged under its lock and their own.

use chrono::{DateTime, Utc};

use super::User;
use crate::domain::ids::TicketId;
use crate::domain::refusal::{Refusal, RefusalKind};

/// Why an admin's act on an account is not done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeepRefused {
    /// No such account; or whoever asks does not keep the house (any more).
    Missing,
    /// It is their own account.
    Oneself,
    /// Its person has left for good.
    Left,
    /// The person is kept out already, since this moment.
    OutSince(DateTime<Utc>),
    /// The person is not kept out (any more).
    IsIn,
}

impl Refusal for KeepRefused {
    fn kind(&self) -> RefusalKind {
        match self {
            Self::Missing => RefusalKind::Missing,
            Self::Oneself => RefusalKind::NotAllowed,
            Self::Left | Self::OutSince(_) | Self::IsIn => RefusalKind::TooLate,
        }
    }
}

/// Why an appeal is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AppealRefused {
    /// No such account, or the one who asks has not shown that it is theirs.
    Missing,
    /// The person may come in again, or is kept out for another reason by now.
    Over,
    /// There is one already.
    Asked(TicketId),
}

impl Refusal for AppealRefused {
    fn kind(&self) -> RefusalKind {
        match self {
            Self::Missing => RefusalKind::Missing,
            Self::Over | Self::Asked(_) => RefusalKind::TooLate,
        }
    }
}

impl User {
    /// Whether this person keeps the house at this moment.
    pub fn keeps_house(&self) -> bool {
        self.is_admin && self.suspended_at.is_none() && self.closed_at.is_none()
    }

    /// Judges keeping this person out. Whoever does it keeps the house and is somebody else: so there is always one left.
    ///
    /// # Errors
    /// Why not: the first that applies.
    pub fn may_be_suspended(&self, by: &Self) -> Result<(), KeepRefused> {
        self.may_be_kept(by)?;
        self.suspended_at.map_or(Ok(()), |since| Err(KeepRefused::OutSince(since)))
    }

    /// Judges letting this person in again.
    ///
    /// # Errors
    /// Why not: the first that applies.
    pub fn may_be_let_in(&self, by: &Self) -> Result<(), KeepRefused> {
        self.may_be_kept(by)?;
        if self.suspended_at.is_some() { Ok(()) } else { Err(KeepRefused::IsIn) }
    }

    /// Judges ending all of this person's sign-ins.
    ///
    /// # Errors
    /// Why not: the first that applies.
    pub fn may_be_signed_out(&self, by: &Self) -> Result<(), KeepRefused> {
        self.may_be_kept(by)
    }

    fn may_be_kept(&self, by: &Self) -> Result<(), KeepRefused> {
        if !by.keeps_house() {
            return Err(KeepRefused::Missing);
        }
        if by.id == self.id {
            return Err(KeepRefused::Oneself);
        }
        if self.closed_at.is_some() { Err(KeepRefused::Left) } else { Ok(()) }
    }

    /// Judges asking the house to think again, by somebody who was told that they are out since then.
    ///
    /// # Errors
    /// Why not: the first that applies.
    pub fn may_appeal(&self, since: DateTime<Utc>) -> Result<(), AppealRefused> {
        if self.suspended_at != Some(since) {
            return Err(AppealRefused::Over);
        }
        self.appeal_id.map_or(Ok(()), |ticket| Err(AppealRefused::Asked(ticket)))
    }
}
