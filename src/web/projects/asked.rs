//! What the address of the list asks for: search, filters, order and page.

use std::convert::Infallible;
use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};

use crate::db::projects::{Filter, Order};
use crate::domain::ids::{ProjectId, UserId};
use crate::domain::money::parse_amount;
use crate::domain::project::ProjectKind;
use crate::web::address::Address;

/// The address's parts as they were typed. What makes no sense is passed over: a list is always shown.
#[derive(Debug, Clone, Default)]
pub struct Asked(Address);

/// The parts, in the order in which an address names them.
const PARTS: [&str; 9] = ["q", "skill", "kind", "min", "max", "closing", "for", "sort", "after"];

impl Asked {
    /// Reads an address's query.
    pub fn parse(query: &str) -> Self {
        Self(Address::parse("/projects", &PARTS, query))
    }

    /// One part as it was typed.
    pub fn get(&self, name: &str) -> &str {
        self.0.get(name)
    }

    /// What is looked for.
    pub fn filter(&self, reader: Option<UserId>) -> Filter {
        let said = |name| self.0.said(name);
        Filter {
            words: said("q"),
            skill: said("skill"),
            kind: ProjectKind::parse(self.get("kind")),
            at_least: parse_amount(self.get("min")).ok(),
            at_most: parse_amount(self.get("max")).ok(),
            closing_days: self.get("closing").parse().ok().filter(|days| (1..=365).contains(days)),
            guest: reader.filter(|_| self.get("for") == "me"),
            published_after: None,
            order: match self.get("sort") {
                "closing" => Order::Closing,
                "budget" => Order::Budget,
                _ => Order::Newest,
            },
            after: self.get("after").parse::<ProjectId>().ok(),
        }
    }

    /// The list's address with one part changed, from its first page on; an empty part is left out.
    pub fn with(&self, changed: &str, value: &str) -> String {
        self.0.with(changed, value)
    }

    /// The list's address from its first page on.
    pub fn address(&self) -> String {
        self.0.with("after", "")
    }

    /// The filters that are in force, in words, each with the address that is without it.
    pub fn chosen(&self, reader: Option<UserId>) -> Vec<(String, String)> {
        let filter = self.filter(reader);
        let amount = |name| self.get(name).to_owned();
        let all = [
            ("q", filter.words.map(|words| format!("“{words}”"))),
            ("skill", filter.skill.map(|skill| format!("Skill: {skill}"))),
            ("kind", filter.kind.map(|kind| kind.label().to_owned())),
            ("min", filter.at_least.map(|_| format!("Budget from {}", amount("min")))),
            ("max", filter.at_most.map(|_| format!("Budget up to {}", amount("max")))),
            ("for", filter.guest.map(|_| "You are invited".to_owned())),
            ("closing", filter.closing_days.map(|days| format!("Closes within {days} days"))),
        ];
        all.into_iter().filter_map(|(name, words)| Some((words?, self.with(name, "")))).collect()
    }
}

impl FromRequest for Asked {
    type Error = Infallible;
    type Future = Ready<Result<Self, Infallible>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self::parse(request.query_string())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::address::LONGEST;

    #[test]
    fn what_makes_no_sense_is_passed_over() {
        for odd in
            ["", "&&&==&", "min=-5&max=1,234&closing=x&kind=GIFT&after=-1&sort=9", "q=%00%00&skill=%00", "after=99999999999999999999"]
        {
            let filter = Asked::parse(odd).filter(None);
            assert!(filter.is_empty() && filter.after.is_none() && filter.order == Order::Newest, "{odd}: {filter:?}");
        }
        assert!(Asked::parse("q=%ff%fe").filter(None).words.is_some());
        assert_eq!(Asked::parse(&format!("q={}", "x".repeat(9000))).filter(None).words.map(|words| words.len()), Some(LONGEST));
    }

    #[test]
    fn a_changed_filter_leads_to_the_first_page() {
        let asked = Asked::parse("q=stock+%26+labels&kind=FIXED&after=12&min=x");
        assert_eq!(asked.with("kind", ""), "/projects?q=stock+%26+labels&min=x");
        assert_eq!(asked.with("after", "7"), "/projects?q=stock+%26+labels&kind=FIXED&min=x&after=7");
        assert_eq!(Asked::parse("kind=FIXED").with("kind", ""), "/projects");
        let chosen: Vec<String> = asked.chosen(None).into_iter().map(|(words, _)| words).collect();
        assert_eq!(chosen, ["“stock & labels”", "Fixed price"]);
    }
}
