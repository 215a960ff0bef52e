//! What a notice says, worded from what is true now and from what its reader may read.

use super::contracts;
use crate::db::notices::Row;
use crate::domain::membership::Role;
use crate::domain::notice::NoticeKind;

/// A notice in words, and where it leads.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said {
    /// Whole sentences.
    pub text: String,
    /// Address and words of the link; nothing where there is nothing (any more) to be seen.
    pub link: Option<(String, &'static str)>,
}

pub(super) fn say(text: impl Into<String>) -> Said {
    Said { text: text.into(), link: None }
}

impl Said {
    pub(super) fn link(mut self, href: impl Into<String>, label: &'static str) -> Self {
        self.link = Some((href.into(), label));
        self
    }

    fn proposal(self, row: &Row) -> Self {
        match row.proposal {
            Some(id) => self.link(format!("/proposals/{id}"), "See the proposal"),
            None => self,
        }
    }

    fn project(self, row: &Row) -> Self {
        match row.project {
            Some(id) => self.link(format!("/projects/{id}"), "See the project"),
            None => self,
        }
    }

    fn questions(self, row: &Row) -> Self {
        match row.project {
            Some(id) => self.link(format!("/projects/{id}/questions"), "See the questions"),
            None => self,
        }
    }

    pub(super) fn contract(self, row: &Row) -> Self {
        match row.contract {
            Some(id) => self.link(format!("/contracts/{id}"), "See the contract"),
            None => self,
        }
    }

    fn time(self, row: &Row) -> Self {
        match row.contract {
            Some(id) => self.link(format!("/contracts/{id}/time"), "See the hours"),
            None => self,
        }
    }

    fn invoice(self, row: &Row) -> Self {
        match row.invoice {
            Some(id) => self.link(format!("/invoices/{id}"), "See the invoice"),
            None => self,
        }
    }

    fn messages(self, row: &Row) -> Self {
        match (row.contract, row.proposal) {
            (Some(id), _) => self.link(format!("/contracts/{id}/messages"), "Read the message"),
            (None, Some(id)) => self.link(format!("/proposals/{id}/messages"), "Read the message"),
            (None, None) => self,
        }
    }

    fn organisation(self, row: &Row) -> Self {
        match row.organisation {
            Some(id) => self.link(format!("/organisations/{id}"), "See the members"),
            None => self,
        }
    }
}

/// The words of a notice.
pub fn said(row: &Row) -> Said {
    match NoticeKind::parse(&row.kind) {
        None => say("Something happened that this page has no words for."),
        Some(_) => told(row)
            .unwrap_or_else(|| say("Something happened that you can no longer read about: you left, or an invitation was taken back.")),
    }
}

/// The words of a notice that its reader may (still) read.
pub fn told(row: &Row) -> Option<Said> {
    let kind = NoticeKind::parse(&row.kind)?;
    row.is_readable(kind).then(|| readable(kind, row))
}

