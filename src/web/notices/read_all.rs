//! Having read all that the page could show.

use actix_web::web::Data;

use crate::db::Database;
use crate::domain::notice::ShownUpTo;
use crate::operations::notices::mark_all_read;
use crate::web::context::SignedIn;
use crate::web::error::PageError;
use crate::web::form::Fields;
use crate::web::respond::{self, Answer};
use crate::web::server::Secrets;

/// Marks them read; what has come since the page was shown stays unread.
pub async fn submit(by: SignedIn, database: Database, fields: Fields, secrets: Data<Secrets>) -> Answer {
    let Some(shown) = ShownUpTo::parse(fields.get("shown")) else {
        return Err(PageError::Conflict("The form did not say what it had shown, so nothing was marked.".to_owned()));
    };
    let user = by.id();
    let marked = database.change(move |conn| mark_all_read(conn, user, &shown)).await?;
    let said = match marked {
        0 => "There was nothing left to mark.".to_owned(),
        1 => "One notice was marked read.".to_owned(),
        many => format!("{many} notices were marked read."),
    };
    respond::see_other_saying(&secrets, "/notices", "good", &said)
}
