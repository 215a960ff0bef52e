//! Asking for a file that is made in the background: a long list, or all that is kept about the person.

use actix_web::web::Data;

use super::asked::Asked;
use super::file::not_shown;
use crate::db::Database;
use crate::domain::export::{ExportRefused, MOST_KEPT};
use crate::domain::request::RequestKey;
use crate::exports::Wanted;
use crate::operations::exports::ask_export;
use crate::web::context::SignedIn;
use crate::web::error::PageError;
use crate::web::form::{Fields, new_key};
use crate::web::respond::{self, Answer};
use crate::web::server::Secrets;

/// Asks for a list's file.
pub async fn list(by: SignedIn, asked: Asked, database: Database, secrets: Data<Secrets>, sent: Fields) -> Answer {
    // who may not read it is told now, not by a job that comes to nothing
    let (list, reader) = (asked.list.clone(), asked.visitor.id());
    let read = database.run(move |conn| list.read(conn, reader, None).map(drop)).await;
    PageError::unless_refused(read)?.map_err(|why| not_shown(&why, &asked.list))?;
    ask(by, Wanted::List { list: asked.list, format: asked.format }, database, &secrets, &sent).await
}

/// Asks for everything.
pub async fn everything(by: SignedIn, database: Database, secrets: Data<Secrets>, sent: Fields) -> Answer {
    ask(by, Wanted::Everything, database, &secrets, &sent).await
}

async fn ask(by: SignedIn, wanted: Wanted, database: Database, secrets: &Secrets, sent: &Fields) -> Answer {
    let key = RequestKey::parse(sent.get("key")).map_or_else(new_key, |key| key.as_str().to_owned());
    let (user, name) = (by.id(), wanted.name());
    let wanted = serde_json::to_value(&wanted).map_err(|error| PageError::Broken(error.to_string()))?;
    let done = database.change(move |conn| ask_export(conn, user, &key, &wanted, &name)).await;
    match PageError::unless_refused(done)? {
        Ok(id) => {
            respond::see_other_saying(secrets, &format!("/exports/{id}"), "good", "Your file is being made. You can leave this page.")
        }
        Err(ExportRefused::TooMany) => Err(PageError::Conflict(format!(
            "At most {MOST_KEPT} of your files are kept at a time, for a week each. No further one was asked for: one goes soon."
        ))),
    }
}
