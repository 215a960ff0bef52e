//! Who is signed in: what every page asks about the person, as of now.

use serde::{Deserialize, Serialize};

use super::Theme;
use crate::domain::ids::{OrganisationId, UserId};
use crate::domain::membership::{Member, Role};

/// A person's proof of who they are, just given: what a new session is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignIn {
    /// Who.
    pub user: UserId,
    /// Which of their sign-ins hold: if that number moves on, this one does not.
    pub epoch: i32,
}

/// Somebody who is signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Who.
    pub id: UserId,
    /// Their name.
    pub name: String,
    /// Whether they keep the house.
    pub is_admin: bool,
    /// Colours.
    pub theme: Theme,
    /// IANA name.
    pub time_zone: String,
    /// Whether they have a freelancer's profile.
    pub is_freelancer: bool,
    /// The organisations they belong to, by name.
    pub organisations: Vec<Belonging>,
}

/// An organisation that somebody belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Belonging {
    /// Which.
    pub id: OrganisationId,
    /// Its name.
    pub name: String,
    /// What they are there.
    pub role: Role,
}

impl Person {
    /// What this person is in an organisation, if anything. Good for what a page shows; what is written is judged by
    /// what is read under the lock.
    pub fn member(&self, organisation: OrganisationId) -> Option<Member> {
        let belonging = self.organisations.iter().find(|belonging| belonging.id == organisation)?;
        Some(Member { user: self.id, organisation, role: belonging.role })
    }

    /// The organisations in which this person may write and decide.
    pub fn manages(&self) -> impl Iterator<Item = &Belonging> {
        self.organisations.iter().filter(|belonging| belonging.role.manages_projects())
    }
}
