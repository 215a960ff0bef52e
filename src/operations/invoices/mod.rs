//! Invoices: written and issued by freelancers, paid and taken back.

mod discard_invoice;
mod draft_invoice;
mod edit_invoice;
mod issue_invoice;
mod keep_paper;
mod mark_paid;
mod void_invoice;

pub use discard_invoice::discard_invoice;
pub use draft_invoice::draft_invoice;
pub use edit_invoice::edit_invoice;
pub use issue_invoice::issue_invoice;
pub use keep_paper::keep_paper;
pub use mark_paid::mark_paid;
pub use void_invoice::void_invoice;
