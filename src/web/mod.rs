//! How it is shown: routes, forms and pages.

pub mod assets;
