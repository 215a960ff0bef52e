//! Organisations: founding, members, roles, links to join by.
mod founding;
mod joining;
mod keeping_an_owner;
mod killed;
mod members;
mod renaming;
