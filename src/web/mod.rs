//! How it is shown: routes, forms and pages.

pub mod assets;
pub mod shell;

#[cfg(test)]
mod specimen;
