//! What happens to a bid, and how anyone can check it.

use askama::Template;

use super::context::Visitor;
use super::respond::{self, Answer};
use super::shell::Shell;

#[derive(Template)]
#[template(path = "how_it_works.html")]
struct Page {
    shell: Shell,
}

/// Shows it.
pub async fn page(visitor: Visitor) -> Answer {
    respond::page(&Page { shell: visitor.shell() })
}
