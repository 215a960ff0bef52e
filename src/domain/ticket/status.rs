//! The states of a ticket, the one table of its moves (the schema's trigger repeats it), and what it is about.

use crate::domain::text_enum::text_enum;

text_enum! {
    /// The states of a ticket.
    TicketStatus {
        /// Nobody of the house has looked at it.
        New = "NEW",
        /// Whoever asked waits for the house.
        Open = "OPEN",
        /// The house waits for whoever asked.
        Waiting = "WAITING",
        /// The house thinks that it is done.
        Resolved = "RESOLVED",
        /// It is done.
        Closed = "CLOSED",
    }
}

impl TicketStatus {
    /// Whether this state may become that one.
    pub fn may_become(self, next: Self) -> bool {
        use TicketStatus::*;
        match self {
            New => next != New,
            Open => matches!(next, Waiting | Resolved | Closed),
            Waiting => matches!(next, Open | Resolved | Closed),
            Resolved => matches!(next, Open | Closed),
            Closed => false,
        }
    }

    /// Whether somebody waits for the house: then there is a time until when.
    pub fn is_due(self) -> bool {
        matches!(self, Self::New | Self::Open)
    }

    /// The state in words.
    pub fn label(self) -> &'static str {
        match self {
            Self::New => "New",
            Self::Open => "Open",
            Self::Waiting => "Waiting for an answer",
            Self::Resolved => "Resolved",
            Self::Closed => "Closed",
        }
    }
}

text_enum! {
    /// What a ticket is about: a policy for each says until when it is answered.
    Topic {
        /// Signing in, the account.
        Account = "ACCOUNT",
        /// A project or a proposal.
        Project = "PROJECT",
        /// A contract, its work and its terms.
        Contract = "CONTRACT",
        /// Invoices and payments.
        Money = "MONEY",
        /// How somebody behaves.
        Conduct = "CONDUCT",
        /// Anything else.
        Other = "OTHER",
    }
}

impl Topic {
    /// In words.
    pub fn label(self) -> &'static str {
        match self {
            Self::Account => "My account",
            Self::Project => "A project or a proposal",
            Self::Contract => "A contract and its work",
            Self::Money => "Invoices and payments",
            Self::Conduct => "How somebody behaves",
            Self::Other => "Something else",
        }
    }

    /// In a word, for a list.
    pub fn short(self) -> &'static str {
        match self {
            Self::Account => "Account",
            Self::Project => "Project",
            Self::Contract => "Contract",
            Self::Money => "Money",
            Self::Conduct => "Conduct",
            Self::Other => "Other",
        }
    }
}

text_enum! {
    /// What an entry of a ticket's history tells.
    TicketAct {
        /// It was written.
        Opened = "OPENED",
        /// An answer, of whoever asked or of the house; it may have moved the ticket.
        Answered = "ANSWERED",
        /// A note for admins alone.
        Noted = "NOTED",
        /// An admin took it.
        Taken = "TAKEN",
        /// It was given to an admin, or to nobody.
        Assigned = "ASSIGNED",
        /// It was passed on to the next level.
        Escalated = "ESCALATED",
        /// It goes on in another ticket.
        Merged = "MERGED",
        /// Another ticket goes on in this one.
        Joined = "JOINED",
        /// It was closed without words.
        Closed = "CLOSED",
    }
}

#[cfg(test)]
mod tests {
    use super::TicketStatus::*;
    use super::*;

    #[test]
    fn what_is_closed_stays_so_and_nothing_is_new_again() {
        for state in TicketStatus::ALL {
            assert!(!Closed.may_become(*state), "{state}");
            assert!(!state.may_become(New), "{state}");
            assert!(!state.may_become(*state), "{state}");
            assert_eq!(state.may_become(Closed), *state != Closed, "{state}");
        }
        assert!(Resolved.may_become(Open) && !Resolved.may_become(Waiting));
        assert!(Waiting.may_become(Open) && Open.may_become(Waiting));
    }
}
