//! Webhooks: addresses that are called when something happens to an organisation's projects.

mod address;
mod inside;
mod signature;

pub use address::HookAddress;
pub use inside::is_inside;
pub use signature::signature;

use super::event::EventKind;
use super::field_errors::FieldErrors;
use super::membership::{Member, Role};
use super::refusal::{Refusal, RefusalKind};

/// What can be told, each with its words.
pub const TELLABLE: [(EventKind, &str); 10] = [
    (EventKind::ProjectPublished, "A project was published"),
    (EventKind::ProjectEdited, "A project’s words changed"),
    (EventKind::ProjectCancelled, "A project was cancelled"),
    (EventKind::BidsOpened, "Sealed bids were opened"),
    (EventKind::ProposalSubmitted, "A proposal was sent"),
    (EventKind::ProposalRevised, "A proposal was changed"),
    (EventKind::ProposalWithdrawn, "A proposal was withdrawn"),
    (EventKind::ProposalAccepted, "A proposal was accepted"),
    (EventKind::EnquiryMade, "A question was asked"),
    (EventKind::MessageSent, "A message was sent"),
];

/// How many an organisation may have.
pub const MOST_WEBHOOKS: i64 = 20;

/// What was typed to make one.
#[derive(Debug, Clone, Default)]
#[expect(missing_docs, reason = "named as the form's fields")]
pub struct HookTyped<'f> {
    pub address: &'f str,
    pub kinds: Vec<&'f str>,
}

/// A webhook that is to be made: sound by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HookContent {
    /// Where it calls.
    pub address: HookAddress,
    /// What it tells.
    pub kinds: Vec<EventKind>,
}

impl HookContent {
    /// Judges all fields at once. Where the address leads is judged with each call.
    ///
    /// # Errors
    /// Everything that is wrong, by field.
    pub fn parse(typed: &HookTyped<'_>) -> Result<Self, FieldErrors> {
        let mut wrong = FieldErrors::new();
        let address = wrong.take("address", HookAddress::parse(typed.address));
        let kinds: Vec<_> = TELLABLE.iter().map(|(kind, _)| *kind).filter(|kind| typed.kinds.contains(&kind.as_str())).collect();
        if kinds.is_empty() {
            wrong.add("kind", "Choose what it tells");
        }
        wrong.or(address.map(|address| Self { address, kinds }))
    }
}

/// Why a webhook is not made, removed or called again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HookRefused {
    /// Not there, or none to be known of.
    Missing,
    /// A member, but not an owner.
    NotAllowed,
    /// The organisation has as many as it may.
    TooMany,
    /// The same key was sent before with other words.
    KeyReused,
}

impl Refusal for HookRefused {
    fn kind(&self) -> RefusalKind {
        match self {
            Self::Missing => RefusalKind::Missing,
            Self::NotAllowed => RefusalKind::NotAllowed,
            Self::TooMany | Self::KeyReused => RefusalKind::Invalid,
        }
    }
}

/// Webhooks are an owner's.
///
/// # Errors
/// Who may not.
pub fn may_keep_webhooks(member: Option<&Member>) -> Result<(), HookRefused> {
    match member.map(|member| member.role) {
        None => Err(HookRefused::Missing),
        Some(Role::Owner) => Ok(()),
        Some(_) => Err(HookRefused::NotAllowed),
    }
}
