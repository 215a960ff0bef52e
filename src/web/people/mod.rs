//! Pages of people: signing up, in and out, and their account.

pub mod account;
mod next;
pub mod password;
mod proof;
pub mod sign_in;
pub mod sign_out;
pub mod sign_out_everywhere;
pub mod sign_up;
