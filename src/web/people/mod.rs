//! Pages of people: signing up, in and out, and their account.

pub mod account;
pub mod close;
pub mod email;
pub mod email_link;
pub mod forgot;
mod next;
pub mod password;
mod proof;
pub mod reset;
pub mod sign_in;
pub mod sign_ins;
pub mod sign_out;
pub mod sign_out_everywhere;
pub mod sign_up;
pub mod suspended;
