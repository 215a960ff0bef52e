//! Bars beside each other's words, in a drawing of 480 units across.

use crate::domain::report::Sum;

/// How far one bar is below the other.
const STEP: usize = 38;
/// How long the longest one is.
const LONGEST: i64 = 480;

/// One bar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// What it is of.
    pub label: String,
    /// How much, in words.
    pub words: String,
    /// Where its words stand, from above.
    pub words_y: usize,
    /// Where it begins, from above.
    pub y: usize,
    /// How long it is.
    pub width: i64,
}

/// Bars in proportion to the longest; what is not nothing can be seen.
pub fn bars(sums: &[(String, Sum)], figure: impl Fn(&Sum) -> i64, words: impl Fn(i64) -> String) -> Vec<Bar> {
    let most = sums.iter().map(|(_, sum)| figure(sum)).max().unwrap_or_default().max(1);
    let bar = |(place, (label, sum)): (usize, &(String, Sum))| {
        let figure = figure(sum);
        let width = if figure > 0 { (i128::from(figure) * i128::from(LONGEST) / i128::from(most)).max(2) } else { 0 };
        let width = i64::try_from(width).unwrap_or(LONGEST);
        Bar { label: shortened(label), words: words(figure), words_y: place * STEP + 14, y: place * STEP + 20, width }
    };
    sums.iter().enumerate().map(bar).collect()
}

/// How high a drawing of so many bars is.
pub fn height(bars: usize) -> usize {
    bars * STEP
}

/// A label that leaves room for the figure; the table has it whole.
fn shortened(label: &str) -> String {
    const MOST: usize = 42;
    if label.chars().count() <= MOST { label.to_owned() } else { label.chars().take(MOST - 1).chain(['…']).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_bar_fills_the_drawing() {
        let sum = |invoiced| Sum { invoiced, ..Sum::default() };
        let all = [("a".to_owned(), sum(0)), ("b".to_owned(), sum(i64::MAX / 2)), ("c".repeat(50), sum(1))];
        let drawn = bars(&all, |sum| sum.invoiced, |figure| figure.to_string());
        assert_eq!(drawn.iter().map(|bar| bar.width).collect::<Vec<_>>(), [0, 480, 2]);
        assert_eq!(drawn[2].label.chars().count(), 42);
    }
}
