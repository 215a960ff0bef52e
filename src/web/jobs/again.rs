//! Having a job done once more.

use actix_web::web::Data;

use crate::db::Database;
use crate::domain::ids::JobId;
use crate::domain::job::Enqueued;
use crate::operations::jobs::run_again;
use crate::web::context::{Id, SignedIn};
use crate::web::error::PageError;
use crate::web::respond::{self, Answer};
use crate::web::server::Secrets;

/// Makes a new job of one that has ended, and leads to it; so does the second of two clicks.
pub async fn submit(by: SignedIn, id: Id<JobId>, database: Database, secrets: Data<Secrets>) -> Answer {
    let (user, id) = (by.id(), id.0);
    let done = database.change(move |conn| run_again(conn, user, id)).await;
    let again = PageError::unless_refused(done)?.map_err(super::refused)?;
    let words = match again {
        Enqueued::New(_) => "It will be done again, as this new job. The earlier one stays as it is.",
        Enqueued::Stood(_) => "This is the job that does it again.",
    };
    respond::see_other_saying(&secrets, &format!("/jobs/{}", again.id()), "good", words)
}
