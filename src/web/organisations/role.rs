//! Giving a member another role.

use actix_web::HttpRequest;
use actix_web::web::Data;

use super::remove_member::{member, refused};
use crate::db::Database;
use crate::domain::ids::OrganisationId;
use crate::domain::membership::Role;
use crate::operations::organisations::{RoleChange, change_role};
use crate::web::context::{Id, SignedIn};
use crate::web::error::PageError;
use crate::web::form::Fields;
use crate::web::respond::{self, Answer};
use crate::web::server::Secrets;

/// Changes it.
pub async fn submit(
    by: SignedIn,
    database: Database,
    id: Id<OrganisationId>,
    request: HttpRequest,
    secrets: Data<Secrets>,
    fields: Fields,
) -> Answer {
    let organisation = id.0;
    let to = Role::parse(fields.get("role")).ok_or_else(|| PageError::Conflict("There is no such role.".to_owned()))?;
    let change = RoleChange { organisation, member: member(&request)?, seen: Role::parse(fields.get("seen")), to };
    let user = by.id();
    let changed = database.change(move |conn| change_role(conn, user, change)).await;
    PageError::unless_refused(changed)?.map_err(|why| refused(&why))?;
    let said = format!("The role was changed to {}.", to.label());
    respond::see_other_saying(&secrets, &format!("/organisations/{organisation}"), "good", &said)
}