fn readable(kind: NoticeKind, row: &Row) -> Said {
    let (client, who) = (name(row.client.as_ref(), "The client"), name(row.actor.as_ref(), "The house"));
    let title = row.title.as_ref().map_or_else(|| "a project".to_owned(), |title| format!("“{title}”"));
    match kind {
        NoticeKind::NewProposal => proposal(row, &title, "sent a proposal for", "A sealed proposal was sent for"),
        NoticeKind::ProposalChanged => proposal(row, &title, "changed a proposal for", "A sealed proposal was changed for"),
        NoticeKind::ProposalConfirmed => proposal(row, &title, "confirmed a proposal for", "A sealed proposal was confirmed for"),
        NoticeKind::ProposalWithdrawn => proposal(row, &title, "withdrew a proposal for", "A sealed proposal was withdrawn from"),
        NoticeKind::Decided => say(format!("{who} accepted {} for {title}.", name(row.author.as_ref(), "a proposal"))).contract(row),
        NoticeKind::FileReady => {
            let said = say("A file that you asked for is ready. It is kept for a few days.");
            row.export.map_or(said.clone(), |id| said.link(format!("/exports/{id}"), "See the file"))
        }
        NoticeKind::ImportDone => {
            let said = say("Every row of the projects that you brought has been dealt with.");
            row.import.map_or(said.clone(), |id| said.link(format!("/imports/{id}"), "See what became of them"))
        }
        NoticeKind::DeadlineNear => say(format!("Proposals for {title} close soon.")).project(row),
        NoticeKind::ClosingAhead => say(format!(
            "{title} will be closed: its deadline has long passed, and nobody has decided. Accept a proposal or move the deadline."
        ))
        .project(row),
        NoticeKind::ProjectCancelled if row.is_own && row.actor.is_none() => {
            say(with_reason(format!("The house cancelled {title}."), row.cancel_reason.as_ref())).proposal(row)
        }
        NoticeKind::ProjectCancelled if row.is_own => {
            say(with_reason(format!("{client} cancelled {title}."), row.cancel_reason.as_ref())).proposal(row)
        }
        NoticeKind::ProjectCancelled => say(with_reason(format!("{who} cancelled {title}."), row.cancel_reason.as_ref())).project(row),
        NoticeKind::BidsOpened if row.is_own => say(format!("{client} opened the sealed bids on {title}, yours too.")).proposal(row),
        NoticeKind::BidsOpened => say(format!("{who} opened the sealed bids on {title}.")).project(row),
        NoticeKind::ProjectChanged => say(format!("{client} changed {title} after you sent your proposal.")).proposal(row),
        NoticeKind::NewQuestion => say(format!("Somebody asked a question about {title}.")).questions(row),
        NoticeKind::QuestionAnswered => say(format!("{client} answered a question about {title}.")).questions(row),
        NoticeKind::Invited => say(format!("{client} invites you to send a proposal for {title}.")).project(row),
        NoticeKind::Shortlisted => say(format!("{client} put your proposal for {title} on its short list.")).proposal(row),
        NoticeKind::NewMessage if row.is_own => say(format!("{client} wrote to you about {title}.")).messages(row),
        NoticeKind::NewMessage => say(format!("{who} wrote to {client} about {title}.")).messages(row),
        NoticeKind::ContractMoved | NoticeKind::Reviewed | NoticeKind::TermsMoved | NoticeKind::WorkDelivered | NoticeKind::WorkJudged => {
            contracts::said(row, &title)
        }
        NoticeKind::ProjectReopened => {
            say(format!("{client} takes proposals for {title} again. You may send yours once more.")).proposal(row)
        }
        NoticeKind::WeekSubmitted => say(format!("{who} sent a week’s hours on {title}.")).time(row),
        NoticeKind::WeekQueried => say(format!("{who} gave a week’s hours on {title} back with a question.")).time(row),
        NoticeKind::WeekApproved => say(format!("{who} approved a week’s hours on {title}.")).time(row),
        NoticeKind::TimerStopped => {
            say(format!("Your timer on {title} had run for twelve hours: it was stopped. Look whether that is right.")).time(row)
        }
        NoticeKind::InvoiceIssued => say(format!("{who} sent {client} an invoice for {title}.")).invoice(row),
        NoticeKind::InvoicePaid => say(format!("{client} marked your invoice for {title} paid.")).invoice(row),
        NoticeKind::InvoiceVoided => say(format!("{who} took an invoice for {title} back.")).invoice(row),
        NoticeKind::TicketOpened | NoticeKind::TicketAnswered | NoticeKind::TicketAssigned | NoticeKind::TicketEscalated => {
            ticket(kind, row, who, &title)
        }
        NoticeKind::Awarded => say(format!("{client} accepted your proposal for {title}.")).contract(row),
        NoticeKind::NotSelected => {
            say(with_reason(format!("{client} chose another proposal for {title}."), row.decline_reason.as_ref())).proposal(row)
        }
        NoticeKind::MemberJoined => say(format!("{who} joined {client} as {}.", role(row))).organisation(row),
        NoticeKind::RoleChanged if row.is_member => say(format!("{who} made you {} of {client}.", role(row))).organisation(row),
        NoticeKind::RoleChanged => say(format!("{who} gave you another role at {client}.")),
        NoticeKind::MemberRemoved if row.is_about_reader() => say(format!("{who} removed you from {client}.")),
        NoticeKind::MemberRemoved if row.is_about_actor() => say(format!("{who} left {client}.")).organisation(row),
        NoticeKind::MemberRemoved => {
            say(format!("{who} removed {} from {client}.", name(row.subject.as_ref(), "somebody"))).organisation(row)
        }
    }
}

/// Of a ticket: for whoever asked, and for who keeps the house.
fn ticket(kind: NoticeKind, row: &Row, who: &str, title: &str) -> Said {
    let said = match kind {
        NoticeKind::TicketOpened => format!("{who} asks the house: {title}."),
        NoticeKind::TicketAssigned => format!("{who} gave you the ticket {title}."),
        NoticeKind::TicketEscalated if row.actor.is_none() => {
            format!("Nobody answered {title} in time: it was passed on to the next level.")
        }
        NoticeKind::TicketEscalated => format!("{who} passed {title} on to the next level."),
        _ => format!("{who} answered on the ticket {title}."),
    };
    row.ticket.map_or_else(|| say(said.clone()), |id| say(said.clone()).link(format!("/tickets/{id}"), "See the ticket"))
}

/// For who decides; while bids are sealed, that there is one and no more.
fn proposal(row: &Row, title: &str, did: &str, sealed: &str) -> Said {
    match (&row.author, row.project) {
        (Some(author), _) => say(format!("{author} {did} {title}.")).proposal(row),
        (None, Some(id)) => say(format!("{sealed} {title}.")).link(format!("/projects/{id}/proposals"), "See how many there are"),
        (None, None) => say(format!("{sealed} {title}.")),
    }
}

fn with_reason(text: String, reason: Option<&String>) -> String {
    match reason {
        Some(reason) => format!("{text} Reason: {reason}"),
        None => text,
    }
}

fn name<'r>(name: Option<&'r String>, otherwise: &'r str) -> &'r str {
    name.map_or(otherwise, String::as_str)
}

/// The role after the event.
fn role(row: &Row) -> String {
    row.to_state.as_deref().and_then(Role::parse).map_or_else(|| "a member".to_owned(), |role| role.label().to_lowercase())
}
