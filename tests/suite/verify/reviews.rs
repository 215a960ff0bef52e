//! Each rule between reviews and their history finds what breaks it.
use super::finds;
use super::market::Market;

/// A review of each of these sides, shown or not, past every trigger; the contract has ended so many days ago.
fn put(market: &Market, days: i64, sides: &[(&str, &str)]) -> String {
    let id = market.contract;
    let mut all =
        format!("INSERT INTO contract_endings (contract_id, ended_by, ended_at) VALUES ({id}, 1, now() - interval '{days} days');");
    for (side, shown) in sides {
        all += &format!(
            "INSERT INTO reviews (contract_id, side, rating, words, written_by, shown_at) VALUES ({id}, '{side}', 3, 'Fair.', 1, {shown});"
        );
    }
    all
}

#[test]
fn one_that_is_shown_before_the_days_are_over() {
    finds(
        |market| put(market, 3, &[("CLIENT", "now()")]),
        |market| {
            let named = |rule| format!("{rule}: contract {}", market.contract);
            ["review_waits_for_the_days", "reviews_shown_have_trace", "review_has_trace"].map(named).to_vec()
        },
    );
}

#[test]
fn both_that_are_in_and_not_shown() {
    finds(
        |market| put(market, 3, &[("CLIENT", "NULL"), ("FREELANCER", "NULL")]),
        |market| {
            let named = |rule| format!("{rule}: contract {}", market.contract);
            ["reviews_shown_together", "review_has_trace", "review_has_trace"].map(named).to_vec()
        },
    );
}
