//! A file that was asked for: how far it has come, and then the file itself.

use actix_web::HttpResponse;
use actix_web::http::header::{CONTENT_LENGTH, ContentDisposition, DispositionParam, DispositionType};
use actix_web::web::Bytes;
use askama::Template;
use chrono::TimeDelta;
use futures_util::stream;

use crate::db::exports::{self, Export};
use crate::db::{Database, Failure};
use crate::domain::export::KEPT_DAYS;
use crate::domain::ids::{ExportId, UserId};
use crate::exports::Wanted;
use crate::web::context::{Id, SignedIn};
use crate::web::error::PageError;
use crate::web::respond::{self, Answer};
use crate::web::shell::Shell;
use crate::web::shown::{self, Moment};

#[derive(Template)]
#[template(path = "exports/show.html")]
struct Page {
    shell: Shell,
    export: Export,
}

async fn read(database: &Database, id: ExportId, user: UserId) -> Result<Export, PageError> {
    database.run(move |conn| Ok(exports::find_for(conn, id, user)?)).await?.ok_or(PageError::NotFound)
}

/// Shows it to who asked for it; to everybody else it is not there.
pub async fn page(by: SignedIn, id: Id<ExportId>, database: Database) -> Answer {
    let export = read(&database, id.0, by.id()).await?;
    respond::page(&Page { shell: by.shell(), export })
}

/// The file, piece by piece.
pub async fn file(by: SignedIn, id: Id<ExportId>, database: Database) -> Answer {
    let export = read(&database, id.0, by.id()).await?;
    let (Some(_), Some(size)) = (export.made_at, export.size) else { return Err(PageError::NotFound) };
    let wanted: Wanted = serde_json::from_value(export.wanted).map_err(|error| PageError::Broken(error.to_string()))?;
    let user = by.id();
    let pieces = stream::unfold((database, 1), move |(database, number)| async move {
        let read = database.run(move |conn| Ok::<_, Failure<std::convert::Infallible>>(exports::piece(conn, id.0, user, number)?)).await;
        match read {
            Ok(None) => None,
            Ok(Some(bytes)) => Some((Ok(Bytes::from(bytes)), (database, number + 1))),
            // what has been sent is not whole, and must not seem so
            Err(failure) => Some((Err(PageError::from(failure)), (database, i32::MAX))),
        }
    });
    let attached =
        ContentDisposition { disposition: DispositionType::Attachment, parameters: vec![DispositionParam::Filename(export.name)] };
    Ok(HttpResponse::Ok()
        .content_type(wanted.content_type())
        .insert_header((CONTENT_LENGTH, size.to_string()))
        .insert_header(attached)
        .streaming(Box::pin(pieces)))
}

impl Page {
    /// Whether it may still come.
    fn is_coming(&self) -> bool {
        self.export.made_at.is_none() && matches!(self.export.status.as_deref(), Some("QUEUED" | "RUNNING"))
    }

    fn progress(&self) -> i16 {
        self.export.progress.unwrap_or(0)
    }

    fn step(&self) -> &str {
        match self.export.step.as_deref() {
            None | Some("") => "Waits for its turn",
            Some(step) => step,
        }
    }

    fn asked(&self) -> Moment {
        shown::time(&self.shell.clock, self.export.asked_at)
    }

    fn kept_until(&self) -> Moment {
        shown::time(&self.shell.clock, self.export.asked_at + TimeDelta::days(KEPT_DAYS))
    }

    fn size(&self) -> String {
        match self.export.size.unwrap_or(0) {
            small @ ..10_000 => format!("{small} bytes"),
            middle @ ..10_000_000 => format!("{} kB", middle / 1000),
            large => format!("{} MB", large / 1_000_000),
        }
    }
}
