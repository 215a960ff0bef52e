//! Messages between clients and freelancers.
mod killed;
mod pages;
mod races;
mod reports;
mod who;
