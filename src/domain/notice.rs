//! What people are told of, each once for each event.

mod shown;

use super::ids::{OrganisationId, ProjectId, ProposalId, UserId};
use super::membership::Role;
use super::refusal::{Refusal, RefusalKind};
use super::text_enum::text_enum;

pub use shown::ShownUpTo;

text_enum! {
    /// What an event is to the person who is told of it. The word is stored: it never changes its meaning.
    NoticeKind {
        /// For who decides: a proposal was sent.
        NewProposal = "NEW_PROPOSAL",
        /// For who decides: a proposal was changed.
        ProposalChanged = "PROPOSAL_CHANGED",
        /// For who decides: a proposal holds for the project as it is now.
        ProposalConfirmed = "PROPOSAL_CONFIRMED",
        /// For who decides: a proposal was taken back.
        ProposalWithdrawn = "PROPOSAL_WITHDRAWN",
        /// For the client's members: somebody decided.
        Decided = "DECIDED",
        /// For members and bidders: a project was called off.
        ProjectCancelled = "PROJECT_CANCELLED",
        /// For members and bidders: sealed bids were opened.
        BidsOpened = "BIDS_OPENED",
        /// For who decides, and for freelancers from whom an offer is waited for: proposals close soon.
        DeadlineNear = "DEADLINE_NEAR",
        /// For the client's members: nobody decides, and the project will be closed.
        ClosingAhead = "CLOSING_AHEAD",
        /// For bidders: what they offered for has changed.
        ProjectChanged = "PROJECT_CHANGED",
        /// For who decides: somebody asked about a project. Who, is told to nobody.
        NewQuestion = "NEW_QUESTION",
        /// For who asked, and for bidders: the answer, or another one.
        QuestionAnswered = "QUESTION_ANSWERED",
        /// For one bidder: on the short list.
        Shortlisted = "SHORTLISTED",
        /// For a freelancer: a client asks them to look at a project.
        Invited = "INVITED",
        /// For the other side: somebody wrote about a proposal or a contract.
        NewMessage = "NEW_MESSAGE",
        /// For the other side: a contract was paused, resumed, completed or ended early.
        ContractMoved = "CONTRACT_MOVED",
        /// For the other side: a review was written; for both: reviews are shown.
        Reviewed = "REVIEWED",
        /// For the other side: other terms are proposed, confirmed, declined or taken back.
        TermsMoved = "TERMS_MOVED",
        /// For who decides: a milestone was delivered, a delivery taken back, or a milestone given up.
        WorkDelivered = "WORK_DELIVERED",
        /// For the freelancer: milestones were approved, or something is to be changed.
        WorkJudged = "WORK_JUDGED",
        /// For who offered before: a project takes proposals again.
        ProjectReopened = "PROJECT_REOPENED",
        /// For who asked: a file is ready.
        FileReady = "FILE_READY",
        /// For who brought them: all rows of a file of projects have been dealt with.
        ImportDone = "IMPORT_DONE",
        /// For who decides: a freelancer sent a week.
        WeekSubmitted = "WEEK_SUBMITTED",
        /// For the freelancer: a week came back with a question.
        WeekQueried = "WEEK_QUERIED",
        /// For the freelancer: a week was approved.
        WeekApproved = "WEEK_APPROVED",
        /// For the freelancer: a timer was forgotten, and stopped.
        TimerStopped = "TIMER_STOPPED",
        /// For who keeps the client's money: an invoice came.
        InvoiceIssued = "INVOICE_ISSUED",
        /// For its freelancer: an invoice is paid.
        InvoicePaid = "INVOICE_PAID",
        /// For the other side: an invoice was taken back.
        InvoiceVoided = "INVOICE_VOIDED",
        /// For who keeps the house: somebody asks something.
        TicketOpened = "TICKET_OPENED",
        /// For the other side of a ticket: an answer.
        TicketAnswered = "TICKET_ANSWERED",
        /// For an admin: a ticket is theirs now.
        TicketAssigned = "TICKET_ASSIGNED",
        /// For who keeps the house: a ticket was passed on to the next level.
        TicketEscalated = "TICKET_ESCALATED",
        /// For the winner.
        Awarded = "AWARDED",
        /// For everybody else who offered.
        NotSelected = "NOT_SELECTED",
        /// For owners: somebody joined.
        MemberJoined = "MEMBER_JOINED",
        /// For the member: another role.
        RoleChanged = "ROLE_CHANGED",
        /// For the member who was removed, or for the owners where somebody left.
        MemberRemoved = "MEMBER_REMOVED",
    }
}

impl NoticeKind {
    /// Whether it cannot be switched off: how one's own proposal ended.
    pub fn always_comes(self) -> bool {
        matches!(self, Self::Awarded | Self::NotSelected)
    }

