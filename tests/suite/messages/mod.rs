//! Messages between clients and freelancers.
mod pages;
mod races;
mod reports;
mod who;
