//! Pages of proposals: writing and sending one, comparing them, deciding.

pub mod accept;
mod asked;
pub mod check;
mod choose;
mod column;
pub mod compare;
pub mod confirm;
mod conflict;
pub mod decline;
mod desk;
pub mod download;
pub mod mark;
mod not_sent;
pub(super) mod offer;
mod order;
pub mod propose;
mod sealed;
pub mod show;
pub(super) mod standing;
pub mod submit;
mod team;
mod terms;
mod typed;
pub mod undecline;
pub mod withdraw;

use crate::domain::project::{Project, ProjectKind};

/// A proposal's price in words: of an hour, where the project is paid by the hour.
fn price(project: &Project, amount: i64) -> String {
    match project.kind {
        ProjectKind::Fixed => project.money(amount).to_string(),
        ProjectKind::Hourly => format!("{} an hour", project.money(amount)),
    }
}
