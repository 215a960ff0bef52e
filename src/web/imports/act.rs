//! Putting a file's rows, stopping that, and throwing the file away.

use actix_web::web::Data;

use crate::db::Database;
use crate::domain::ids::ImportId;
use crate::domain::import::ImportRefused;
use crate::operations::imports::{discard_import, start_import, stop_import};
use crate::web::context::{Id, SignedIn};
use crate::web::error::PageError;
use crate::web::projects::managed;
use crate::web::respond::{self, Answer};
use crate::web::server::Secrets;

/// Begins, or goes on.
pub async fn start(by: SignedIn, id: Id<ImportId>, database: Database) -> Answer {
    let (user, id) = (by.id(), id.0);
    match PageError::unless_refused(database.change(move |conn| start_import(conn, user, id)).await)? {
        // begun already, by a colleague or by the first of two clicks: the page shows how far it is
        Ok(()) | Err(ImportRefused::Running | ImportRefused::Finished) => respond::see_other(&format!("/imports/{id}")),
        Err(why) => Err(refused(why)),
    }
}

/// Stops: what has been put stays.
pub async fn stop(by: SignedIn, id: Id<ImportId>, database: Database, secrets: Data<Secrets>) -> Answer {
    let (user, id) = (by.id(), id.0);
    match PageError::unless_refused(database.change(move |conn| stop_import(conn, user, id)).await)? {
        Ok(()) => {
            let said = "It stops after the row that it is at. What has been put stays; you can go on with the others.";
            respond::see_other_saying(&secrets, &format!("/imports/{id}"), "good", said)
        }
        Err(why) => Err(refused(why)),
    }
}

/// Throws the file away.
pub async fn discard(by: SignedIn, id: Id<ImportId>, database: Database, secrets: Data<Secrets>) -> Answer {
    let (user, id) = (by.id(), id.0);
    match PageError::unless_refused(database.change(move |conn| discard_import(conn, user, id)).await)? {
        Ok(()) => respond::see_other_saying(&secrets, "/projects/import", "good", "The file is thrown away. What had been put stays."),
        Err(why) => Err(refused(why)),
    }
}

fn refused(why: ImportRefused) -> PageError {
    match why {
        ImportRefused::Missing => PageError::NotFound,
        ImportRefused::NotAllowed => managed::not_allowed(),
        ImportRefused::Running => {
            PageError::Conflict("Its rows are being put just now: stop that first. Nothing was thrown away.".to_owned())
        }
        ImportRefused::Finished => PageError::Conflict("Every row has been dealt with.".to_owned()),
    }
}
