//! Messages between a client and a freelancer: the list of threads, one thread, and telling the house.

pub mod contract;
pub mod list;
pub mod proposal;
pub mod report;
mod send;
mod thread;
