//! Words that several pages have for a project.

use crate::domain::money::Money;
use crate::domain::project::ProjectKind;

/// The budget: `€6,000.00 to €9,000.00`, or `€55.00 an hour`.
pub fn budget(kind: ProjectKind, from: Money<'_>, to: Money<'_>) -> String {
    let unit = match kind {
        ProjectKind::Fixed => "",
        ProjectKind::Hourly => " an hour",
    };
    if from == to { format!("{from}{unit}") } else { format!("{from} to {to}{unit}") }
}

/// What stands beside the field of a deadline.
pub fn clock(zone: &str) -> String {
    format!("In your time zone, {zone}. No proposal is taken after this moment.")
}

/// How many proposals there are.
pub fn proposals(count: i32) -> String {
    match count {
        0 => "No proposals yet".to_owned(),
        1 => "1 proposal".to_owned(),
        count => format!("{count} proposals"),
    }
}

/// How many there are, where nobody can read them yet and where they can.
pub fn bids(count: i32, sealed: bool) -> String {
    match (count, sealed) {
        (1, true) => "1 sealed proposal".to_owned(),
        (0, true) => "No sealed proposals yet".to_owned(),
        (count, true) => format!("{count} sealed proposals"),
        (count, false) => proposals(count),
    }
}

/// Whether bids are sealed.
pub fn sealed(sealed: bool) -> &'static str {
    if sealed { "Sealed until they are opened" } else { "Read by the client as they come" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_budget_says_what_it_pays_for() {
        let euros = |minor| Money { minor, currency: "EUR" };
        assert_eq!(budget(ProjectKind::Fixed, euros(600_000), euros(900_000)), "€6,000.00 to €9,000.00");
        assert_eq!(budget(ProjectKind::Hourly, euros(5_500), euros(5_500)), "€55.00 an hour");
    }
}
