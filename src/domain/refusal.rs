//! What kind of no an operation says. Each operation has its own small enum of facts; this is what they have in common.

/// What sort of refusal: `web` turns it into a status and a page, the API into a problem document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefusalKind {
    /// Not there, or not to be known of.
    Missing,
    /// Seen, but not this person's to do.
    NotAllowed,
    /// The state has moved on: decided, closed, withdrawn.
    TooLate,
    /// Somebody holds the lock; nothing was done.
    Busy,
    /// The person saw an older version.
    Stale,
    /// The words make no sense together with what is stored.
    Invalid,
}

/// A domain's refusal: a fact, with a name that can be recorded.
pub trait Refusal: std::fmt::Debug + Send + 'static {
    /// Which sort it is.
    fn kind(&self) -> RefusalKind;
}
