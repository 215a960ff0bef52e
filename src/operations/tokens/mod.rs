//! The keys of a person's machines: making, revoking, and asking by one.

mod make_token;
mod revoke_token;
mod use_token;

pub use make_token::make_token;
pub use revoke_token::revoke_token;
pub use use_token::use_token;
