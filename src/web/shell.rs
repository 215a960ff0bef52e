//! What stands around every page: the bar at the top, the banner, the foot.

use jiff::tz::TimeZone;

use super::context::Context;
use crate::domain::person::Person;

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
    /// The name of the time zone that times on the page are shown in, e.g. `Europe/Paris`.
    pub zone: String,
    /// The same zone, to show times in.
    pub clock: TimeZone,
    /// The address of the page itself, path only.
    pub path: String,
}

/// One link of the bar.
#[derive(Debug, Clone)]
pub struct NavItem {
    /// Where it leads.
    pub href: String,
    /// Its words.
    pub label: String,
    /// What is counted beside it, in words; empty for nothing.
    pub count: Option<String>,
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

impl Shell {
    /// The frame for whoever asks.
    pub fn new(context: Context) -> Self {
        let theme = match context.person.as_ref().map(|person| person.theme.as_str()) {
            Some("LIGHT") => "light",
            Some("DARK") => "dark",
            _ => "auto",
        };
        let nav = nav(context.person.as_ref(), &context.path);
        let (clock, zone) = super::shown::zone(context.person.as_ref().map(|person| person.time_zone.as_str()));
        Self { person: context.person, nav, flash: context.flash, theme, zone, clock, path: context.path }
    }
}

fn nav(person: Option<&Person>, path: &str) -> Vec<NavItem> {
    let mut links = vec![("/projects", "Find work"), ("/freelancers", "Find freelancers")];
    if let Some(person) = person {
        links.push(("/dashboard", "Dashboard"));
        if person.manages().next().is_some() {
            links.push(("/projects/new", "Post a project"));
        }
        links.push(("/messages", "Messages"));
        links.push(("/notices", "Notices"));
        if person.is_admin {
            links.push(("/admin", "The house"));
        } else if person.lacks_factor {
            links.push(("/account/second-factor", "The house"));
        }
    } else {
        // also at the foot of every page: a member's bar has no room for it
        links.push(("/how-it-works", "How a bid is decided"));
    }
    let unread = person.map_or(0, |person| person.unread);
    let item = |(href, label): (&str, &str)| NavItem {
        href: href.to_owned(),
        label: label.to_owned(),
        current: path == href,
        count: (href == "/notices").then(|| count_in_words(unread)),
    };
    links.into_iter().map(item).collect()
}

/// `3 unread`; nothing for none.
pub fn count_in_words(unread: usize) -> String {
    match unread {
        0 => String::new(),
        Person::MOST_UNREAD.. => format!("{}+ unread", Person::MOST_UNREAD),
        count => format!("{count} unread"),
    }
}
