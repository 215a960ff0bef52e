//! Accounts: signing up, in and out, and what people change about themselves.
mod account;
mod clearing_out;
mod killed;
mod sessions;
mod sign_in;
mod sign_up;
