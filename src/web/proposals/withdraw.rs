//! Taking one's own proposal back: a page that asks, and the deed.

use actix_web::web::Data;
use askama::Template;

use super::standing::{self, Reader, Standing};
use crate::db::{Database, Failure};
use crate::domain::ids::ProposalId;
use crate::domain::proposal::{ProposalStatus, WithdrawRefused};
use crate::domain::refusal::Refusal;
use crate::operations::proposals::withdraw_proposal;
use crate::web::context::{Id, SignedIn};
use crate::web::error::{PageError, status_of};
use crate::web::respond::{self, Answer};
use crate::web::server::Secrets;
use crate::web::shell::Shell;
use crate::web::shown::{self, Moment};

#[derive(Template)]
#[template(path = "proposals/withdraw.html")]
struct Page {
    shell: Shell,
    standing: Standing,
}

/// Decided first: there is nothing to withdraw.
#[derive(Template)]
#[template(path = "proposals/not_withdrawn.html")]
struct TooLate {
    shell: Shell,
    standing: Standing,
}

/// Asks first.
pub async fn page(signed_in: SignedIn, id: Id<ProposalId>, database: Database) -> Answer {
    let user = signed_in.id();
    let standing = database.run(move |conn| Ok(standing::read(conn, id.0, user)?)).await?.ok_or(PageError::NotFound)?;
    if standing.reader(&signed_in.person) != Some(Reader::Author) {
        return Err(PageError::NotFound);
    }
    match standing.project.may_withdraw(user, &standing.named.proposal) {
        Ok(()) => respond::page(&Page { shell: signed_in.shell(), standing }),
        Err(_) => respond::see_other(&format!("/proposals/{}", id.0)),
    }
}

/// Withdraws the proposal.
pub async fn submit(signed_in: SignedIn, id: Id<ProposalId>, database: Database, secrets: Data<Secrets>) -> Answer {
    let (user, id) = (signed_in.id(), id.0);
    let refused = database
        .change(move |conn| match withdraw_proposal(conn, user, id) {
            Ok(()) => Ok(None),
            Err(Failure::Refused(why)) => Ok(Some((why, standing::read(conn, id, user)?))),
            Err(Failure::Broken(fault)) => Err(fault.into()),
        })
        .await?;
    match refused {
        // the second click of two finds what the first has done
        None | Some((WithdrawRefused::ProposalIs(ProposalStatus::Withdrawn), _)) => respond::see_other_saying(
            &secrets,
            &format!("/proposals/{id}"),
            "good",
            &format!("{} is withdrawn. You can send it again while the project takes proposals.", id.reference()),
        ),
        Some((WithdrawRefused::Missing, _) | (_, None)) => Err(PageError::NotFound),
        Some((why, Some(standing))) => respond::page_with(status_of(why.kind()), &TooLate { shell: signed_in.shell(), standing }),
    }
}

impl Page {
    fn closes(&self) -> Moment {
        shown::time(&self.shell.clock, self.standing.project.deadline)
    }

    fn can_return(&self) -> bool {
        self.standing.project.takes_proposals(self.standing.at)
    }
}

impl TooLate {
    fn title(&self) -> &'static str {
        match self.standing.named.proposal.status {
            ProposalStatus::Accepted => "Your proposal was accepted first",
            ProposalStatus::Revoked => "This proposal was revoked",
            _ => "The project was decided first",
        }
    }

    fn decided(&self) -> Option<(Moment, String)> {
        let decision = self.standing.decision.as_ref()?;
        let at = shown::second(&self.shell.clock, decision.at, self.standing.at);
        Some((at, shown::span(self.standing.at - decision.at)))
    }
}
