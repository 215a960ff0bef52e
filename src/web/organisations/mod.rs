//! Pages of organisations: members, roles, links to join by.

pub mod edit;
pub mod invite;
pub mod join;
pub mod new;
pub mod remove_member;
pub mod revoke_invitation;
pub mod role;
pub mod show;