    /// As what people get it.
    pub fn concerns(self) -> Concern {
        match self {
            Self::ProjectChanged
            | Self::QuestionAnswered
            | Self::Shortlisted
            | Self::Invited
            | Self::Awarded
            | Self::NotSelected
            | Self::WorkJudged
            | Self::InvoicePaid
            | Self::ProjectReopened => Concern::Bidders,
            Self::ProjectCancelled
            | Self::BidsOpened
            | Self::DeadlineNear
            | Self::NewMessage
            | Self::ContractMoved
            | Self::Reviewed
            | Self::TermsMoved
            | Self::InvoiceVoided
            | Self::FileReady
            | Self::TicketAnswered
            | Self::ImportDone => Concern::Both,
            Self::TicketOpened | Self::TicketAssigned | Self::TicketEscalated => Concern::House,
            Self::WeekQueried | Self::WeekApproved | Self::TimerStopped => Concern::Bidders,
            Self::WeekSubmitted => Concern::Members,
            Self::NewProposal
            | Self::NewQuestion
            | Self::ProposalChanged
            | Self::ProposalConfirmed
            | Self::ProposalWithdrawn
            | Self::Decided
            | Self::InvoiceIssued
            | Self::ClosingAhead
            | Self::WorkDelivered
            | Self::MemberJoined
            | Self::RoleChanged
            | Self::MemberRemoved => Concern::Members,
        }
    }
}

/// As what people get a kind of notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Concern {
    /// As somebody who offers.
    Bidders,
    /// As a member of a client.
    Members,
    /// As either.
    Both,
    /// As an admin.
    House,
}

/// Roles that decide on proposals.
pub const DECIDERS: &[Role] = &[Role::Owner, Role::Manager];
/// Roles that keep the money.
pub const PAYERS: &[Role] = &[Role::Owner, Role::Finance];
/// Roles that keep the members.
pub const KEEPERS: &[Role] = &[Role::Owner];
/// Every role.
pub const MEMBERS: &[Role] = Role::ALL;

/// One kind of notice of an event, and to whom it goes: never to who did it.
#[derive(Debug, Clone, Copy)]
pub struct Notice {
    /// What it is to them.
    pub kind: NoticeKind,
    /// The proposal that it is about; for bidders, each one's own.
    pub proposal: Option<ProposalId>,
    /// Who is told.
    pub to: Told,
}

/// Who is told.
#[derive(Debug, Clone, Copy)]
pub enum Told {
    /// One person.
    Person(UserId),
    /// An organisation's members in these roles.
    Members(OrganisationId, &'static [Role]),
    /// Everybody who keeps the house.
    Admins,
    /// Who has offered for a project and was neither chosen nor has withdrawn. One who was declined is among them:
    /// they see Pending until the project is decided, and what they are told must not say otherwise.
    Bidders(ProjectId),
    /// Who is invited to a project.
    Guests(ProjectId),
    /// Who is invited to a project or has begun a proposal for it, and has not offered.
    WaitedFor(ProjectId),
}

impl Notice {
    /// For one person.
    pub fn person(kind: NoticeKind, who: UserId) -> Self {
        Self { kind, proposal: None, to: Told::Person(who) }
    }

    /// For an organisation's members in these roles.
    pub fn members(kind: NoticeKind, organisation: OrganisationId, roles: &'static [Role]) -> Self {
        Self { kind, proposal: None, to: Told::Members(organisation, roles) }
    }

    /// For everybody who keeps the house.
    pub fn admins(kind: NoticeKind) -> Self {
        Self { kind, proposal: None, to: Told::Admins }
    }

    /// For everybody who has offered for a project.
    pub fn bidders(kind: NoticeKind, project: ProjectId) -> Self {
        Self { kind, proposal: None, to: Told::Bidders(project) }
    }

    /// For everybody who is invited to a project.
    pub fn guests(kind: NoticeKind, project: ProjectId) -> Self {
        Self { kind, proposal: None, to: Told::Guests(project) }
    }

    /// For everybody from whom an offer for a project is waited for.
    pub fn waited_for(kind: NoticeKind, project: ProjectId) -> Self {
        Self { kind, proposal: None, to: Told::WaitedFor(project) }
    }

    /// Names the proposal.
    #[must_use]
    pub fn about(mut self, proposal: ProposalId) -> Self {
        self.proposal = Some(proposal);
        self
    }
}

/// Why a notice is not marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoticeRefused {
    /// No such notice of this person's.
    Missing,
}

impl Refusal for NoticeRefused {
    fn kind(&self) -> RefusalKind {
        RefusalKind::Missing
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_a_proposal_ended_always_comes() {
        let always: Vec<_> = NoticeKind::ALL.iter().filter(|kind| kind.always_comes()).collect();
        assert_eq!(always, [&NoticeKind::Awarded, &NoticeKind::NotSelected]);
        assert!(always.iter().all(|kind| kind.concerns() == Concern::Bidders));
    }
}
