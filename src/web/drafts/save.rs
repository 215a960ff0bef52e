//! Saving a draft: by a button, which leads back to the form, or by the page's script, which is answered in a few words.

use actix_web::http::{StatusCode, header};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use serde_json::json;

use super::pad::now;
use super::stamp;
use crate::db::Database;
use crate::domain::draft::{DraftFields, DraftRefused, Form, MOST_KEPT, Saved, Stamp};
use crate::domain::ids::UserId;
use crate::operations::drafts::save_draft;
use crate::web::context::SignedIn;
use crate::web::error::PageError;
use crate::web::files::sent::Sent;
use crate::web::form::Fields;
use crate::web::respond::{self, Answer};
use crate::web::server::Secrets;
use crate::web::shell::Shell;
use crate::web::shown;

/// Keeps what stands in the form that the address names.
pub async fn submit(by: SignedIn, request: HttpRequest, database: Database, secrets: Data<Secrets>, sent: Sent) -> Answer {
    let (left_out, sent) = (sent.files().1, sent.fields);
    let form = Form::at(Fields::parse(request.query_string().as_bytes()).get("form")).ok_or(PageError::NotFound)?;
    let done = keep(&database, by.id(), form, DraftFields::gather(form, sent.iter()), stamp(&sent)).await?;
    if let Err(DraftRefused::Missing) = done {
        return Err(PageError::NotFound);
    }
    let said = said(&by.shell(), done);
    if is_script(&request) {
        let status = if done.is_ok() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        return Ok(HttpResponse::build(status).json(json!({ "said": said })));
    }
    match done {
        Ok(Some(Saved::Kept(_))) => {
            if let Some(wrong) = left_out.on("files") {
                return respond::see_other_saying(&secrets, &form.address(), "heed", &format!("{said}, but for its files: {wrong}."));
            }
            let said = format!("{said}. Go on when you like: it is in this form, and in the list of your drafts.");
            respond::see_other_saying(&secrets, &form.address(), "good", &said)
        }
        Ok(None) => respond::see_other_saying(&secrets, &form.address(), "heed", "There was nothing to save: the form is empty."),
        Ok(Some(Saved::Outdated)) | Err(_) => Err(PageError::Conflict(format!("{said}."))),
    }
}

/// Keeps what was gathered from a form; nothing is answered where there was nothing to keep.
///
/// # Errors
/// Whatever broke.
pub(super) async fn keep(
    database: &Database,
    by: UserId,
    form: Form,
    fields: Result<DraftFields, DraftRefused>,
    stamp: Stamp,
) -> Result<Result<Option<Saved>, DraftRefused>, PageError> {
    match fields {
        Ok(fields) => PageError::unless_refused(database.change(move |conn| save_draft(conn, by, form, &fields, &stamp)).await),
        Err(why) => Ok(Err(why)),
    }
}

/// A few words without a full stop; nothing where there was nothing to save.
fn said(shell: &Shell, done: Result<Option<Saved>, DraftRefused>) -> String {
    match done {
        Ok(Some(Saved::Kept(_))) => format!("Draft saved {}", shown::hour(&shell.clock, now()).words),
        Ok(Some(Saved::Outdated)) => "Not saved: something newer was saved or sent from another window".to_owned(),
        Ok(None) => String::new(),
        Err(DraftRefused::TooLong) => "Not saved: this is too long to be kept as a draft".to_owned(),
        Err(DraftRefused::TooMany | DraftRefused::Missing) => {
            format!("Not saved: you have {MOST_KEPT} drafts, and no more are kept. Send or discard one of them")
        }
    }
}

fn is_script(request: &HttpRequest) -> bool {
    request.headers().get(header::ACCEPT).is_some_and(|accept| accept.as_bytes() == b"application/json")
}
