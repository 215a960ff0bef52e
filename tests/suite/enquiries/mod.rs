//! Questions about projects, and their answers.
mod answering;
mod asking;
mod killed;
mod races;
