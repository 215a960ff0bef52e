//! The directory of freelancers: search, filters and page stand in the address.

use actix_web::HttpRequest;
use askama::Template;

use crate::db::Database;
use crate::db::directory::{self, Filter, Listed};
use crate::domain::money::{Currency, parse_amount};
use crate::web::address::Address;
use crate::web::context::Visitor;
use crate::web::respond::{self, Answer};
use crate::web::shell::Shell;
use crate::web::shown;

/// The parts of the address, in their order.
const PARTS: [&str; 6] = ["q", "skill", "rate_max", "currency", "available", "after"];

/// Days within which somebody has time, and their words.
const AVAILABLE: [(&str, &str); 4] = [("", "At any time"), ("0", "Now"), ("14", "Within 14 days"), ("60", "Within 60 days")];

#[derive(Template)]
#[template(path = "freelancers/list.html")]
struct Page {
    shell: Shell,
    asked: Address,
    filter: Filter,
    freelancers: Vec<Listed>,
    next: String,
}

/// Shows it. What makes no sense in the address is passed over.
pub async fn page(visitor: Visitor, request: HttpRequest, database: Database) -> Answer {
    let asked = asked(&request);
    let filter = filter(&asked);
    let wanted = filter.clone();
    let (freelancers, more) = database.run(move |conn| Ok(directory::page(conn, &wanted)?)).await?;
    let next = match freelancers.last() {
        Some(last) if more => asked.with("after", &last.id.to_string()),
        _ => String::new(),
    };
    respond::page(&Page { shell: visitor.shell(), asked, filter, freelancers, next })
}

/// What the address asks for.
pub fn asked(request: &HttpRequest) -> Address {
    Address::parse("/freelancers", &PARTS, request.query_string())
}

/// What is looked for.
pub fn filter(asked: &Address) -> Filter {
    Filter {
        words: asked.said("q"),
        skill: asked.said("skill"),
        rate_max: parse_amount(asked.get("rate_max")).ok().map(|most| (most, currency(asked).to_owned())),
        available_days: asked.get("available").parse().ok().filter(|days| (0..=3650).contains(days)),
        after: asked.get("after").parse().ok(),
    }
}

/// The currency of the highest rate.
fn currency(asked: &Address) -> &str {
    Currency::parse(asked.get("currency")).map_or("EUR", Currency::code)
}

impl Page {
    fn heading(&self) -> String {
        let all = self.next.is_empty() && self.filter.after.is_none();
        match self.freelancers.len() {
            1 if all => "1 freelancer".to_owned(),
            count if all => format!("{count} freelancers, newest first"),
            _ => "Freelancers, newest first".to_owned(),
        }
    }

    /// The filters as an address has them.
    fn query(&self) -> String {
        self.asked.with("after", "").trim_start_matches("/freelancers").to_owned()
    }

    fn first(&self) -> String {
        if self.filter.after.is_some() { self.asked.with("after", "") } else { String::new() }
    }

    /// The filters that are in force, in words, each with the address that is without it.
    fn chosen(&self) -> Vec<(String, String)> {
        let available = |days: i32| match days {
            0 => "Available now".to_owned(),
            days => format!("Available within {days} days"),
        };
        let all = [
            ("q", self.filter.words.as_ref().map(|words| format!("“{words}”"))),
            ("skill", self.filter.skill.as_ref().map(|skill| format!("Skill: {skill}"))),
            ("rate_max", self.filter.rate_max.as_ref().map(|(_, code)| format!("At most {} {code} an hour", self.asked.get("rate_max")))),
            ("available", self.filter.available_days.map(available)),
        ];
        all.into_iter().filter_map(|(name, words)| Some((words?, self.asked.with(name, "")))).collect()
    }

    /// The filters in one sentence, for the empty list.
    fn wished(&self) -> String {
        self.chosen().into_iter().map(|(words, _)| words).collect::<Vec<_>>().join(", ")
    }

    fn is_asked(&self, days: &str) -> bool {
        self.asked.get("available") == days
    }

    fn currency(&self) -> &str {
        currency(&self.asked)
    }

    fn rate(&self, freelancer: &Listed) -> Option<String> {
        freelancer.rate().map(|rate| format!("{rate} an hour"))
    }

    fn available(&self, freelancer: &Listed) -> String {
        available(freelancer.available_from.map(|day| (day, freelancer.is_available)), freelancer.hours_a_week)
    }
}

/// When somebody has time, and how much: `Available from Mon 7 Dec 2026, 20 hours a week`.
pub fn available(from: Option<(chrono::NaiveDate, bool)>, hours: Option<i32>) -> String {
    let when = match from {
        Some((_, true)) => "Available now".to_owned(),
        Some((day, false)) => format!("Available from {}", shown::day(day)),
        None => String::new(),
    };
    match hours {
        Some(hours) if when.is_empty() => format!("{hours} hours a week"),
        Some(hours) => format!("{when}, {hours} hours a week"),
        None => when,
    }
}
