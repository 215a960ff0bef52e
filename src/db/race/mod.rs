//! The race lab's hold on the database: what must never be found there, and time that is let pass.

mod invariants;
mod runs;
mod stage;

pub use invariants::{INVARIANTS, Invariant, ask};
pub use runs::{runs, write_run};
pub use stage::{let_contract_run, let_pass, may_let_pass, retire};
