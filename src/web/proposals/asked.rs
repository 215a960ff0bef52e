//! What the address of a comparison asks for: which proposals, in which order, which page.

use std::convert::Infallible;
use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};

use super::order::{By, Show};
use crate::domain::ids::{ProjectId, ProposalId};
use crate::web::form::Fields;

/// So many stand side by side at most, where they were chosen.
pub const MOST: usize = 5;

/// The address's parts. What makes no sense is passed over: a comparison is always shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    /// The proposals that were chosen, each once.
    pub chosen: Vec<ProposalId>,
    /// More were chosen than fit.
    pub too_many: bool,
    /// All that are shown stand side by side, however many there are.
    pub all: bool,
    /// Which are shown, where none was chosen.
    pub show: Show,
    /// In which order.
    pub by: By,
    /// The other way round.
    pub reversed: bool,
    /// The last proposal of the page before.
    pub after: Option<ProposalId>,
}

impl Asked {
    /// Reads an address's query.
    pub fn parse(query: &str) -> Self {
        let fields = Fields::parse(query.as_bytes());
        let mut chosen: Vec<ProposalId> = Vec::new();
        for id in fields.all("p").into_iter().filter_map(|id| id.parse().ok()) {
            if !chosen.contains(&id) {
                chosen.push(id);
            }
        }
        let too_many = chosen.len() > MOST;
        chosen.truncate(MOST);
        let sort = fields.get("sort");
        let (reversed, word) = sort.strip_prefix('-').map_or((false, sort), |word| (true, word));
        Self {
            all: chosen.is_empty() && fields.all("p").contains(&"all"),
            chosen,
            too_many,
            show: Show::parse(fields.get("show")),
            by: By::parse(word),
            reversed,
            after: fields.get("after").parse().ok(),
        }
    }

    /// The query that asks for this.
    pub fn query(&self) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for id in &self.chosen {
            query.append_pair("p", &id.to_string());
        }
        if self.all {
            query.append_pair("p", "all");
        }
        if self.show != Show::default() {
            query.append_pair("show", self.show.word());
        }
        if self.by != By::default() || self.reversed {
            query.append_pair("sort", &format!("{}{}", if self.reversed { "-" } else { "" }, self.by.word()));
        }
        if let Some(after) = self.after {
            query.append_pair("after", &after.to_string());
        }
        query.finish()
    }

    /// The address that asks for this.
    pub fn address(&self, project: ProjectId) -> String {
        self.under(&format!("/projects/{project}/proposals"))
    }

    /// The address of the same as a file.
    pub fn file(&self, project: ProjectId) -> String {
        Self { after: None, ..self.clone() }.under(&format!("/projects/{project}/proposals.csv"))
    }

    fn under(&self, path: &str) -> String {
        let query = self.query();
        if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
    }

    /// The same in another order, from its first page on; in the order it has, the other way round.
    pub fn sorted(&self, by: By) -> Self {
        Self { by, reversed: by == self.by && !self.reversed, after: None, ..self.clone() }
    }

    /// Other proposals, in the same order.
    pub fn showing(&self, show: Show) -> Self {
        Self { show, chosen: Vec::new(), too_many: false, after: None, ..self.clone() }
    }

    /// The same without one of those that were chosen.
    pub fn without(&self, id: ProposalId) -> Self {
        let chosen = self.chosen.iter().copied().filter(|chosen| *chosen != id).collect();
        Self { chosen, too_many: false, ..self.clone() }
    }

    /// The page behind this proposal.
    pub fn behind(&self, after: Option<ProposalId>) -> Self {
        Self { after, ..self.clone() }
    }

    /// All of them, side by side or as a list.
    pub fn side_by_side(&self, all: bool) -> Self {
        Self { all, ..self.showing(self.show) }
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

    #[test]
    fn what_makes_no_sense_is_passed_over() {
        for odd in ["", "p=&p=x&p=-1&sort=colour&show=none&after=x", "&&&==", "p=99999999999999999999", "p=%00%ff"] {
            assert_eq!(Asked::parse(odd), Asked::default(), "{odd}");
        }
        let many = Asked::parse("p=1&p=2&p=2&p=3&p=4&p=5&p=6");
        assert!(many.too_many && many.chosen.len() == MOST);
        assert!(!Asked::parse("p=1&p=all").all);
    }

    #[test]
    fn an_address_says_what_it_was_read_from() {
        for query in ["p=7&p=12&sort=-finish", "p=all&show=pending", "show=archived&sort=days&after=9", "sort=-price"] {
            assert_eq!(Asked::parse(query).query(), query);
        }
        let asked = Asked::parse("p=7&p=12&sort=finish&after=3");
        assert_eq!(asked.sorted(By::Finish).query(), "p=7&p=12&sort=-finish");
        assert_eq!(asked.sorted(By::Days).query(), "p=7&p=12&sort=days");
        assert_eq!(asked.without(ProposalId(7)).query(), "p=12&sort=finish&after=3");
        assert_eq!(asked.showing(Show::All).address(ProjectId(4)), "/projects/4/proposals?show=all&sort=finish");
    }
}
