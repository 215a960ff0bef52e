//! Pages for admins, who keep the house; for everybody else they are not there.

pub mod reports;
