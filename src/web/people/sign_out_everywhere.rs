//! Ending all of one's sign-ins.

use actix_session::Session;
use actix_web::web::Data;

use crate::db::Database;
use crate::operations::people::sign_out_everywhere;
use crate::web::context::SignedIn;
use crate::web::respond::{self, Answer};
use crate::web::server::Secrets;
use crate::web::session;

/// Ends them all, this one too.
pub async fn submit(by: SignedIn, database: Database, session: Session, secrets: Data<Secrets>) -> Answer {
    let id = by.id();
    database.change(move |conn| sign_out_everywhere(conn, id)).await?;
    session::sign_out(&session);
    respond::see_other_saying(&secrets, "/sign-in", "good", "You were signed out everywhere: on this device and on all others.")
}
