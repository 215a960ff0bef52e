//! What both sides can do with a contract.

mod answer_terms;
mod complete_contract;
mod pause_contract;
mod propose_terms;
mod resume_contract;
mod terminate_contract;

pub use answer_terms::answer_terms;
pub use complete_contract::complete_contract;
pub use pause_contract::pause_contract;
pub use propose_terms::propose_terms;
pub use resume_contract::resume_contract;
pub use terminate_contract::terminate_contract;
