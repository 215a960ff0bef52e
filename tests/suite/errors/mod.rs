//! Whatever is sent and whatever breaks: the right page, in the site's own look, with a way on; never a 500 for what
//! people send.
mod anything;
mod bodies;
mod faults;
mod outage;
mod pages;
pub mod raw;

use crate::support::page::Page;

/// A page in the site's own look, whatever its status: one heading, a way on, and nothing of the machinery.
#[track_caller]
fn is_a_page(page: &Page, status: u16) {
    assert_eq!(page.status, status, "{}: {}", page.path, page.says());
    assert!(page.header("content-type").starts_with("text/html"), "{}: {:?}", page.path, page.headers);
    assert_eq!(page.texts("h1").len(), 1, "{}: {}", page.path, page.html);
    assert!(page.has("header.top a.mark[href='/']"), "{}: {}", page.path, page.html);
    assert!(page.has("main a[href]"), "{} leads nowhere: {}", page.path, page.says());
    assert!(!page.header("content-security-policy").is_empty(), "{}: {:?}", page.path, page.headers);
    for inside in ["diesel", "panicked", "postgres", "SELECT", "src/", "PageError", "Fault"] {
        assert!(!page.says().contains(inside), "{} says {inside}: {}", page.path, page.says());
    }
}
