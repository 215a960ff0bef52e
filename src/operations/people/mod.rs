//! Accounts: signing up, in and out, and what people change about themselves.

mod ask_confirmation;
mod ask_email_change;
mod ask_reset;
mod begin_sign_in;
mod change_account;
mod change_password;
mod close_account;
mod confirm_email;
mod end_sign_in;
mod make_admin;
mod password;
mod reset_password;
mod revert_email;
mod sign_in;
mod sign_out_everywhere;
mod sign_up;

pub use crate::domain::user::TooManyAttempts;
pub use ask_confirmation::ask_confirmation;
pub use ask_email_change::ask_email_change;
pub use ask_reset::ask_reset;
pub use begin_sign_in::{Throttle, begin_sign_in};
pub use change_account::change_account;
pub use change_password::change_password;
pub use close_account::close_account;
pub use confirm_email::confirm_email;
pub use end_sign_in::end_sign_in;
pub use make_admin::{NewAdmin, make_admin};
pub use password::{PasswordFault, Passwords};
pub use reset_password::reset_password;
pub use revert_email::revert_email;
pub use sign_in::sign_in;
pub use sign_out_everywhere::sign_out_everywhere;
pub use sign_up::{Purpose, SignUp, SignUpRefused, sign_up};
