//! Letting somebody in who showed who they are, or telling them why not.

use actix_session::Session;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use askama::Template;

use super::next::Next;
use super::proof::Prover;
use super::suspended;
use crate::domain::ids::UserId;
use crate::domain::user::{SignIn, User};
use crate::web::drafts::carried::Carried;
use crate::web::letters::Letterhead;
use crate::web::respond::{self, Answer};
use crate::web::server::Secrets;
use crate::web::session;
use crate::web::shell::Shell;

/// Signed in, but what was typed cannot be this person's draft.
#[derive(Template)]
#[template(path = "drafts/not_kept.html")]
struct NotKept {
    shell: Shell,
    typed: Vec<(&'static str, String)>,
}

/// What it takes.
pub struct Door {
    pub prover: Prover,
    pub session: Session,
    pub secrets: Data<Secrets>,
    pub head: Data<Letterhead>,
}

/// Where whoever signs in wants to go, and what they had typed when their session ended.
pub struct Goal {
    pub next: Next,
    pub carried: Option<Carried>,
}

impl Door {
    /// Makes the session and leads on; whoever is kept out is told why.
    pub async fn let_in(&self, shell: Shell, account: User, proof: SignIn, goal: Goal) -> Answer {
        if account.suspended_at.is_some() {
            return suspended::told(shell, &self.prover.database, self.head.secret(), account).await;
        }
        session::sign_in(&self.session, proof, self.prover.device().clone())?;
        match goal.carried {
            None => respond::see_other(goal.next.as_str()),
            Some(carried) => self.kept(shell, account.id, carried).await,
        }
    }

    /// Makes what was typed the draft of whoever signed in, and leads them to its form.
    async fn kept(&self, shell: Shell, user: UserId, carried: Carried) -> Answer {
        let (form, typed) = (carried.form, carried.readable());
        match carried.keep(&self.prover.database, user).await? {
            Ok(()) => {
                let said = "You are signed in again, and what you typed is in the form. It is not sent yet.";
                respond::see_other_saying(&self.secrets, &form.address(), "good", said)
            }
            Err(_) => respond::page_with(StatusCode::CONFLICT, &NotKept { shell, typed }),
        }
    }
}
