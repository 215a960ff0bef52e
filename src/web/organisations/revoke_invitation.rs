//! Taking a link back.

use actix_web::web::Data;

use crate::db::Database;
use crate::domain::ids::InvitationId;
use crate::operations::organisations::revoke_invitation;
use crate::web::context::{Id, SignedIn};
use crate::web::error::PageError;
use crate::web::respond::{self, Answer};
use crate::web::server::Secrets;

/// Takes it back.
pub async fn submit(by: SignedIn, database: Database, id: Id<InvitationId>, secrets: Data<Secrets>) -> Answer {
    let user = by.id();
    let revoked = database.change(move |conn| revoke_invitation(conn, user, id.0)).await;
    let organisation = PageError::unless_refused(revoked)?
        .map_err(|why| PageError::refused(&why, "The link could not be taken back: somebody joined by it, or you are no owner."))?;
    respond::see_other_saying(
        &secrets,
        &format!("/organisations/{organisation}"),
        "good",
        "The link was taken back. Nobody can join by it.",
    )
}
