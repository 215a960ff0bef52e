//! The site's route table, read from its source: what walks along it cannot forget a new address.
use std::sync::OnceLock;

/// The table, as it is written.
pub const ROUTES: &str = concat!(
    include_str!("../../../src/web/routes.rs"),
    include_str!("../../../src/web/routes/of_admin.rs"),
    include_str!("../../../src/web/routes/of_sign_in.rs"),
    include_str!("../../../src/web/routes/of_tickets.rs")
);

/// An address as the table names it, and what it takes.
#[derive(Debug, Clone)]
pub struct Known {
    pub pattern: String,
    pub is_read: bool,
    pub is_written: bool,
    pub is_put: bool,
}

/// Every address of a page.
pub fn known() -> &'static [Known] {
    static KNOWN: OnceLock<Vec<Known>> = OnceLock::new();
    KNOWN.get_or_init(|| all().into_iter().filter(|known| !known.pattern.starts_with(API)).collect())
}

/// Every address that machines ask.
pub fn asked_by_machines() -> Vec<Known> {
    all().into_iter().filter(|known| known.pattern.starts_with(API)).collect()
}

/// How their addresses begin.
const API: &str = "/api/v1";

fn all() -> Vec<Known> {
    let services = ROUTES.split("resource(\"").skip(1);
    let read = |text: &str| {
        let (pattern, rest) = text.split_once('"').expect("an address");
        let is_in = |word: &str| rest.contains(&format!("route({word}("));
        Known { pattern: pattern.to_owned(), is_read: is_in("get"), is_written: is_in("post"), is_put: is_in("put") }
    };
    services.map(read).collect()
}
