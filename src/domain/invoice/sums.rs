//! What an invoice comes to. Whole minor units throughout, and one rule of rounding: each line, and the tax of each rate on
//! the sum of all lines, is rounded to the nearest minor unit, a half away from zero. Nothing else is rounded.

/// The rule as it stands on every invoice.
pub const ROUNDING: &str = "Each line is time × rate, rounded to the nearest hundredth, a half upwards; each tax is worked out on the sum \
     of all lines and rounded the same way.";

/// Minutes in an hour.
const HOUR: i64 = 60;
/// Basis points in a whole.
const WHOLE: i64 = 10_000;

/// `amount × part / whole` in one division, a half away from zero; `whole` is positive.
fn rounded(amount: i64, part: i64, whole: i64) -> i64 {
    let (product, whole) = (i128::from(amount) * i128::from(part), i128::from(whole));
    let half = if product < 0 { -whole } else { whole };
    i64::try_from((2 * product + half) / (2 * whole)).unwrap_or(i64::MAX)
}

/// What so many minutes cost at a price an hour.
pub fn of_time(minutes: i32, rate: i64) -> i64 {
    rounded(rate, i64::from(minutes), HOUR)
}

/// The tax on a sum.
pub fn of_tax(base: i64, basis_points: i32) -> i64 {
    rounded(base, i64::from(basis_points), WHOLE)
}

/// All that is added up below the lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sums {
    /// The lines together.
    pub subtotal: i64,
    /// Each tax, in the order of its rates.
    pub taxes: Vec<i64>,
    /// The taxes together.
    pub tax: i64,
    /// What is to be paid.
    pub total: i64,
}

impl Sums {
    /// Adds up lines and works out each tax on their sum.
    pub fn of(amounts: impl Iterator<Item = i64>, rates: impl Iterator<Item = i32>) -> Self {
        let subtotal = amounts.fold(0, i64::saturating_add);
        let taxes: Vec<i64> = rates.map(|rate| of_tax(subtotal, rate)).collect();
        let tax = taxes.iter().copied().fold(0, i64::saturating_add);
        Self { subtotal, taxes, tax, total: subtotal.saturating_add(tax) }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_half_is_rounded_away_from_zero() {
        // a minute at 0.30 an hour is half a hundredth, at 0.29 it is less
        assert_eq!(of_time(1, 30), 1);
        assert_eq!(of_time(1, 29), 0);
        assert_eq!(of_time(450, 6_000), 45_000, "7:30 at 60.00");
        assert_eq!(of_tax(50, 100), 1, "half a hundredth");
        assert_eq!(of_tax(49, 100), 0);
        assert_eq!(of_tax(-50, 100), -1);
        assert_eq!(of_tax(10_000, 1925), 1925);
    }

    #[test]
    fn tax_is_worked_out_on_the_sum_not_on_the_lines() {
        // a line of 0.02 has no tax of 20 %, three of them have
        let sums = Sums::of([2, 2, 2].into_iter(), [2000].into_iter());
        assert_eq!(sums, Sums { subtotal: 6, taxes: vec![1], tax: 1, total: 7 });
        assert_eq!(of_tax(2, 2000), 0);
    }

    proptest! {
        #[test]
        fn what_is_shown_adds_up(
            lines in prop::collection::vec((0_i32..10_080, 1_i64..99_999_999_999), 1..40),
            rates in prop::collection::vec(0_i32..=10_000, 0..5),
        ) {
            let amounts: Vec<i64> = lines.iter().map(|(minutes, rate)| of_time(*minutes, *rate)).collect();
            let sums = Sums::of(amounts.iter().copied(), rates.iter().copied());
            prop_assert_eq!(sums.subtotal, amounts.iter().sum::<i64>());
            prop_assert_eq!(sums.tax, sums.taxes.iter().sum::<i64>());
            prop_assert_eq!(sums.total, sums.subtotal + sums.tax);
            prop_assert_eq!(sums.taxes.len(), rates.len());
        }

        #[test]
        fn no_rounding_is_off_by_more_than_a_half(minutes in 0_i32..10_080, rate in 1_i64..99_999_999_999) {
            let exact = i128::from(minutes) * i128::from(rate);
            let off = i128::from(of_time(minutes, rate)) * 60 - exact;
            // a half goes upwards: never half a unit too little
            prop_assert!(-30 < off && off <= 30, "{} off", off);
        }

        #[test]
        fn tax_is_the_same_to_either_side_of_nothing(base in 0_i64..99_999_999_999, rate in 0_i32..=10_000) {
            prop_assert_eq!(of_tax(-base, rate), -of_tax(base, rate));
        }
    }
}
