//! Locks by name, for work that goes through several transactions: which there are, and how long each is leased and waited for.
//! A single transaction never needs one: it locks rows.

use std::fmt;
use std::time::Duration;

use super::ids::{ContractId, UserId};
use super::text_enum::text_enum;

text_enum! {
    /// What a lock is for.
    LockKind {
        /// Bringing a freelancer's sessions in several steps.
        WorkLogUpdate = "WORK_LOG_UPDATE",
        /// A contract's statements and runs of invoices.
        ContractUpdate = "CONTRACT_UPDATE",
        /// The sweep that escalates tickets.
        TicketEscalation = "TICKET_ESCALATION",
        /// Changing metadata of many rows, and sweeps that close what is overdue.
        JsonFieldUpdate = "JSON_FIELD_UPDATE",
    }
}

/// A lock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NamedLock {
    /// Over a freelancer's sessions.
    WorkLogs(UserId),
    /// Over a contract's papers.
    Contract(ContractId),
    /// Over the escalation of all tickets.
    TicketEscalation,
    /// Over a sweep or a change of many rows, by its name.
    Many(&'static str),
}

/// How long a kind is leased and waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LockTimes {
    /// After so long without a sign of its holder it is anybody's.
    pub lease: Duration,
    /// So long is waited for it at most.
    pub wait: Duration,
}

impl NamedLock {
    /// What it is for.
    pub fn kind(self) -> LockKind {
        match self {
            Self::WorkLogs(_) => LockKind::WorkLogUpdate,
            Self::Contract(_) => LockKind::ContractUpdate,
            Self::TicketEscalation => LockKind::TicketEscalation,
            Self::Many(_) => LockKind::JsonFieldUpdate,
        }
    }
}

impl LockKind {
    /// For how long it is leased, and waited for.
    pub fn times(self) -> LockTimes {
        let seconds = |lease, wait| LockTimes { lease: Duration::from_secs(lease), wait: Duration::from_secs(wait) };
        match self {
            Self::WorkLogUpdate | Self::JsonFieldUpdate => seconds(10, 5),
            Self::ContractUpdate | Self::TicketEscalation => seconds(15, 10),
        }
    }

    /// For people who look after the house.
    pub fn label(self) -> &'static str {
        match self {
            Self::WorkLogUpdate => "A freelancer’s sessions",
            Self::ContractUpdate => "A contract’s papers",
            Self::TicketEscalation => "Escalation of tickets",
            Self::JsonFieldUpdate => "Changes to many rows",
        }
    }
}

impl fmt::Display for NamedLock {
    /// Its key: `work_log:123`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::WorkLogs(freelancer) => write!(f, "work_log:{freelancer}"),
            Self::Contract(contract) => write!(f, "contract:{contract}"),
            Self::TicketEscalation => f.write_str("ticket_escalation"),
            Self::Many(name) => write!(f, "many:{name}"),
        }
    }
}

/// A lock that was taken: by the token of that taking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeldLock {
    /// Which.
    pub lock: NamedLock,
    /// Rises with each taking.
    pub token: i64,
}

/// It was not to be had in time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LockTimedOut {
    /// Which.
    pub lock: NamedLock,
    /// Who had it at the end.
    pub holder: Option<String>,
}

impl fmt::Display for LockTimedOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "could not take the lock {} within {} s", self.lock, self.lock.kind().times().wait.as_secs())?;
        match &self.holder {
            Some(holder) => write!(f, ": {holder} has it"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_waited_in_vain_is_told_for_what_and_how_long() {
        let late = LockTimedOut { lock: NamedLock::WorkLogs(UserId(123)), holder: None };
        assert_eq!(late.to_string(), "could not take the lock work_log:123 within 5 s");
        let late = LockTimedOut { lock: NamedLock::TicketEscalation, holder: Some("house-1:77".to_owned()) };
        assert_eq!(late.to_string(), "could not take the lock ticket_escalation within 10 s: house-1:77 has it");
    }

    #[test]
    fn a_lease_is_longer_than_anybody_waits() {
        for kind in LockKind::ALL {
            assert!(kind.times().lease > kind.times().wait, "{kind}");
        }
    }
}
