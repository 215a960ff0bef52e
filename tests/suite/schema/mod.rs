//! What the schema promises by itself, whoever writes to it.
mod guards;
mod migrations;
mod moves;
mod raw;
