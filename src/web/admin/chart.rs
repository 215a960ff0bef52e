//! Bars of two parts, one above the other, in a drawing of 480 by 150 units.

/// How high the tallest bar is.
const HEIGHT: i64 = 120;
/// How far apart bars begin.
const STEP: i64 = 20;

/// One bar: where it begins, and where its parts do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bar {
    /// From the left.
    pub x: i64,
    /// The lower part's upper edge, from above.
    pub y: i64,
    /// The lower part's height.
    pub height: i64,
    /// The upper part's upper edge.
    pub upper_y: i64,
    /// The upper part's height.
    pub upper: i64,
}

/// A bar for each pair, its parts in proportion to the tallest; what is not nothing can be seen.
pub fn bars(pairs: impl Iterator<Item = (i64, i64)> + Clone) -> Vec<Bar> {
    let most = pairs.clone().map(|(lower, upper)| lower + upper).max().unwrap_or_default().max(1);
    let part = |of: i64| if of > 0 { (of * HEIGHT / most).max(2) } else { 0 };
    let bar = |((lower, upper), x): ((i64, i64), i64)| {
        let (height, upper) = (part(lower), part(upper));
        Bar { x, y: HEIGHT - height, height, upper_y: HEIGHT - height - upper, upper }
    };
    pairs.zip((0..).step_by(usize::try_from(STEP).unwrap_or(1))).map(bar).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tallest_bar_fills_the_drawing() {
        let all = bars([(0, 0), (30, 30), (1, 0)].into_iter());
        assert_eq!(all[0], Bar { x: 0, y: 120, height: 0, upper_y: 120, upper: 0 });
        assert_eq!(all[1], Bar { x: 20, y: 60, height: 60, upper_y: 0, upper: 60 });
        assert_eq!(all[2].height, 2);
    }

    #[test]
    fn nothing_at_all_is_drawn_as_nothing() {
        assert!(bars([(0, 0); 24].into_iter()).iter().all(|bar| bar.height + bar.upper == 0));
    }
}
