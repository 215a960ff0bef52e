//! What may become of a project besides the award: editing, publishing, cancelling. Judged under its lock.

use chrono::{DateTime, Utc};

use super::{Project, ProjectContent, ProjectStatus};
use crate::domain::membership::Member;
use crate::domain::refusal::{Refusal, RefusalKind};

/// Why a project is not written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DraftRefused {
    /// No such organisation, or none that this person belongs to.
    Missing,
    /// A member, but not one who writes projects.
    NotAllowed,
    /// The same key was sent before with other words.
    KeyReused,
}

impl Refusal for DraftRefused {
    fn kind(&self) -> RefusalKind {
        match self {
            Self::Missing => RefusalKind::Missing,
            Self::NotAllowed => RefusalKind::NotAllowed,
            Self::KeyReused => RefusalKind::Invalid,
        }
    }
}

/// Why a project is not edited, published or cancelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeRefused {
    /// No such project, or none to be known of.
    Missing,
    /// A member, but not one who writes projects.
    NotAllowed,
    /// Its state does not allow it (any more).
    ProjectIs(ProjectStatus),
    /// The house holds it.
    Held,
    /// Somebody changed its words after the person read them.
    Changed {
        /// The version the form carried.
        seen: i32,
        /// The version it has now.
        now: i32,
    },
    /// The deadline lies behind, by the database's clock.
    DeadlinePassed,
    /// Proposals name prices in the currency and by the kind that were published.
    PriceBasisFixed,
    /// Whether bids are sealed is settled when the project is published.
    SealSettled,
    /// Somebody sent a sealed bid, trusting the deadline: it only moves later.
    DeadlineOnlyLater,
    /// Sealed bids were opened: the deadline does not move any more.
    BidsOpened,
}

impl Refusal for ChangeRefused {
    fn kind(&self) -> RefusalKind {
        match self {
            Self::Missing => RefusalKind::Missing,
            Self::NotAllowed => RefusalKind::NotAllowed,
            Self::ProjectIs(_) | Self::Held => RefusalKind::TooLate,
            Self::Changed { .. } => RefusalKind::Stale,
            Self::DeadlinePassed | Self::PriceBasisFixed | Self::SealSettled | Self::DeadlineOnlyLater | Self::BidsOpened => {
                RefusalKind::Invalid
            }
        }
    }
}

impl Project {
    /// Judges new words for a project at the version that was read. A draft may say anything; once published, the
    /// currency and the kind stay, because proposals name prices in them, and so does whether bids are sealed. `bid_came`
    /// says whether anybody ever sent one: after that, the deadline of sealed bids only moves later.
    ///
    /// # Errors
    /// Why not: the first that applies.
    pub fn may_edit(
        &self,
        by: Option<&Member>,
        content: &ProjectContent,
        seen: Option<i32>,
        bid_came: bool,
        at: DateTime<Utc>,
    ) -> Result<(), ChangeRefused> {
        self.may_write(by)?;
        if !matches!(self.status, ProjectStatus::Draft | ProjectStatus::Open) {
            return Err(ChangeRefused::ProjectIs(self.status));
        }
        self.is_free(ChangeRefused::Held)?;
        self.same_version(seen)?;
        if self.status == ProjectStatus::Open {
            if content.currency.code() != self.currency || content.kind != self.kind {
                return Err(ChangeRefused::PriceBasisFixed);
            }
            if content.sealed != self.sealed {
                return Err(ChangeRefused::SealSettled);
            }
            return self.may_move_deadline(content.deadline, bid_came, at);
        }
        Ok(())
    }

    fn may_move_deadline(&self, to: DateTime<Utc>, bid_came: bool, at: DateTime<Utc>) -> Result<(), ChangeRefused> {
        if to == self.deadline {
            return Ok(());
        }
        if self.bids_opened_at.is_some() {
            return Err(ChangeRefused::BidsOpened);
        }
        if to <= at {
            return Err(ChangeRefused::DeadlinePassed);
        }
        if self.sealed && bid_came && to < self.deadline { Err(ChangeRefused::DeadlineOnlyLater) } else { Ok(()) }
    }

    /// Judges the opening for proposals.
    ///
    /// # Errors
    /// Why not.
    pub fn may_publish(&self, by: Option<&Member>, seen: Option<i32>, at: DateTime<Utc>) -> Result<(), ChangeRefused> {
        self.may_write(by)?;
        if !self.status.may_become(ProjectStatus::Open) || self.status != ProjectStatus::Draft {
            return Err(ChangeRefused::ProjectIs(self.status));
        }
        self.is_free(ChangeRefused::Held)?;
        self.same_version(seen)?;
        if self.deadline <= at { Err(ChangeRefused::DeadlinePassed) } else { Ok(()) }
    }

    /// Judges the calling off, which a hold keeps nobody from.
    ///
    /// # Errors
    /// Why not.
    pub fn may_cancel(&self, by: Option<&Member>, seen: Option<i32>) -> Result<(), ChangeRefused> {
        self.may_write(by)?;
        if !self.status.may_become(ProjectStatus::Cancelled) {
            return Err(ChangeRefused::ProjectIs(self.status));
        }
        self.same_version(seen)
    }

    /// The scope's version after these words: it rises only while proposals can answer it.
    pub fn scope_after(&self, content: &ProjectContent) -> i32 {
        let answered = self.status == ProjectStatus::Open && content.changes_scope(self);
        self.scope_version + i32::from(answered)
    }

    fn may_write(&self, by: Option<&Member>) -> Result<(), ChangeRefused> {
        let by = by.filter(|by| by.organisation == self.organisation_id).ok_or(ChangeRefused::Missing)?;
        if by.role.manages_projects() { Ok(()) } else { Err(ChangeRefused::NotAllowed) }
    }

    fn same_version(&self, seen: Option<i32>) -> Result<(), ChangeRefused> {
        match seen.filter(|seen| *seen != self.version) {
            Some(seen) => Err(ChangeRefused::Changed { seen, now: self.version }),
            None => Ok(()),
        }
    }
}
