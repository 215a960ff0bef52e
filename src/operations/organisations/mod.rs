//! Founding organisations, and keeping their name, members and links to join by.

mod change_role;
mod found_organisation;
mod invite_member;
mod join_organisation;
mod remove_member;
mod rename_organisation;
mod revoke_invitation;

pub use change_role::{RoleChange, change_role};
pub use found_organisation::found_organisation;
pub use invite_member::{Invite, invite_member};
pub use join_organisation::join_organisation;
pub use remove_member::remove_member;
pub use rename_organisation::rename_organisation;
pub use revoke_invitation::revoke_invitation;
