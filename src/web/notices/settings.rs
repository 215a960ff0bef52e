//! Which notices a person wants.

use actix_web::web::Data;
use askama::Template;

use crate::db::{Database, mails, notices};
use crate::domain::field_errors::FieldErrors;
use crate::domain::mail::{CHOSEN, DigestPace, MailChoice, MailKind};
use crate::domain::notice::{Concern, NoticeKind};
use crate::operations::notices::choose_notices;
use crate::web::context::SignedIn;
use crate::web::form::Fields;
use crate::web::respond::{self, Answer};
use crate::web::server::Secrets;
use crate::web::shell::Shell;

#[derive(Template)]
#[template(path = "notices/settings.html")]
struct Page {
    shell: Shell,
    errors: FieldErrors,
    off: Vec<NoticeKind>,
    letters: MailChoice,
}

/// Shows the choice.
pub async fn page(by: SignedIn, database: Database) -> Answer {
    let user = by.id();
    let (off, letters) = database.run(move |conn| Ok((notices::switched_off(conn, user)?, mails::choice(conn, user)?))).await?;
    respond::page(&Page { shell: by.shell(), errors: FieldErrors::new(), off, letters })
}

/// Keeps it: a kind that is not ticked is switched off. Letters are chosen by the form that asks about them alone.
pub async fn submit(by: SignedIn, database: Database, fields: Fields, secrets: Data<Secrets>) -> Answer {
    let on = fields.all("kind");
    // what the form does not show stays on, for the day on which they keep the house
    let is_shown = |kind: NoticeKind| by.person.is_admin || kind.concerns() != Concern::House;
    let off: Vec<_> = NoticeKind::ALL.iter().copied().filter(|kind| is_shown(*kind) && !on.contains(&kind.as_str())).collect();
    let letters = DigestPace::parse(fields.get("digest")).map(|digest| {
        let on = fields.all("letter");
        MailChoice { off: CHOSEN.iter().copied().filter(|kind| !on.contains(&kind.as_str())).collect(), digest }
    });
    let user = by.id();
    database.change(move |conn| choose_notices(conn, user, &off, letters.as_ref())).await?;
    respond::see_other_saying(&secrets, "/notices/settings", "good", "Your choice was saved. It holds from the next event on.")
}

impl Page {
    /// The groups of the form: field name, heading, and the kinds that can be chosen.
    fn groups(&self) -> Vec<(&'static str, &'static str, Vec<NoticeKind>)> {
        let of = |concern| NoticeKind::ALL.iter().copied().filter(|kind| kind.concerns() == concern && !kind.always_comes()).collect();
        let is_admin = self.shell.person.as_ref().is_some_and(|person| person.is_admin);
        let groups = [
            ("members", "As a member of a client", of(Concern::Members)),
            ("bidders", "As a freelancer", of(Concern::Bidders)),
            ("both", "As either", of(Concern::Both)),
            ("house", "As an admin", of(Concern::House)),
        ];
        groups.into_iter().filter(|(name, ..)| is_admin || *name != "house").collect()
    }

    /// Kinds of letters, each with its words.
    fn kinds(&self) -> [(MailKind, &'static str); 3] {
        [
            (MailKind::Awarded, "My proposal is accepted"),
            (MailKind::NotSelected, "My proposal is not selected"),
            (MailKind::Invited, "A client invites me to a project"),
        ]
    }

    fn is_on(&self, kind: &NoticeKind) -> bool {
        !self.off.contains(kind)
    }

    /// A kind in words, after “Tell me when”.
    fn label(&self, kind: &NoticeKind) -> &'static str {
        match kind {
            NoticeKind::NewProposal => "A proposal is sent",
            NoticeKind::ProposalChanged => "A proposal is changed",
            NoticeKind::ProposalConfirmed => "A proposal is confirmed after a project changed",
            NoticeKind::ProposalWithdrawn => "A proposal is withdrawn",
            NoticeKind::Decided => "A colleague accepts a proposal",
            NoticeKind::ProjectCancelled => "A project is cancelled",
            NoticeKind::FileReady => "A file that I asked for is ready",
            NoticeKind::WeekSubmitted => "A freelancer sent a week’s hours",
            NoticeKind::WeekQueried => "A client gave a week of mine back with a question",
            NoticeKind::WeekApproved => "A client approved a week of mine",
            NoticeKind::TimerStopped => "A timer that I had forgotten was stopped",
            NoticeKind::ImportDone => "Projects that I brought as a file have been dealt with",
            NoticeKind::DeadlineNear => "Proposals close soon for a project that I decide on, am invited to or have begun to answer",
            NoticeKind::ClosingAhead => "A project will be closed because nobody decides",
            NoticeKind::BidsOpened => "Sealed bids are opened, mine or those of a client I belong to",
            NoticeKind::ProjectChanged => "A project changes after I sent a proposal",
            NoticeKind::NewQuestion => "Somebody asks about a project",
            NoticeKind::QuestionAnswered => "A question is answered that I asked, or on a project that I offered for",
            NoticeKind::Invited => "A client invites me to a project",
            NoticeKind::Shortlisted => "My proposal is put on the short list",
            NoticeKind::NewMessage => "Somebody writes to me, or to a client that I decide for",
            NoticeKind::ContractMoved => "The other side pauses, resumes, completes or ends a contract",
            NoticeKind::Reviewed => "The other side reviews the work after a contract, or reviews are shown",
            NoticeKind::TermsMoved => "Other terms are proposed for a contract, or answered",
            NoticeKind::WorkDelivered => "A freelancer submits a milestone, takes it back or gives it up",
            NoticeKind::WorkJudged => "What I submitted is approved, or changes are asked for",
            NoticeKind::ProjectReopened => "A project that I offered for takes proposals again",
            NoticeKind::InvoiceIssued => "A freelancer sends an invoice",
            NoticeKind::InvoicePaid => "My invoice is marked paid",
            NoticeKind::InvoiceVoided => "An invoice is taken back",
            NoticeKind::TicketOpened => "Somebody asks the house something",
            NoticeKind::TicketAnswered => "Somebody answers on a ticket of mine",
            NoticeKind::TicketAssigned => "A colleague gives me a ticket",
            NoticeKind::TicketEscalated => "A ticket is passed on to the next level",
            NoticeKind::Awarded => "My proposal is accepted",
            NoticeKind::NotSelected => "My proposal is not selected",
            NoticeKind::MemberJoined => "Somebody joins an organisation that I own",
            NoticeKind::RoleChanged => "My role changes",
            NoticeKind::MemberRemoved => "Somebody leaves or is removed",
        }
    }
}
