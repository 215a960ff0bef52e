//! Questions about a project and their answers.

pub mod answer;
pub mod ask;
mod shown;

pub use shown::{Enquiries, MayAsk};
