//! The paper as a file.

use actix_web::HttpResponse;
use actix_web::http::header::{ContentDisposition, DispositionParam, DispositionType};
use askama::Template;

use super::seen;
use crate::db::{Database, invoices};
use crate::domain::ids::InvoiceId;
use crate::domain::invoice::{InvoiceStatus, Series};
use crate::exports::Paper;
use crate::web::context::{Id, SignedIn};
use crate::web::error::PageError;
use crate::web::respond::{self, Answer};
use crate::web::shell::Shell;

#[derive(Template)]
#[template(path = "invoices/making.html")]
struct Making {
    shell: Shell,
    id: InvoiceId,
    of: String,
}

/// The invoice's file.
pub async fn invoice(by: SignedIn, id: Id<InvoiceId>, database: Database) -> Answer {
    file(by, id.0, database, Series::Invoice).await
}

/// Its credit note's.
pub async fn credit_note(by: SignedIn, id: Id<InvoiceId>, database: Database) -> Answer {
    file(by, id.0, database, Series::CreditNote).await
}

async fn file(by: SignedIn, id: InvoiceId, database: Database, series: Series) -> Answer {
    let (shown, _) = seen(&database, id, by.id()).await?;
    // A draft changes still: it has no file.
    let paper = Paper::of(&shown, series).filter(|_| shown.invoice.status != InvoiceStatus::Draft).ok_or(PageError::NotFound)?;
    let Some(bytes) = database.run(move |conn| Ok(invoices::paper(conn, id, series)?)).await? else {
        return respond::page(&Making { shell: by.shell(), id, of: format!("{} {}", paper.title, paper.number) });
    };
    let parameters = vec![DispositionParam::Filename(paper.file_name())];
    let attached = ContentDisposition { disposition: DispositionType::Attachment, parameters };
    Ok(HttpResponse::Ok().content_type("application/pdf").insert_header(attached).body(bytes))
}
