//! Guildhall: a freelance marketplace where exactly one proposal wins.

pub mod web;
