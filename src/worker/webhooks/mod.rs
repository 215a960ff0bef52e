//! Calling webhooks.

mod call;
mod gather;
mod line;

pub use call::call_webhook;
pub use gather::gather_calls;
