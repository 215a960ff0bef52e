//! An organisation's webhooks.

pub mod again;
pub mod list;
pub mod remove;
pub mod show;

use crate::db::webhooks::Hook;
use crate::domain::membership::Role;
use crate::domain::person::Person;
use crate::domain::webhook::TELLABLE;
use crate::web::error::PageError;

/// Only an owner reads of webhooks: their addresses may hold secrets of the other side's.
fn for_owners(person: &Person, organisation: crate::domain::ids::OrganisationId) -> Result<(), PageError> {
    match person.role_in(organisation) {
        None => Err(PageError::NotFound),
        Some(Role::Owner) => Ok(()),
        Some(_) => Err(PageError::NotAllowed("Only an owner keeps an organisation’s webhooks.".to_owned())),
    }
}

/// What a webhook tells, in words.
fn tells(hook: &Hook) -> String {
    let words: Vec<_> =
        TELLABLE.iter().filter(|(kind, _)| hook.kinds.iter().any(|told| told == kind.as_str())).map(|(_, words)| *words).collect();
    words.join(" · ")
}

/// A kind in words.
fn words(kind: &str) -> &str {
    TELLABLE.iter().find(|(tellable, _)| tellable.as_str() == kind).map_or(kind, |(_, words)| words)
}
