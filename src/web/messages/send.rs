//! Sending a message.

use actix_web::http::StatusCode;

use super::thread::{self, Typed};
use crate::db::Database;
use crate::domain::draft::Form;
use crate::domain::field_errors::FieldErrors;
use crate::domain::message::{About, WriteRefused};
use crate::domain::project::ProjectStatus;
use crate::domain::request::Request;
use crate::domain::words::MessageWords;
use crate::operations::messages::{NewMessage, write_message};
use crate::web::context::SignedIn;
use crate::web::drafts::{let_go, stamp};
use crate::web::error::PageError;
use crate::web::files::sent::Sent;
use crate::web::projects::conflict;
use crate::web::respond::{self, Answer};
use crate::web::server::Secrets;
use crate::web::shell::Shell;

/// Sends what was typed; a second click finds the message of the first.
pub(super) async fn send(by: SignedIn, about: About, database: &Database, secrets: &Secrets, form: &Sent) -> Answer {
    let (user, sent, (files, mut errors)) = (by.id(), &form.fields, form.files());
    let typed = Typed { words: sent.get("message").to_owned(), files: files.clone() };
    let words = errors.take("message", MessageWords::parse(&typed.words));
    let what = match errors.or(words) {
        Ok(words) => NewMessage { words, files },
        Err(errors) => return thread::again(by, about, database, errors, typed).await,
    };
    let address = about.address();
    let once = sent.key().map(|key| Request::new(key, "write_message", &[&address, what.words.as_str()]));
    let page = stamp(sent).page;
    let done = database.change(move |conn| {
        let wrote = write_message(conn, user, about, &what, once.as_ref())?;
        let_go(conn, user, Form::Messages(about), page.as_ref());
        Ok(wrote)
    });
    match PageError::unless_refused(done.await)? {
        Ok(wrote) => {
            // The line stays where the person who wrote had stopped reading.
            let seen = sent.version("seen").unwrap_or(wrote.number);
            respond::see_other_saying(secrets, &format!("{address}?seen={seen}#m-{}", wrote.number), "good", "Your message was sent.")
        }
        Err(WriteRefused::Missing) => Err(PageError::NotFound),
        Err(WriteRefused::NotAllowed) => {
            Err(PageError::NotAllowed("Owners and managers write for the client; you can read along.".to_owned()))
        }
        Err(WriteRefused::NotBegun) => {
            Err(PageError::NotAllowed("The client writes first. When it has, you can answer until the project is decided.".to_owned()))
        }
        Err(WriteRefused::KeyReused) => {
            let wrong = "This form was sent before with other words: look for them above, and send these again".to_owned();
            thread::again(by, about, database, about_one("message", wrong), typed).await
        }
        Err(WriteRefused::FileGone) => {
            let wrong = "A file that you had added is not kept any more: add it again".to_owned();
            thread::again(by, about, database, about_one("files", wrong), typed).await
        }
        Err(WriteRefused::ProjectIs(ProjectStatus::Cancelled)) => {
            too_late(by.shell(), about, "The project was cancelled before that", typed.words)
        }
        Err(WriteRefused::ProjectIs(_)) => too_late(by.shell(), about, "The project was decided before that", typed.words),
        Err(WriteRefused::ProposalIs(_)) => too_late(by.shell(), about, "The proposal was withdrawn before that", typed.words),
    }
}

fn about_one(field: &str, wrong: String) -> FieldErrors {
    let mut errors = FieldErrors::new();
    errors.add(field, wrong);
    errors
}

fn too_late(shell: Shell, about: About, title: &str, typed: String) -> Answer {
    let links = vec![(about.address(), "Read what was written".to_owned()), ("/messages".to_owned(), "All your messages".to_owned())];
    let page = conflict::Page {
        shell,
        title: title.to_owned(),
        undone: "Your message was not sent, and nobody was told.",
        happened: None,
        means: "What was written about the proposal stays readable for both sides, and takes no new messages.".to_owned(),
        kept: vec![("Your message", typed)],
        links,
    };
    respond::page_with(StatusCode::CONFLICT, &page)
}
