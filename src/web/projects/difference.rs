//! What a project asks for otherwise than in an earlier version: part by part, the words line by line.

use jiff::tz::TimeZone;

use super::words;
use crate::domain::project::{Part, Revision};
use crate::web::shown;

/// So many lines are compared with so many; longer texts are shown whole, one behind the other.
const MOST_LINES: usize = 400;

/// All that changed between two versions.
#[derive(Debug, Clone, Default)]
pub struct Difference {
    /// Which parts, in words, before and now.
    pub parts: Vec<Changed>,
    /// The lines of the description, where it changed.
    pub lines: Vec<Line>,
}

/// One part that is short enough for a cell.
#[derive(Debug, Clone)]
pub struct Changed {
    /// Which.
    pub label: &'static str,
    /// What was asked for.
    pub before: String,
    /// What is asked for now.
    pub now: String,
}

/// A line of a text that changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// It stayed.
    Same(String),
    /// It is gone.
    Gone(String),
    /// It is new.
    New(String),
}

impl Difference {
    /// Compares two versions.
    pub fn between(earlier: &Revision, later: &Revision, zone: &TimeZone) -> Self {
        let mut difference = Self::default();
        for part in earlier.changed_in(later) {
            if part == Part::Description {
                difference.lines = lines(&earlier.description, &later.description);
                continue;
            }
            difference.parts.push(Changed { label: part.label(), before: told(earlier, part, zone), now: told(later, part, zone) });
        }
        difference
    }

    /// The changed parts' names in one line: "budget, proposals close, description".
    pub fn named(&self) -> String {
        let words = (!self.lines.is_empty()).then_some(Part::Description.label());
        self.parts.iter().map(|changed| changed.label).chain(words).map(str::to_lowercase).collect::<Vec<_>>().join(", ")
    }
}

fn told(revision: &Revision, part: Part, zone: &TimeZone) -> String {
    let or_none = |text: String| if text.is_empty() { "None".to_owned() } else { text };
    match part {
        Part::Budget => words::budget(revision.kind, revision.from(), revision.to()),
        Part::Kind => revision.kind.label().to_owned(),
        Part::Deadline => shown::time(zone, revision.deadline).words,
        Part::Skills => or_none(revision.skills.join(", ")),
        Part::Questions => or_none(revision.questions.join(" · ")),
        Part::Description => revision.description.clone(),
    }
}

/// The longest common lines stay; what is gone stands before what is new.
fn lines(before: &str, now: &str) -> Vec<Line> {
    let (before, now): (Vec<&str>, Vec<&str>) = (before.lines().collect(), now.lines().collect());
    let gone = |lines: &[&str]| lines.iter().map(|line| Line::Gone((*line).to_owned())).collect::<Vec<_>>();
    let new = |lines: &[&str]| lines.iter().map(|line| Line::New((*line).to_owned())).collect::<Vec<_>>();
    if before.len().max(now.len()) > MOST_LINES {
        return [gone(&before), new(&now)].concat();
    }
    // how many lines of the rests are common, from each place on
    let mut common = vec![vec![0_usize; now.len() + 1]; before.len() + 1];
    let at = |common: &[Vec<usize>], row: usize, column: usize| common.get(row).and_then(|row| row.get(column)).copied().unwrap_or(0);
    for (row, old) in before.iter().enumerate().rev() {
        for (column, line) in now.iter().enumerate().rev() {
            let longest = if old == line {
                at(&common, row + 1, column + 1) + 1
            } else {
                at(&common, row + 1, column).max(at(&common, row, column + 1))
            };
            if let Some(cell) = common.get_mut(row).and_then(|row| row.get_mut(column)) {
                *cell = longest;
            }
        }
    }
    let (mut row, mut column, mut lines) = (0, 0, Vec::new());
    loop {
        match (before.get(row), now.get(column)) {
            (Some(old), Some(line)) if old == line => {
                lines.push(Line::Same((*old).to_owned()));
                (row, column) = (row + 1, column + 1);
            }
            (Some(old), None) => {
                lines.push(Line::Gone((*old).to_owned()));
                row += 1;
            }
            (Some(old), Some(_)) if at(&common, row + 1, column) >= at(&common, row, column + 1) => {
                lines.push(Line::Gone((*old).to_owned()));
                row += 1;
            }
            (_, Some(line)) => {
                lines.push(Line::New((*line).to_owned()));
                column += 1;
            }
            (None, None) => return lines,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(before: &str, now: &str) -> String {
        let mark = |line: &Line| match line {
            Line::Same(text) => format!(" {text}"),
            Line::Gone(text) => format!("-{text}"),
            Line::New(text) => format!("+{text}"),
        };
        lines(before, now).iter().map(mark).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn what_stayed_stays_and_what_is_gone_comes_before_what_is_new() {
        assert_eq!(told("a\nb\nc", "a\nx\nc\nd"), " a|-b|+x| c|+d");
        assert_eq!(told("", "a"), "+a");
        assert_eq!(told("a\nb", "b"), "-a| b");
        assert_eq!(told("a", "a"), " a");
    }

    #[test]
    fn very_long_texts_are_shown_whole() {
        let long = "x\n".repeat(MOST_LINES + 1);
        assert_eq!(lines(&long, "x").len(), MOST_LINES + 2);
    }
}
