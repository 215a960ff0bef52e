//! What can happen, and who may read of it.

mod happening;
mod root;

use super::text_enum::text_enum;

pub use happening::Happening;
pub use root::{Changed, Root};

text_enum! {
    /// Kinds of events. The word is stored and hashed: it never changes its meaning.
    EventKind {
        /// A project was written down.
        ProjectDrafted = "PROJECT_DRAFTED",
        /// Its words changed.
        ProjectEdited = "PROJECT_EDITED",
        /// It opened for proposals.
        ProjectPublished = "PROJECT_PUBLISHED",
        /// It was called off; its pending proposals were rejected.
        ProjectCancelled = "PROJECT_CANCELLED",
        /// Its sealed bids were opened: from now on its members read them.
        BidsOpened = "BIDS_OPENED",
        /// Those concerned were told that proposals close soon.
        DeadlineNear = "DEADLINE_NEAR",
        /// The client's members were told that it will be closed, because nobody decides.
        ClosingAhead = "CLOSING_AHEAD",
        /// A freelancer sent a proposal, for the first time or after withdrawing.
        ProposalSubmitted = "PROPOSAL_SUBMITTED",
        /// A freelancer changed a proposal.
        ProposalRevised = "PROPOSAL_REVISED",
        /// A freelancer said that a proposal holds for the project as it is now.
        ScopeConfirmed = "SCOPE_CONFIRMED",
        /// A freelancer took a proposal back.
        ProposalWithdrawn = "PROPOSAL_WITHDRAWN",
        /// A member turned a proposal down; it can be undone until the award.
        ProposalDeclined = "PROPOSAL_DECLINED",
        /// A decline was undone.
        ProposalUndeclined = "PROPOSAL_UNDECLINED",
        /// A member told the freelancer that the proposal is on the short list.
        ProposalShortlisted = "PROPOSAL_SHORTLISTED",
        /// The award: this proposal accepted, the other pending ones rejected, a contract made.
        ProposalAccepted = "PROPOSAL_ACCEPTED",
        /// Its contract was completed, and the project with it.
        ProjectCompleted = "PROJECT_COMPLETED",
        /// Its contract ended early: it takes proposals again, and the winner's is revoked.
        ProjectReopened = "PROJECT_REOPENED",
        /// Work on a contract rests.
        ContractPaused = "CONTRACT_PAUSED",
        /// It goes on.
        ContractResumed = "CONTRACT_RESUMED",
        /// All of a contract is done.
        ContractCompleted = "CONTRACT_COMPLETED",
        /// One side ended a contract early.
        ContractTerminated = "CONTRACT_TERMINATED",
        /// One side proposed other terms.
        TermsProposed = "TERMS_PROPOSED",
        /// The other side confirmed them: they are in force.
        TermsConfirmed = "TERMS_CONFIRMED",
        /// The other side declined them.
        TermsDeclined = "TERMS_DECLINED",
        /// Who had proposed them took them back.
        TermsWithdrawn = "TERMS_WITHDRAWN",
        /// One side reviewed the other after the end: that it did is all that the other reads.
        ReviewWritten = "REVIEW_WRITTEN",
        /// It wrote its review anew: how often is its own to know.
        ReviewChanged = "REVIEW_CHANGED",
        /// Both are in, or the days are over: from now on everybody reads what there is.
        ReviewsShown = "REVIEWS_SHOWN",
        /// The freelancer delivered a milestone.
        MilestoneSubmitted = "MILESTONE_SUBMITTED",
        /// The freelancer took a delivery back.
        MilestoneWithdrawn = "MILESTONE_WITHDRAWN",
        /// The client wants something of a delivery changed.
        ChangesRequested = "CHANGES_REQUESTED",
        /// The client approved milestones.
        MilestonesApproved = "MILESTONES_APPROVED",
        /// The freelancer gave a milestone up.
        MilestoneCancelled = "MILESTONE_CANCELLED",
        /// The milestones were put in another order.
        MilestonesReordered = "MILESTONES_REORDERED",
        /// An admin holds it: it takes no proposals, and nobody changes or wins it.
        ProjectHeld = "PROJECT_HELD",
        /// An admin released it.
        ProjectReleased = "PROJECT_RELEASED",
        /// A member chose who can see it.
        VisibilityChosen = "VISIBILITY_CHOSEN",
        /// A member asked a freelancer to look at it.
        FreelancerInvited = "FREELANCER_INVITED",
        /// That was taken back.
        FreelancerUninvited = "FREELANCER_UNINVITED",
        /// A freelancer asked something about a project.
        EnquiryMade = "ENQUIRY_MADE",
        /// A member answered it, or corrected the answer.
        EnquiryAnswered = "ENQUIRY_ANSWERED",
        /// A person kept a search, gave it another name, or let it go.
        SearchesChanged = "SEARCHES_CHANGED",
        /// One side wrote to the other about a proposal or a contract.
        MessageSent = "MESSAGE_SENT",
        /// An organisation began.
        OrganisationFounded = "ORGANISATION_FOUNDED",
        /// Its name changed.
        OrganisationRenamed = "ORGANISATION_RENAMED",
        /// A link to join was made.
        MemberInvited = "MEMBER_INVITED",
        /// A link to join was taken back.
        InvitationRevoked = "INVITATION_REVOKED",
        /// Somebody joined by a link.
        MemberJoined = "MEMBER_JOINED",
        /// A member's role changed.
        RoleChanged = "ROLE_CHANGED",
        /// A member left or was removed.
        MemberRemoved = "MEMBER_REMOVED",
        /// An owner made a webhook.
        WebhookMade = "WEBHOOK_MADE",
        /// A webhook was removed.
        WebhookRemoved = "WEBHOOK_REMOVED",
        /// An account began.
        SignedUp = "SIGNED_UP",
        /// Name, time zone or colours changed.
        AccountChanged = "ACCOUNT_CHANGED",
        /// The password changed; other sign-ins ended.
        PasswordChanged = "PASSWORD_CHANGED",
        /// A new password was chosen by a link; all sign-ins ended.
        PasswordReset = "PASSWORD_RESET",
        /// The address was said to be the person's own, by a link.
        EmailConfirmed = "EMAIL_CONFIRMED",
        /// Another address took its place, or that was taken back.
        EmailChanged = "EMAIL_CHANGED",
        /// The person closed the account: what it said of them is gone.
        AccountClosed = "ACCOUNT_CLOSED",
        /// All sign-ins ended.
        SignedOutEverywhere = "SIGNED_OUT_EVERYWHERE",
        /// The person set up a second factor: from now on a code is asked for.
        SecondFactorOn = "SECOND_FACTOR_ON",
        /// The person ended it.
        SecondFactorOff = "SECOND_FACTOR_OFF",
        /// The house ended it, from its command line.
        SecondFactorReset = "SECOND_FACTOR_RESET",
        /// The person made new recovery codes: those before open nothing any more.
        RecoveryCodesMade = "RECOVERY_CODES_MADE",
        /// One of them was used.
        RecoveryCodeUsed = "RECOVERY_CODE_USED",
        /// The house made somebody an admin.
        MadeAdmin = "MADE_ADMIN",
        /// A freelancer's profile began or changed.
        ProfileChanged = "PROFILE_CHANGED",
        /// A person chose which notices they get.
        NoticesChosen = "NOTICES_CHOSEN",
        /// A person made a token for their machines.
        TokenMade = "TOKEN_MADE",
        /// A token was ended.
        TokenRevoked = "TOKEN_REVOKED",
        /// A file that the person had asked for was made.
        FileMade = "FILE_MADE",
        /// Every row of a file of projects that the person had brought was dealt with.
        ProjectsImported = "PROJECTS_IMPORTED",
        /// A freelancer began an invoice.
        InvoiceDrafted = "INVOICE_DRAFTED",
        /// A draft of an invoice was changed.
        InvoiceEdited = "INVOICE_EDITED",
        /// A draft of an invoice was thrown away.
        InvoiceDiscarded = "INVOICE_DISCARDED",
        /// An invoice got its number and went to the client.
        InvoiceIssued = "INVOICE_ISSUED",
        /// The client says that an invoice is paid.
        InvoicePaid = "INVOICE_PAID",
        /// An invoice was taken back by a credit note.
        InvoiceVoided = "INVOICE_VOIDED",
        /// A person told the house about a message.
        MessageReported = "MESSAGE_REPORTED",
        /// A person told the house about a project, a profile or a review.
        AbuseReported = "ABUSE_REPORTED",
        /// An admin settled such a report, with a word.
        ReportSettled = "REPORT_SETTLED",
        /// Somebody asked something of the house.
        TicketOpened = "TICKET_OPENED",
        /// Somebody answered on a ticket, whoever asked or an admin.
        TicketAnswered = "TICKET_ANSWERED",
        /// An admin noted something on a ticket for other admins.
        TicketNoted = "TICKET_NOTED",
        /// An admin took a ticket, gave it to another, or gave it back.
        TicketAssigned = "TICKET_ASSIGNED",
        /// A ticket was passed on to the next level, by an admin or because nobody answered in time.
        TicketEscalated = "TICKET_ESCALATED",
        /// A ticket goes on in another one.
        TicketMerged = "TICKET_MERGED",
        /// A ticket was closed without words.
        TicketClosed = "TICKET_CLOSED",
        /// A freelancer started a timer.
        WorkStarted = "WORK_STARTED",
        /// It was stopped, by the freelancer or, once forgotten, by the house.
        WorkStopped = "WORK_STOPPED",
        /// A freelancer wrote down what was worked.
        WorkRecorded = "WORK_RECORDED",
        /// A freelancer changed what was written down.
        WorkChanged = "WORK_CHANGED",
        /// A freelancer deleted it.
        WorkDeleted = "WORK_DELETED",
        /// A freelancer brought it back.
        WorkRestored = "WORK_RESTORED",
        /// A freelancer wrote down several sessions at once.
        WorkBrought = "WORK_BROUGHT",
        /// A freelancer sent a week to the client.
        WeekSubmitted = "WEEK_SUBMITTED",
        /// A member gave a week back with a question.
        WeekQueried = "WEEK_QUERIED",
        /// A member approved a week.
        WeekApproved = "WEEK_APPROVED",
        /// An admin keeps the person out.
        PersonSuspended = "PERSON_SUSPENDED",
        /// An admin let the person in again.
        SuspensionLifted = "SUSPENSION_LIFTED",
        /// An admin ended the person's sign-ins.
        SignInsEnded = "SIGN_INS_ENDED",
        /// The person asked the house to think again.
        SuspensionAppealed = "SUSPENSION_APPEALED",
        /// An admin changed when the house is there, or within how long it answers.
        HoursChanged = "HOURS_CHANGED",
        /// An admin changed what answers are kept ready.
        ReadyAnswersChanged = "READY_ANSWERS_CHANGED",
        /// An admin ended by hand what held others up in the database.
        WaitEnded = "WAIT_ENDED",
    }
}

