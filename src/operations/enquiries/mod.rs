//! Asking about a project, and answering, once for all.

mod answer_enquiry;
mod ask;

pub use answer_enquiry::answer_enquiry;
pub use ask::ask;
