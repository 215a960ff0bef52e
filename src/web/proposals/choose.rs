//! The list that proposals are chosen from: its buttons take the ticks along, from page to page and from filter to filter.

use std::borrow::Borrow;

use super::asked::MOST;
use super::column::Column;
use super::compare::Page;
use super::order::{By, Show};

impl Page {
    /// Whether a proposal is chosen.
    pub(super) fn is_ticked(&self, column: &Column) -> bool {
        self.asked.chosen.contains(&column.offer.named.proposal.id)
    }

    /// How many are chosen so far, in words.
    pub(super) fn chosen_so_far(&self) -> String {
        match self.asked.chosen.len() {
            0 => format!("None of {MOST} chosen"),
            count => format!("{count} of {MOST} chosen"),
        }
    }

    /// Whose could not be chosen too.
    pub(super) fn beyond_five(&self) -> String {
        match self.left_out.as_slice() {
            [] => String::new(),
            [one] => format!("{one} was"),
            [rest @ .., last] => format!("{} and {last} were", rest.join(", ")),
        }
    }

    /// Where buttons of the list lead: to another order,
    pub(super) fn go_sorted(&self, by: impl Borrow<By>) -> String {
        self.asked.sorted(*by.borrow()).go()
    }

    /// to others to choose from,
    pub(super) fn go_showing(&self, show: impl Borrow<Show>) -> String {
        self.asked.showing(*show.borrow()).go()
    }

    /// to the first page,
    pub(super) fn go_first(&self) -> Option<String> {
        self.asked.after.map(|_| self.asked.behind(None).go())
    }

    /// and to the next.
    pub(super) fn go_next(&self) -> Option<String> {
        Some(self.behind_last()?.go())
    }
}
