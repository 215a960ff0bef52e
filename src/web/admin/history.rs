//! What happened everywhere, for admins: by whom, about whom, of which kind, with what, and when; the newest first.

use actix_web::web::Query;
use askama::Template;
use chrono::{DateTime, NaiveDate, Utc};
use jiff::tz::TimeZone;
use serde::Deserialize;

use super::address;
use crate::db::annals::{self, Event, Sought};
use crate::db::{Database, Portion};
use crate::domain::chain::hex;
use crate::domain::event::{EventKind, Root};
use crate::domain::field_errors::FieldErrors;
use crate::domain::ids::UserId;
use crate::web::context::Admin;
use crate::web::respond::{self, Answer};
use crate::web::shell::Shell;
use crate::web::shown::{self, Moment};

/// What the address says, as it was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    who: String,
    whom: String,
    kind: String,
    about: String,
    from: String,
    to: String,
    after: String,
}

#[derive(Template)]
#[template(path = "admin/history.html")]
struct Page {
    shell: Shell,
    asked: Asked,
    errors: FieldErrors,
    events: Vec<Event>,
    next: String,
}

/// Shows it.
pub async fn page(by: Admin, database: Database, asked: Option<Query<Asked>>) -> Answer {
    let asked = asked.map(Query::into_inner).unwrap_or_default();
    let shell = by.shell();
    let sought = match asked.sought(&shell.clock) {
        Ok(sought) => sought,
        Err(errors) => {
            let page = Page { shell, asked, errors, events: Vec::new(), next: String::new() };
            return respond::page(&page);
        }
    };
    let after = asked.after.parse::<i64>().ok();
    let (events, more) = database.run(move |conn| Ok(annals::list(conn, &sought, after, Portion::Page)?)).await?;
    let next = events.last().filter(|_| more).map(|last| asked.address(&last.key().to_string())).unwrap_or_default();
    respond::page(&Page { shell, asked, errors: FieldErrors::new(), events, next })
}

impl Asked {
    /// As the database takes it, with days of this zone.
    ///
    /// # Errors
    /// What makes no sense, beside its field.
    pub fn sought(&self, zone: &TimeZone) -> Result<Sought, FieldErrors> {
        let mut errors = FieldErrors::new();
        let sought = Sought {
            kind: EventKind::parse(&self.kind),
            who: person(&mut errors, "who", &self.who),
            whom: person(&mut errors, "whom", &self.whom),
            of: thing(&mut errors, &self.about),
            from: day(&mut errors, "from", &self.from, zone, 0),
            until: day(&mut errors, "to", &self.to, zone, 1),
        };
        if !self.kind.is_empty() && sought.kind.is_none() {
            errors.add("kind", "Choose one of these kinds");
        }
        if let (Some(from), Some(until)) = (sought.from, sought.until)
            && until <= from
        {
            errors.add("to", "Choose a day that is not before the first one");
        }
        errors.or(Some(sought))
    }

    fn address(&self, after: &str) -> String {
        let fields = [
            ("who", self.who.trim()),
            ("whom", self.whom.trim()),
            ("kind", &self.kind),
            ("about", self.about.trim()),
            ("from", &self.from),
            ("to", &self.to),
            ("after", after),
        ];
        address("/admin/history", &fields)
    }
}

/// `USR-0012`, or the number alone.
fn person(errors: &mut FieldErrors, field: &str, typed: &str) -> Option<UserId> {
    let typed = typed.trim().to_uppercase();
    let found = typed.strip_prefix("USR-").unwrap_or(&typed).parse().ok();
    if found.is_none() && !typed.is_empty() {
        errors.add(field, "Enter somebody’s number, like USR-0012");
    }
    found
}

/// `PRJ-0412` and the like: a thing that has a history.
fn thing(errors: &mut FieldErrors, typed: &str) -> Option<Root> {
    const KINDS: [(&str, &str); 5] =
        [("PRJ", "PROJECT"), ("ORG", "ORGANISATION"), ("USR", "PERSON"), ("CTR", "CONTRACT"), ("TIC", "TICKET")];
    let typed = typed.trim().to_uppercase();
    let found = typed.split_once('-').and_then(|(prefix, number)| {
        let (_, kind) = KINDS.iter().find(|(known, _)| *known == prefix)?;
        Root::of(kind, number.parse::<UserId>().ok()?.0)
    });
    if found.is_none() && !typed.is_empty() {
        errors.add("about", "Enter a number like PRJ-0412, ORG-0002, USR-0012, CTR-0007 or TIC-0003");
    }
    found
}

/// The moment in which a day begins, or in which the day so many behind it does.
fn day(errors: &mut FieldErrors, field: &str, typed: &str, zone: &TimeZone, later: u64) -> Option<DateTime<Utc>> {
    let typed = typed.trim();
    let begins = || {
        let day = typed.parse::<NaiveDate>().ok()?.checked_add_days(chrono::Days::new(later))?;
        shown::parse_field(zone, &format!("{day}T00:00"))
    };
    let found = begins();
    if found.is_none() && !typed.is_empty() {
        errors.add(field, "Enter a day, like 2026-11-22");
    }
    found
}

