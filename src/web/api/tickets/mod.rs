//! Tickets, as programs ask, read and answer: by the same operations as the pages, under the same locks.

pub mod read;
pub mod shape;
pub mod write;
