//! Where everything stands on the sheets of a paper: in points from the upper left corner of A4.

use super::fonts::{Fonts, Weight};
use super::{HEADS, Paper, Party};

/// A4, across.
pub(super) const WIDTH: f32 = 595.28;
/// A4, down.
pub(super) const HEIGHT: f32 = 841.89;
const LEFT: f32 = 51.0;
const RIGHT: f32 = WIDTH - 51.0;
const TOP: f32 = 57.0;
const BOTTOM: f32 = HEIGHT - 57.0;
/// Right edges of the columns of figures.
const COLUMNS: [f32; 3] = [RIGHT - 160.0, RIGHT - 85.0, RIGHT];
/// How wide the words of a line are.
const WORDS: f32 = 250.0;
const BODY: f32 = 10.0;
const SMALL: f32 = 8.5;
/// From one line of text to the next.
const LEADING: f32 = 14.0;

/// Something that is drawn.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Mark {
    /// A line of text, from its left end on its base line.
    Text { x: f32, y: f32, size: f32, weight: Weight, text: String },
    /// A line across, so thick.
    Rule { from: f32, to: f32, y: f32, thick: f32 },
}

/// The sheets as they fill up.
struct Sheets<'f> {
    fonts: &'f Fonts,
    done: Vec<Vec<Mark>>,
    sheet: Vec<Mark>,
    y: f32,
}

/// Lays a paper out.
pub(super) fn sheets(fonts: &Fonts, paper: &Paper) -> Vec<Vec<Mark>> {
    let mut sheets = Sheets { fonts, done: Vec::new(), sheet: Vec::new(), y: TOP };
    sheets.rule(LEFT, RIGHT, 1.5);
    sheets.down(30.0);
    sheets.text(LEFT, 22.0, Weight::Strong, paper.title);
    sheets.right(RIGHT, 14.0, Weight::Plain, &paper.number);
    sheets.down(30.0);
    let top = sheets.y;
    sheets.party(LEFT, &paper.from);
    let lower = std::mem::replace(&mut sheets.y, top);
    sheets.party(LEFT + (RIGHT - LEFT) / 2.0, &paper.to);
    sheets.y = sheets.y.max(lower) + 10.0;
    for (name, value) in &paper.facts {
        sheets.text(LEFT, SMALL, Weight::Plain, name);
        sheets.wrapped(LEFT + 110.0, BODY, value, RIGHT - LEFT - 110.0);
    }
    sheets.down(14.0);
    sheets.table(paper);
    sheets.sums(paper);
    for line in &paper.note {
        sheets.wrapped(LEFT, BODY, line, RIGHT - LEFT);
    }
    sheets.down(8.0);
    sheets.wrapped(LEFT, SMALL, paper.rule, RIGHT - LEFT);
    sheets.done.push(sheets.sheet);
    sheets.done
}

impl Sheets<'_> {
    /// Goes down, to the next sheet where this one is full.
    fn down(&mut self, by: f32) {
        self.y += by;
        if self.y > BOTTOM {
            self.done.push(std::mem::take(&mut self.sheet));
            self.y = TOP + LEADING;
        }
    }

    fn text(&mut self, x: f32, size: f32, weight: Weight, text: &str) {
        if !text.is_empty() {
            self.sheet.push(Mark::Text { x, y: self.y, size, weight, text: text.to_owned() });
        }
    }

    fn right(&mut self, edge: f32, size: f32, weight: Weight, text: &str) {
        let x = edge - self.fonts.width(weight, size, text);
        self.text(x, size, weight, text);
    }

    fn rule(&mut self, from: f32, to: f32, thick: f32) {
        self.sheet.push(Mark::Rule { from, to, y: self.y, thick });
    }

    /// A text in as many lines as it needs; stands on the line behind it afterwards.
    fn wrapped(&mut self, x: f32, size: f32, text: &str, widest: f32) {
        for line in self.fonts.wrap(Weight::Plain, size, text, widest) {
            self.text(x, size, Weight::Plain, &line);
            self.down(LEADING);
        }
    }

    fn party(&mut self, x: f32, party: &Party) {
        let widest = (RIGHT - LEFT) / 2.0 - 20.0;
        self.text(x, SMALL, Weight::Plain, party.role);
        self.down(LEADING);
        for line in self.fonts.wrap(Weight::Strong, BODY, &party.name, widest) {
            self.text(x, BODY, Weight::Strong, &line);
            self.down(LEADING);
        }
        for line in &party.details {
            self.wrapped(x, BODY, line, widest);
        }
    }

    fn table(&mut self, paper: &Paper) {
        let [words, figures @ ..] = HEADS;
        self.text(LEFT, SMALL, Weight::Strong, words);
        for (edge, head) in COLUMNS.into_iter().zip(figures) {
            self.right(edge, SMALL, Weight::Strong, head);
        }
        self.down(6.0);
        self.rule(LEFT, RIGHT, 1.0);
        self.down(LEADING);
        for row in &paper.rows {
            let mut lines = self.fonts.wrap(Weight::Plain, BODY, &row.words, WORDS).into_iter();
            self.text(LEFT, BODY, Weight::Plain, &lines.next().unwrap_or_default());
            // What was read last stands last, as in the row of a table.
            let rest: Vec<String> = lines.collect();
            let figures_at = (self.done.len(), self.y);
            for line in rest {
                self.down(LEADING);
                self.text(LEFT, BODY, Weight::Plain, &line);
            }
            if figures_at.0 == self.done.len() {
                let below = std::mem::replace(&mut self.y, figures_at.1);
                self.figures(row);
                self.y = below;
            } else {
                self.figures(row);
            }
            self.down(6.0);
            self.rule(LEFT, RIGHT, 0.4);
            self.down(LEADING);
        }
    }

    fn figures(&mut self, row: &super::Row) {
        for (edge, figure) in COLUMNS.into_iter().zip([&row.time, &row.rate, &row.amount]) {
            self.right(edge, BODY, Weight::Plain, figure);
        }
    }

    fn sums(&mut self, paper: &Paper) {
        let last = paper.sums.len().saturating_sub(1);
        for (place, (name, amount)) in paper.sums.iter().enumerate() {
            let (size, weight) = if place == last { (12.0, Weight::Strong) } else { (BODY, Weight::Plain) };
            if place == last {
                self.down(2.0);
            }
            self.text(LEFT, size, weight, name);
            self.right(RIGHT, size, weight, amount);
            self.down(LEADING + 2.0);
        }
        self.rule(LEFT, RIGHT, 1.5);
        self.down(LEADING * 2.0);
    }
}