/// `PROJECT_HELD` as `Project held`.
fn label(kind: &str) -> String {
    let words = kind.to_lowercase().replace('_', " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

impl Page {
    /// Kinds to choose from, by name, each with whether it is chosen.
    fn kinds(&self) -> Vec<(&'static str, String, bool)> {
        let mut kinds: Vec<_> =
            EventKind::ALL.iter().map(|kind| (kind.as_str(), label(kind.as_str()), self.asked.kind == kind.as_str())).collect();
        kinds.sort_by(|one, other| one.1.cmp(&other.1));
        kinds
    }

    fn days(&self) -> String {
        format!("Days of your time zone, {}", self.shell.zone)
    }

    fn at(&self, event: &Event) -> Moment {
        shown::exact(&self.shell.clock, event.at)
    }

    fn label(&self, event: &Event) -> String {
        label(&event.kind)
    }

    /// Who did it: the house itself, where nobody did; nobody is told who asks.
    fn who(&self, event: &Event) -> String {
        match &event.actor {
            Some(name) => name.clone(),
            None if event.kind == EventKind::EnquiryMade.as_str() => "A freelancer".to_owned(),
            None => "The house".to_owned(),
        }
    }

    /// Where the thing stands that it happened to, and its number.
    fn thing(&self, event: &Event) -> Option<(String, String)> {
        let root = event.root()?;
        let place = match root {
            Root::Project(id) => format!("/admin/projects/{id}"),
            Root::Organisation(id) => format!("/admin/organisations/{id}"),
            Root::Person(id) => format!("/admin/people/{id}"),
            Root::Contract(id) => format!("/contracts/{id}/history"),
            Root::Ticket(id) => format!("/tickets/{id}"),
        };
        Some((place, root.reference()))
    }

    fn moved(&self, event: &Event) -> String {
        match (&event.from_state, &event.to_state) {
            (Some(from), Some(to)) if from != to => format!("{} → {}", label(from), label(to)),
            (None, Some(to)) => format!("→ {}", label(to)),
            _ => String::new(),
        }
    }

    fn hash(&self, event: &Event) -> String {
        hex(&event.hash).chars().take(12).collect()
    }

    fn is_filtered(&self) -> bool {
        self.asked.address("") != "/admin/history" || !self.asked.after.is_empty()
    }

    fn query(&self) -> String {
        self.asked.address("").split_once('?').map_or_else(String::new, |(_, query)| format!("?{query}"))
    }

    fn first(&self) -> String {
        if self.asked.after.is_empty() { String::new() } else { self.asked.address("") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sought(fields: &[(&str, &str)]) -> Result<Sought, FieldErrors> {
        let value = |name: &str| fields.iter().find(|(field, _)| *field == name).map(|(_, value)| (*value).to_owned()).unwrap_or_default();
        let asked = Asked {
            who: value("who"),
            whom: value("whom"),
            kind: value("kind"),
            about: value("about"),
            from: value("from"),
            to: value("to"),
            after: String::new(),
        };
        asked.sought(&shown::zone(Some("Europe/Paris")).0)
    }

    #[test]
    fn what_is_typed_is_understood_or_said_to_make_no_sense() {
        assert_eq!(sought(&[]).unwrap(), Sought::default());
        assert_eq!(sought(&[("who", " usr-0012 ")]).unwrap().who, Some(UserId(12)));
        assert_eq!(sought(&[("about", "prj-0412")]).unwrap().of, Root::of("PROJECT", 412));
        assert_eq!(sought(&[("kind", "PROJECT_HELD")]).unwrap().kind, Some(EventKind::ProjectHeld));
        for (field, odd) in
            [("who", "Ada"), ("whom", "-1"), ("about", "XYZ-1"), ("about", "412"), ("kind", "NOTHING"), ("from", "yesterday")]
        {
            assert!(sought(&[(field, odd)]).unwrap_err().on(field).is_some(), "{field} {odd}");
        }
        assert!(sought(&[("from", "2026-11-22"), ("to", "2026-11-21")]).unwrap_err().on("to").is_some());
    }

    #[test]
    fn days_are_those_of_the_reader() {
        let day = sought(&[("from", "2026-11-22"), ("to", "2026-11-22")]).unwrap();
        assert_eq!(day.from.unwrap().to_rfc3339(), "2026-11-21T23:00:00+00:00");
        assert_eq!(day.until.unwrap().to_rfc3339(), "2026-11-22T23:00:00+00:00");
    }

    #[test]
    fn kinds_are_read_as_words() {
        assert_eq!(label("PROJECT_HELD"), "Project held");
        assert_eq!(label(""), "");
    }
}
