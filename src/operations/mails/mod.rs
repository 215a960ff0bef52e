//! What the house does with letters: finds what is to be written, hands it out, notes what came of it.

mod answer_link_request;
mod claim_mail;
mod end_mail;
mod gather_mails;
mod give_up_mails;
mod send_mail_again;
mod write_digests;

pub use answer_link_request::answer_link_request;
pub use claim_mail::claim_mail;
pub use end_mail::end_mail;
pub use gather_mails::gather_mails;
pub use give_up_mails::give_up_mails;
pub use send_mail_again::send_mail_again;
pub use write_digests::write_digests;
