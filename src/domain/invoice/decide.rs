//! Who may do what with an invoice, and when.

use super::{Invoice, InvoiceStatus};
use crate::domain::contract::Contract;
use crate::domain::ids::{InvoiceId, UserId};
use crate::domain::membership::{Member, Role};
use crate::domain::refusal::{Refusal, RefusalKind};

/// On which side of a contract somebody stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Who works, and issues invoices.
    Freelancer,
    /// A member of the client, as this.
    Client(Role),
}

/// Why an invoice is not drafted, changed, issued, paid or voided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InvoiceRefused {
    /// Not there, or not to be known of.
    Missing,
    /// Seen, but not this person's to do.
    NotAllowed,
    /// It is in this state already.
    InvoiceIs(InvoiceStatus),
    /// The person saw another version.
    Changed {
        /// What they saw.
        seen: i32,
        /// What it is.
        now: i32,
    },
    /// One of the chosen things stands on another invoice that is not void.
    OnAnother(InvoiceId),
    /// One of the chosen things is not approved, or no more.
    NotApproved,
    /// What was approved is not what the draft says any more.
    Outgrown,
    /// The day until which it is to be paid is over.
    DuePassed,
    /// Another invoice of the client's was marked paid by this transfer.
    ReferenceUsed,
    /// The form's key was used for other words.
    KeyReused,
}

impl Refusal for InvoiceRefused {
    fn kind(&self) -> RefusalKind {
        match self {
            Self::Missing => RefusalKind::Missing,
            Self::NotAllowed => RefusalKind::NotAllowed,
            Self::InvoiceIs(_) | Self::OnAnother(_) | Self::NotApproved => RefusalKind::TooLate,
            Self::Changed { .. } | Self::Outgrown => RefusalKind::Stale,
            Self::DuePassed | Self::ReferenceUsed | Self::KeyReused => RefusalKind::Invalid,
        }
    }
}

impl Side {
    /// On which side of this contract somebody stands, if on any.
    pub fn of(contract: &Contract, by: UserId, member: Option<&Member>) -> Option<Self> {
        if contract.freelancer_id == by { Some(Self::Freelancer) } else { member.map(|member| Self::Client(member.role)) }
    }

    /// Whether they see this invoice: a draft is its freelancer's alone.
    pub fn sees(self, status: InvoiceStatus) -> bool {
        self == Self::Freelancer || status != InvoiceStatus::Draft
    }

    /// Whether they write and issue invoices.
    pub fn issues(self) -> bool {
        self == Self::Freelancer
    }

    /// Whether they say that an invoice is paid: those who keep the client's money, never who gets it.
    pub fn pays(self) -> bool {
        matches!(self, Self::Client(role) if role.keeps_invoices())
    }

    /// Whether they take an invoice back: those who keep the client's money, because they do not owe it, and its
    /// freelancer, whose paper it is and who may have to write it anew. Either way the credit note is the freelancer's.
    pub fn voids(self) -> bool {
        self.issues() || self.pays()
    }
}

/// Somebody's side, or that there is nothing here for them.
///
/// # Errors
/// [`InvoiceRefused::Missing`].
pub fn side(contract: &Contract, by: UserId, member: Option<&Member>) -> Result<Side, InvoiceRefused> {
    Side::of(contract, by, member).ok_or(InvoiceRefused::Missing)
}

impl Side {
    /// Whether they may begin an invoice.
    ///
    /// # Errors
    /// [`InvoiceRefused::NotAllowed`].
    pub fn may_draft(self) -> Result<(), InvoiceRefused> {
        if self.issues() { Ok(()) } else { Err(InvoiceRefused::NotAllowed) }
    }
}

impl Invoice {
    /// Whether a draft may be changed, issued or thrown away by somebody who saw this version of it.
    ///
    /// # Errors
    /// [`InvoiceRefused`].
    pub fn may_write(&self, side: Side, seen: Option<i32>) -> Result<(), InvoiceRefused> {
        self.known(side)?;
        side.may_draft()?;
        if self.status != InvoiceStatus::Draft {
            return Err(InvoiceRefused::InvoiceIs(self.status));
        }
        match seen {
            Some(seen) if seen != self.version => Err(InvoiceRefused::Changed { seen, now: self.version }),
            _ => Ok(()),
        }
    }

    /// Whether it may be marked paid.
    ///
    /// # Errors
    /// [`InvoiceRefused`].
    pub fn may_pay(&self, side: Side) -> Result<(), InvoiceRefused> {
        self.may_end(side, side.pays(), InvoiceStatus::Paid)
    }

    /// Whether it may be taken back.
    ///
    /// # Errors
    /// [`InvoiceRefused`].
    pub fn may_void(&self, side: Side) -> Result<(), InvoiceRefused> {
        self.may_end(side, side.voids(), InvoiceStatus::Void)
    }

    fn may_end(&self, side: Side, is_theirs: bool, to: InvoiceStatus) -> Result<(), InvoiceRefused> {
        self.known(side)?;
        if !is_theirs {
            return Err(InvoiceRefused::NotAllowed);
        }
        if self.status.may_become(to) { Ok(()) } else { Err(InvoiceRefused::InvoiceIs(self.status)) }
    }

    fn known(&self, side: Side) -> Result<(), InvoiceRefused> {
        if side.sees(self.status) { Ok(()) } else { Err(InvoiceRefused::Missing) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIDES: [Side; 5] =
        [Side::Freelancer, Side::Client(Role::Owner), Side::Client(Role::Manager), Side::Client(Role::Finance), Side::Client(Role::Viewer)];

    #[test]
    fn the_freelancer_issues_and_who_keeps_the_money_pays() {
        assert_eq!(SIDES.map(Side::issues), [true, false, false, false, false]);
        assert_eq!(SIDES.map(Side::pays), [false, true, false, true, false]);
        assert_eq!(SIDES.map(Side::voids), [true, true, false, true, false]);
        assert_eq!(SIDES.map(|side| side.sees(InvoiceStatus::Draft)), [true, false, false, false, false]);
    }

    #[test]
    fn every_pair_of_states_is_judged() {
        let legal: Vec<_> = InvoiceStatus::ALL
            .iter()
            .flat_map(|from| InvoiceStatus::ALL.iter().map(move |to| (*from, *to)))
            .filter(|(from, to)| from.may_become(*to))
            .map(|(from, to)| format!("{from}>{to}"))
            .collect();
        assert_eq!(legal, ["DRAFT>ISSUED", "ISSUED>PAID", "ISSUED>VOID"]);
    }
}
