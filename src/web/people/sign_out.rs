//! Signing out.

use actix_session::Session;

use crate::web::respond::{self, Answer};
use crate::web::session;

/// Ends this sign-in; does no harm where there is none.
pub async fn submit(session: Session) -> Answer {
    session::sign_out(&session);
    respond::see_other("/")
}
