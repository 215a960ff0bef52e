//! Telling the house about a message.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use askama::Template;

use crate::db::{Database, messages};
use crate::domain::field_errors::FieldErrors;
use crate::domain::ids::MessageId;
use crate::domain::message::{About, ReportRefused};
use crate::domain::words::Reason;
use crate::operations::messages::report_message;
use crate::web::context::{Id, SignedIn};
use crate::web::error::PageError;
use crate::web::form::Fields;
use crate::web::markdown::{self, SafeHtml};
use crate::web::respond::{self, Answer};
use crate::web::server::Secrets;
use crate::web::shell::Shell;

const OWN: &str = "This message is yours. Somebody else who can read it can report it.";

#[derive(Template)]
#[template(path = "messages/report.html")]
struct Page {
    shell: Shell,
    id: MessageId,
    author: String,
    message: SafeHtml,
    back: String,
    errors: FieldErrors,
    typed: String,
}

/// Asks why.
pub async fn page(by: SignedIn, id: Id<MessageId>, database: Database) -> Answer {
    respond::page(&Page::read(by, id.0, &database, FieldErrors::new(), String::new()).await?)
}

/// Tells. A second time changes nothing.
pub async fn submit(by: SignedIn, id: Id<MessageId>, database: Database, secrets: Data<Secrets>, sent: Fields) -> Answer {
    let (user, id, typed) = (by.id(), id.0, sent.get("reason").to_owned());
    let mut errors = FieldErrors::new();
    let Some(reason) = errors.take("reason", Reason::parse(&typed)) else {
        return respond::page_with(StatusCode::UNPROCESSABLE_ENTITY, &Page::read(by, id, &database, errors, typed).await?);
    };
    let done = database.change(move |conn| report_message(conn, user, id, &reason)).await;
    match PageError::unless_refused(done)? {
        Ok(()) => {
            let found = database.run(move |conn| Ok(messages::readable(conn, id, user)?)).await?;
            let (_, number, about, _) = found.ok_or(PageError::NotFound)?;
            let said = "The house was told, and nobody else. Who keeps it will read the message and what you wrote.";
            respond::see_other_saying(&secrets, &at(about, number), "good", said)
        }
        Err(ReportRefused::Missing) => Err(PageError::NotFound),
        Err(ReportRefused::Own) => Err(PageError::NotAllowed(OWN.to_owned())),
    }
}

/// Where the message stands.
fn at(about: About, number: i32) -> String {
    let first = (number - 3).max(1);
    format!("{}?from={first}#m-{number}", about.address())
}

impl Page {
    async fn read(by: SignedIn, id: MessageId, database: &Database, errors: FieldErrors, typed: String) -> Result<Self, PageError> {
        let user = by.id();
        let found = database.run(move |conn| {
            let Some((_, number, about, ground)) = messages::readable(conn, id, user)? else { return Ok(None) };
            let Some(thread) = ground.thread else { return Ok(None) };
            Ok(messages::page(conn, thread, number, user)?.into_iter().next().map(|written| (written, about)))
        });
        let (written, about) = found.await?.ok_or(PageError::NotFound)?;
        if written.author == user {
            return Err(PageError::NotAllowed(OWN.to_owned()));
        }
        let (message, back) = (markdown::render(&written.words), at(about, written.number));
        Ok(Self { shell: by.shell(), id, author: written.author_name, message, back, errors, typed })
    }
}
