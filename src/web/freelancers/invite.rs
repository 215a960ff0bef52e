//! Inviting a freelancer to a project, from their profile.

use actix_web::web::Data;

use crate::db::Database;
use crate::domain::ids::{ProjectId, UserId};
use crate::web::context::{Id, SignedIn};
use crate::web::error::PageError;
use crate::web::form::Fields;
use crate::web::projects::invitations;
use crate::web::respond::Answer;
use crate::web::server::Secrets;

/// Invites.
pub async fn submit(by: SignedIn, id: Id<UserId>, database: Database, secrets: Data<Secrets>, sent: Fields) -> Answer {
    let project: ProjectId = sent.get("project").parse().map_err(|_| PageError::NotFound)?;
    invitations::invite(by, project, id.0, &database, &secrets, &format!("/freelancers/{}", id.0)).await
}
