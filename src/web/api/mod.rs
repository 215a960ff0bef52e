//! What machines ask for, and how they are answered: JSON by token. The handlers call the same operations as the pages.

pub mod body;
pub mod contracts;
pub mod document;
pub mod door;
pub mod etag;
pub mod frame;
pub mod history;
pub mod jobs;
pub mod limit;
pub mod listing;
pub mod may;
pub mod me;
pub mod page;
pub mod problem;
pub mod projects;
pub mod proposals;
pub mod runner;
pub mod tickets;
pub mod time;
