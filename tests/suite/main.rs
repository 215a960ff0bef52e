//! All the tests that need the whole program.