/// Who reads what an event says. Everybody else who is concerned sees its time and hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// The organisation's members and everyone who sent a proposal.
    Concerned,
    /// The organisation's members, and the freelancer whose proposal it is.
    MembersAndAuthor,
    /// The organisation's members.
    Members,
    /// Of a contract: the client's members, and its freelancer.
    Sides,
    /// Of a contract: the side that acted.
    OwnSide,
    /// Of a ticket: who keeps the house. Whoever asked reads the ticket's own page.
    House,
    /// The person alone.
    Person,
    /// The person alone too, where the house did it: who of the house is told to admins.
    Kept,
}

impl EventKind {
    /// Who reads it. A decline is the members' alone until the project is decided: it can still be undone.
    pub fn audience(self) -> Audience {
        use EventKind::*;
        match self {
            ProjectPublished | ProjectCancelled | ProjectEdited | BidsOpened | DeadlineNear | ProposalAccepted | EnquiryMade
            | EnquiryAnswered | VisibilityChosen | ProjectCompleted | ProjectReopened | ProjectHeld | ProjectReleased => {
                Audience::Concerned
            }
            ContractPaused | ContractResumed | ContractCompleted | ContractTerminated | TermsProposed | TermsConfirmed | TermsDeclined
            | TermsWithdrawn | ReviewWritten | ReviewsShown | MilestoneSubmitted | MilestoneWithdrawn | ChangesRequested
            | MilestonesApproved | MilestoneCancelled | MilestonesReordered | InvoiceDrafted | InvoiceEdited | InvoiceDiscarded
            | InvoiceIssued | InvoicePaid | InvoiceVoided => Audience::Sides,
            ReviewChanged => Audience::OwnSide,
            ProposalSubmitted | ProposalRevised | ScopeConfirmed | ProposalWithdrawn | ProposalShortlisted | MessageSent => {
                Audience::MembersAndAuthor
            }
            WorkStarted | WorkStopped | WorkRecorded | WorkChanged | WorkDeleted | WorkRestored | WorkBrought | WeekSubmitted
            | WeekQueried | WeekApproved => Audience::Sides,
            ProjectDrafted | ClosingAhead | FreelancerInvited | FreelancerUninvited | ProposalDeclined | ProposalUndeclined
            | OrganisationFounded | OrganisationRenamed | MemberInvited | InvitationRevoked | MemberJoined | RoleChanged
            | MemberRemoved | WebhookMade | WebhookRemoved => Audience::Members,
            TicketOpened | TicketAnswered | TicketNoted | TicketAssigned | TicketEscalated | TicketMerged | TicketClosed => Audience::House,
            PersonSuspended | SuspensionLifted | SignInsEnded => Audience::Kept,
            SignedUp | AccountChanged | PasswordChanged | PasswordReset | EmailConfirmed | EmailChanged | AccountClosed
            | SignedOutEverywhere | MadeAdmin | ProfileChanged | NoticesChosen | SearchesChanged | TokenMade | TokenRevoked
            | SecondFactorOn | SecondFactorOff | SecondFactorReset | RecoveryCodesMade | RecoveryCodeUsed | SuspensionAppealed
            | HoursChanged | WaitEnded | ReadyAnswersChanged | MessageReported | AbuseReported | ReportSettled | FileMade
            | ProjectsImported => Audience::Person,
        }
    }
}
