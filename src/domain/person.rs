//! Who is asking: the signed-in person as of this request.

use serde::{Deserialize, Serialize};

use super::ids::{OrganisationId, UserId};
use super::membership::Role;

/// The signed-in person, read anew with each request, so that a removed role takes effect with the next one.
/// What they may do is judged again under the lock of what they change.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Person {
    /// Who.
    pub id: UserId,
    /// The name that others see.
    pub name: String,
    /// Whether they keep the house.
    pub is_admin: bool,
    /// Whether they would keep it, but have not set up a second factor; told only where the house asks for one.
    pub lacks_factor: bool,
    /// Whether they have a freelancer's profile.
    pub is_freelancer: bool,
    /// `AUTO`, `LIGHT` or `DARK`.
    pub theme: String,
    /// IANA name.
    pub time_zone: String,
    /// The organisations they belong to.
    pub memberships: Vec<Membership>,
    /// How many notices they have not read; counted up to [`Person::MOST_UNREAD`].
    pub unread: usize,
}

/// One organisation that a person belongs to.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Membership {
    /// Which.
    pub organisation: OrganisationId,
    /// Its name.
    pub name: String,
    /// The person's role in it, as stored.
    pub role: String,
}

impl Person {
    /// More unread notices than this are not counted.
    pub const MOST_UNREAD: usize = 100;

    /// What they are in an organisation, if anything.
    pub fn role_in(&self, organisation: OrganisationId) -> Option<Role> {
        self.memberships.iter().find(|membership| membership.organisation == organisation).and_then(Membership::role)
    }

    /// The organisations for which they may write projects.
    pub fn manages(&self) -> impl Iterator<Item = &Membership> {
        self.memberships.iter().filter(|membership| membership.role().is_some_and(Role::manages_projects))
    }
}

impl Membership {
    /// The role.
    pub fn role(&self) -> Option<Role> {
        Role::parse(&self.role)
    }
}
