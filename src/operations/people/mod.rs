//! Accounts: signing up, in and out, and what people change about themselves.

mod begin_sign_in;
mod change_account;
mod change_password;
mod make_admin;
mod password;
mod sign_in;
mod sign_out_everywhere;
mod sign_up;

pub use begin_sign_in::{Throttle, TooManyAttempts, begin_sign_in};
pub use change_account::change_account;
pub use change_password::change_password;
pub use make_admin::{NewAdmin, make_admin};
pub use password::{PasswordFault, Passwords};
pub use sign_in::sign_in;
pub use sign_out_everywhere::sign_out_everywhere;
pub use sign_up::{Purpose, SignUp, SignUpRefused, sign_up};
