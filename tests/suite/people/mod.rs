//! Accounts: signing up, in and out, and what people change about themselves.
mod account;
mod clearing_out;
mod closing;
mod devices;
mod email;
pub mod factor;
mod factor_of_admins;
mod factor_races;
mod killed;
mod links_killed;
pub mod reset;
mod second_factor;
mod sessions;
mod sign_in;
mod sign_up;
