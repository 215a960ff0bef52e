//! The private cluster: whatever happens to Guildhall, PostgreSQL or their folder, the next start
//! comes up or says what to do.
mod crash;
mod databases;
mod lifecycle;
mod ownership;
mod places;
mod process;
mod refusals;
mod settings;
mod watcher;
