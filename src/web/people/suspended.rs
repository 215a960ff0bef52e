//! For somebody whom the house keeps out: told after the right password, with the reason, and where they can appeal. The form
//! carries a sign that only this site can make, so that it works for whoever knew the password, and for nobody else.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use askama::Template;
use chrono::{DateTime, Utc};

use crate::db::suspensions::{self, Written};
use crate::db::{Database, users};
use crate::domain::chain::words_hash;
use crate::domain::field_errors::FieldErrors;
use crate::domain::ids::{TicketId, UserId};
use crate::domain::user::{AppealRefused, LinkSecret, User};
use crate::domain::words::{TicketTitle, TicketWords};
use crate::operations::people::appeal_suspension;
use crate::operations::tickets::{Answer as More, answer_ticket};
use crate::web::context::Visitor;
use crate::web::error::PageError;
use crate::web::form::Fields;
use crate::web::letters::Letterhead;
use crate::web::markdown::{self, SafeHtml};
use crate::web::respond::{self, Answer};
use crate::web::server::Secrets;
use crate::web::shell::Shell;
use crate::web::shown::{self, Moment};

#[derive(Template)]
#[template(path = "people/suspended.html")]
struct Page {
    shell: Shell,
    errors: FieldErrors,
    since: Moment,
    reason: String,
    appeal: Option<TicketId>,
    written: Vec<Written>,
    typed: String,
    user: UserId,
    sign: String,
}

/// Tells them, by their account as it was read when their password was found right.
pub async fn told(shell: Shell, database: &Database, secret: &LinkSecret, account: User) -> Answer {
    shown(shell, database, secret, account, StatusCode::FORBIDDEN, FieldErrors::new(), String::new()).await
}

async fn shown(
    shell: Shell,
    database: &Database,
    secret: &LinkSecret,
    account: User,
    status: StatusCode,
    errors: FieldErrors,
    typed: String,
) -> Answer {
    let since = account.suspended_at.ok_or(PageError::NotFound)?;
    let (user, appeal) = (account.id, account.appeal_id);
    let written = match appeal {
        Some(ticket) => database.run(move |conn| Ok(suspensions::appeal(conn, ticket, user)?)).await?,
        None => Vec::new(),
    };
    let page = Page {
        since: shown::exact(&shell.clock, since),
        shell,
        errors,
        reason: account.suspended_for.unwrap_or_default(),
        appeal,
        written,
        typed,
        user,
        sign: sign(secret, user, since),
    };
    respond::page_with(status, &page)
}

/// Takes the appeal, or more words on it.
pub async fn submit(visitor: Visitor, database: Database, head: Data<Letterhead>, secrets: Data<Secrets>, sent: Fields) -> Answer {
    let user: UserId = sent.get("person").parse().map_err(|_| PageError::NotFound)?;
    let account = database.run(move |conn| Ok(users::find(conn, user)?)).await?.ok_or(PageError::NotFound)?;
    // whoever was let in meanwhile has no use for it, and nobody else is told that
    let since = account.suspended_at.ok_or(PageError::NotFound)?;
    // Not compared letter by letter: how long that takes would tell how much of a guess is right.
    if words_hash(&[], &[sent.get("sign")]) != words_hash(&[], &[&sign(head.secret(), user, since)]) {
        return Err(PageError::NotFound);
    }
    let mut errors = FieldErrors::new();
    let Some(words) = errors.take("words", TicketWords::parse(sent.get("words"))) else {
        let typed = sent.get("words").to_owned();
        return shown(visitor.shell(), &database, head.secret(), account, StatusCode::UNPROCESSABLE_ENTITY, errors, typed).await;
    };
    let asked = match account.appeal_id {
        Some(ticket) => Err(AppealRefused::Asked(ticket)),
        None => {
            let title = TicketTitle::parse("Appeal against a suspension").map_err(|wrong| PageError::Broken(wrong.to_string()))?;
            let first = words.clone();
            let done = database.change(move |conn| appeal_suspension(conn, user, since, &title, &first)).await;
            PageError::unless_refused(done)?
        }
    };
    let ticket = match asked {
        Ok(ticket) => ticket,
        Err(AppealRefused::Asked(ticket)) => {
            let more = More { words, next: None, seen: None };
            let done = database.change(move |conn| answer_ticket(conn, user, ticket, &more)).await;
            PageError::unless_refused(done)?
                .map_err(|why| PageError::refused(&why, "The house has closed this appeal: nothing was sent."))?;
            ticket
        }
        Err(why) => return Err(PageError::refused(&why, "You are not kept out for this any more. Try to sign in.")),
    };
    let said = format!("The house has your appeal, {}. Sign in here again to read what it answers.", ticket.reference());
    respond::see_other_saying(&secrets, "/sign-in", "good", &said)
}

/// What only this site can make for one person and one suspension.
fn sign(secret: &LinkSecret, user: UserId, since: DateTime<Utc>) -> String {
    secret.sign(&["appeal", &user.to_string(), &since.timestamp_micros().to_string()])
}

impl Page {
    fn html(&self, written: &Written) -> SafeHtml {
        markdown::render(&written.words)
    }

    fn at(&self, written: &Written) -> Moment {
        shown::time(&self.shell.clock, written.at)
    }
}
