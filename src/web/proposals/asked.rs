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
    /// Those that were chosen beyond what fits.
    pub left_out: Vec<ProposalId>,
    /// The list that proposals are chosen from, with those that were chosen so far.
    pub choosing: bool,
    /// A button of that list was pressed: its address is another one.
    pub pressed: bool,
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
    /// Reads an address's query. A button of the list says where it leads, the ticks beside it which proposals are chosen.
    pub fn parse(query: &str) -> Self {
        let pressed = Fields::parse(query.as_bytes());
        let led = pressed.has("go").then(|| Fields::parse(pressed.get("go").as_bytes()));
        let read = Self::read(&pressed, led.as_ref().unwrap_or(&pressed));
        Self { choosing: (read.choosing || led.is_some()) && !read.chosen.is_empty(), pressed: led.is_some(), ..read }
    }

    fn read(ticked: &Fields, fields: &Fields) -> Self {
        let mut chosen: Vec<ProposalId> = Vec::new();
        for id in ticked.all("p").into_iter().filter_map(|id| id.parse().ok()) {
            if !chosen.contains(&id) {
                chosen.push(id);
            }
        }
        let left_out = chosen.split_off(chosen.len().min(MOST));
        let sort = fields.get("sort");
        let (reversed, word) = sort.strip_prefix('-').map_or((false, sort), |word| (true, word));
        Self {
            all: chosen.is_empty() && fields.all("p").contains(&"all"),
            chosen,
            left_out,
            choosing: fields.get("view") == "list",
            pressed: false,
            show: Show::parse(fields.get("show")),
            by: By::parse(word),
            reversed,
            after: fields.get("after").parse().ok(),
        }
    }

    /// The query that asks for this.
    pub fn query(&self) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for id in self.chosen.iter().chain(&self.left_out) {
            query.append_pair("p", &id.to_string());
        }
        if self.all {
            query.append_pair("p", "all");
        }
        if self.choosing {
            query.append_pair("view", "list");
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
    pub fn file(&self, project: ProjectId, format: &str) -> String {
        let asked = Self { after: None, ..self.clone() };
        if self.choosing { asked.without_ticks() } else { asked }.under(&format!("/projects/{project}/proposals.{format}"))
    }

    fn under(&self, path: &str) -> String {
        let query = self.query();
        if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
    }

    /// The same in another order, from its first page on; in the order it has, the other way round.
    pub fn sorted(&self, by: By) -> Self {
        Self { by, reversed: by == self.by && !self.reversed, ..self.behind(None) }
    }

    /// Others to choose from, in the same order; those that were chosen stay so.
    pub fn showing(&self, show: Show) -> Self {
        Self { show, all: false, choosing: !self.chosen.is_empty(), ..self.behind(None) }
    }

    /// The same without one of those that were chosen.
    pub fn without(&self, id: ProposalId) -> Self {
        let chosen = self.chosen.iter().copied().filter(|chosen| *chosen != id).collect();
        Self { chosen, left_out: Vec::new(), ..self.clone() }
    }

    /// The page behind this proposal.
    pub fn behind(&self, after: Option<ProposalId>) -> Self {
        Self { after, left_out: Vec::new(), ..self.clone() }
    }

    /// All that are shown, side by side.
    pub fn side_by_side(&self) -> Self {
        Self { all: true, ..self.behind(None).without_ticks() }
    }

    /// The same with nothing chosen.
    fn without_ticks(self) -> Self {
        Self { chosen: Vec::new(), left_out: Vec::new(), choosing: false, ..self }
    }

    /// What a button of the list leads to: the ticks beside it are sent with it.
    pub fn go(self) -> String {
        self.without_ticks().query()
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
        assert_eq!((many.chosen.len(), many.left_out), (MOST, vec![ProposalId(6)]));
        assert!(!Asked::parse("p=1&p=all").all);
    }

    #[test]
    fn an_address_says_what_it_was_read_from() {
        for query in
            ["p=7&p=12&sort=-finish", "p=all&show=pending", "p=7&view=list&after=9", "show=archived&sort=days&after=9", "sort=-price"]
        {
            assert_eq!(Asked::parse(query).query(), query);
        }
        let asked = Asked::parse("p=7&p=12&sort=finish&after=3");
        assert_eq!(asked.sorted(By::Finish).query(), "p=7&p=12&sort=-finish");
        assert_eq!(asked.sorted(By::Days).query(), "p=7&p=12&sort=days");
        assert_eq!(asked.without(ProposalId(7)).query(), "p=12&sort=finish&after=3");
        assert_eq!(asked.showing(Show::All).query(), "p=7&p=12&view=list&show=all&sort=finish");
        let asked = Asked::parse("sort=finish");
        assert_eq!(asked.showing(Show::All).address(ProjectId(4)), "/projects/4/proposals?show=all&sort=finish");
    }

    #[test]
    fn a_button_of_the_list_takes_the_ticks_along() {
        let next = Asked::parse("p=7&view=list&show=all").behind(Some(ProposalId(40))).go();
        assert_eq!(next, "show=all&after=40");
        let query =
            form_urlencoded::Serializer::new(String::new()).append_pair("p", "7").append_pair("p", "9").append_pair("go", &next).finish();
        let led = Asked::parse(&query);
        assert!(led.pressed);
        assert_eq!(led.query(), "p=7&p=9&view=list&show=all&after=40");
        assert_eq!(Asked::parse("go=").query(), "", "nothing is chosen");
        assert!(!Asked::parse("view=list").choosing);
        let six = Asked::parse("p=1&p=2&p=3&p=4&p=5&p=6&go=");
        assert_eq!(six.query(), "p=1&p=2&p=3&p=4&p=5&p=6&view=list", "the next page says that it is one too many");
        assert_eq!(six.sorted(By::Days).query(), "p=1&p=2&p=3&p=4&p=5&view=list&sort=days");
    }
}
