//! What stands around every page: the bar at the top, the banner, the foot.

/// The frame of a page: what `templates/layout.html` shows around `<main>`.
#[derive(Debug, Clone)]
pub struct Shell {
    /// Who is signed in; `None` for a visitor.
    pub person: Option<Person>,
    /// The links of the bar, in order.
    pub nav: Vec<NavItem>,
    /// The one banner above the page's heading.
    pub flash: Option<Flash>,
    /// `auto`, `light` or `dark`.
    pub theme: &'static str,
    /// The time zone that times on the page are shown in, e.g. `Europe/Paris`.
    pub zone: String,
    /// The address of the page itself, path only.
    pub path: String,
}

/// The signed-in person, as far as the bar shows them.
#[derive(Debug, Clone)]
pub struct Person {
    /// The name that others see.
    pub name: String,
}

/// One link of the bar.
#[derive(Debug, Clone)]
pub struct NavItem {
    /// Where it leads.
    pub href: String,
    /// Its words, with a count where there is one: `Notices (2)`.
    pub label: String,
    /// Whether the page is the one it leads to.
    pub current: bool,
}

/// What the page before has to say.
#[derive(Debug, Clone)]
pub struct Flash {
    /// `good`, `heed` or `bad`.
    pub kind: String,
    /// Whole sentences: what happened, what comes next.
    pub text: String,
}
