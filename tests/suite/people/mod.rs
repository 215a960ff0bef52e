//! Accounts: signing up, in and out, and what people change about themselves.
mod account;
mod clearing_out;
mod closing;
mod devices;
mod email;
mod killed;
mod links_killed;
pub mod reset;
mod sessions;
mod sign_in;
mod sign_up;
