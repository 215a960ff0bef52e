//! What a person was told since a page of all that concerns them was read: their dashboard, their notices.

use actix_web::web::Query;
use serde::Deserialize;

use super::banner::{self, Banner};
use crate::db::{Database, notices};
use crate::domain::notice::{NoticeKind, ShownUpTo};
use crate::web::context::SignedIn;
use crate::web::respond::Answer;

/// What the page had shown.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    shown: String,
    /// `messages` where the page shows nothing else.
    of: String,
}

/// Answers the banner's words, or nothing where there is no news.
pub async fn page(signed_in: SignedIn, database: Database, asked: Option<Query<Asked>>) -> Answer {
    let asked = asked.map(Query::into_inner).unwrap_or_default();
    let Some(shown) = ShownUpTo::parse(&asked.shown) else { return banner::answer(None) };
    let user = signed_in.id();
    let told = database.run(move |conn| Ok(notices::told_since(conn, user, &shown)?)).await?;
    let count = |wanted: &[NoticeKind]| told.iter().filter(|kind| wanted.contains(kind)).count();
    let of = WORDS.iter().filter(|(kinds, ..)| asked.of != "messages" || kinds.contains(&NoticeKind::NewMessage));
    let counted = of.map(|(kinds, one, many)| (count(kinds), *one, *many));
    let banner = banner::counted(counted).map(|text| Banner { text, href: String::new(), label: "Show" });
    banner::answer(banner)
}

/// Kinds with the words for one and for several, in the order in which they are said.
const WORDS: &[(&[NoticeKind], &str, &str)] = &[
    (&[NoticeKind::Awarded, NoticeKind::NotSelected, NoticeKind::Decided], "decision", "decisions"),
    (&[NoticeKind::NewProposal], "new proposal", "new proposals"),
    (&[NoticeKind::ProposalChanged], "changed proposal", "changed proposals"),
    (&[NoticeKind::ProposalConfirmed], "confirmed proposal", "confirmed proposals"),
    (&[NoticeKind::ProposalWithdrawn], "withdrawn proposal", "withdrawn proposals"),
    (&[NoticeKind::BidsOpened], "opening of sealed bids", "openings of sealed bids"),
    (&[NoticeKind::NewQuestion], "new question", "new questions"),
    (&[NoticeKind::QuestionAnswered], "new answer", "new answers"),
    (&[NoticeKind::NewMessage], "new message", "new messages"),
    (&[NoticeKind::WorkDelivered], "delivery", "deliveries"),
    (&[NoticeKind::WorkJudged], "answer to your work", "answers to your work"),
    (&[NoticeKind::TermsMoved], "word on a contract’s terms", "words on contracts’ terms"),
    (&[NoticeKind::ContractMoved], "changed contract", "changed contracts"),
    (&[NoticeKind::Reviewed], "word on a review", "words on reviews"),
    (&[NoticeKind::ProjectReopened], "project that is open again", "projects that are open again"),
    (&[NoticeKind::Invited], "invitation", "invitations"),
    (&[NoticeKind::Shortlisted], "place on a short list", "places on short lists"),
    (&[NoticeKind::ProjectChanged], "changed project", "changed projects"),
    (&[NoticeKind::ProjectCancelled], "cancelled project", "cancelled projects"),
    (&[NoticeKind::FileReady], "file that is ready", "files that are ready"),
    (&[NoticeKind::WeekSubmitted], "week that was sent", "weeks that were sent"),
    (&[NoticeKind::WeekQueried], "week that came back", "weeks that came back"),
    (&[NoticeKind::WeekApproved], "week that was approved", "weeks that were approved"),
    (&[NoticeKind::TimerStopped], "timer that was stopped", "timers that were stopped"),
    (&[NoticeKind::InvoiceIssued, NoticeKind::InvoicePaid, NoticeKind::InvoiceVoided], "word of an invoice", "words of invoices"),
    (
        &[NoticeKind::TicketOpened, NoticeKind::TicketAnswered, NoticeKind::TicketAssigned, NoticeKind::TicketEscalated],
        "word on a ticket",
        "words on tickets",
    ),
    (&[NoticeKind::ImportDone], "import that is done", "imports that are done"),
    (&[NoticeKind::DeadlineNear], "deadline that is near", "deadlines that are near"),
    (&[NoticeKind::ClosingAhead], "project that will be closed", "projects that will be closed"),
    (&[NoticeKind::MemberJoined, NoticeKind::RoleChanged, NoticeKind::MemberRemoved], "change among members", "changes among members"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_words() {
        for kind in NoticeKind::ALL {
            assert_eq!(WORDS.iter().filter(|(kinds, ..)| kinds.contains(kind)).count(), 1, "{kind}");
        }
    }
}
