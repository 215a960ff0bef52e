//! Calling others when something happens: making and removing webhooks, finding what they tell, and what came of it.

mod call_again;
mod gather_calls;
mod make_webhook;
mod note_call;
mod remove_webhook;

pub use call_again::call_again;
pub use gather_calls::gather_calls;
pub use make_webhook::make_webhook;
pub use note_call::note_call;
pub use remove_webhook::remove_webhook;
