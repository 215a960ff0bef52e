//! What machines ask for.
mod putting;
