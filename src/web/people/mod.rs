//! Pages of people: signing up, in and out, and their account.

pub mod account;
pub mod close;
pub mod code;
pub mod email;
pub mod email_link;
pub mod forgot;
mod half;
mod let_in;
mod next;
pub mod password;
mod proof;
mod qr;
pub mod recovery_codes;
pub mod reset;
pub mod second_factor;
pub mod sign_in;
pub mod sign_ins;
pub mod sign_out;
pub mod sign_out_everywhere;
pub mod sign_up;
pub mod suspended;
