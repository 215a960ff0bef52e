//! What a freelancer types into an invoice.

use chrono::NaiveDate;

use crate::domain::field_errors::FieldErrors;
use crate::domain::words::{InvoiceNote, PartyDetails, PaymentReference, TaxLabel};

/// How many taxes an invoice can name.
pub const MOST_TAXES: usize = 4;

/// A tax: its name and its rate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tax {
    /// As `VAT`.
    pub label: String,
    /// Hundredths of a percent: 20 % is 2000.
    pub basis_points: i32,
}

/// What is chosen and typed, parsed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvoiceContent {
    /// Approved weeks, by their ids, in order and each once.
    pub weeks: Vec<i64>,
    /// Approved milestones, the same.
    pub milestones: Vec<i64>,
    /// Taxes on the sum.
    pub taxes: Vec<Tax>,
    /// Until when it is to be paid.
    pub due_on: NaiveDate,
    /// The freelancer's address, tax number and bank, as they are to stand on it.
    pub issuer_details: PartyDetails,
    /// The client's address.
    pub client_details: PartyDetails,
    /// Words below the sums.
    pub note: InvoiceNote,
}

/// The same as it was typed.
#[derive(Debug, Clone, Default)]
pub struct InvoiceTyped<'t> {
    /// Ids.
    pub weeks: Vec<&'t str>,
    /// Ids.
    pub milestones: Vec<&'t str>,
    /// Names of taxes with their rates.
    pub taxes: Vec<(&'t str, &'t str)>,
    /// `2026-12-31`.
    pub due_on: &'t str,
    /// Lines.
    pub issuer_details: &'t str,
    /// Lines.
    pub client_details: &'t str,
    /// Paragraphs.
    pub note: &'t str,
}

impl InvoiceContent {
    /// Parses what was typed.
    ///
    /// # Errors
    /// Everything that is wrong, by field.
    pub fn parse(typed: &InvoiceTyped<'_>) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let (weeks, milestones) = (ids(&typed.weeks), ids(&typed.milestones));
        if weeks.is_empty() && milestones.is_empty() {
            errors.add("week", "Choose at least one approved week or milestone");
        }
        let taxes = taxes(&typed.taxes, &mut errors);
        let due_on = typed.due_on.trim().parse().map_err(|_| "Enter the day until which it is to be paid, as 2026-12-31");
        let due_on = errors.take("due_on", due_on);
        let issuer_details = errors.take("issuer_details", PartyDetails::parse(typed.issuer_details));
        let client_details = errors.take("client_details", PartyDetails::parse(typed.client_details));
        let note = errors.take("note", InvoiceNote::parse(typed.note));
        let content = match (due_on, issuer_details, client_details, note) {
            (Some(due_on), Some(issuer_details), Some(client_details), Some(note)) => {
                Some(Self { weeks, milestones, taxes, due_on, issuer_details, client_details, note })
            }
            _ => None,
        };
        errors.or(content)
    }
}

/// In order and each once, which is the order of their locks too.
fn ids(typed: &[&str]) -> Vec<i64> {
    let mut ids: Vec<i64> = typed.iter().filter_map(|id| id.trim().parse().ok()).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// Rows of which nothing is filled in do not count.
fn taxes(typed: &[(&str, &str)], errors: &mut FieldErrors) -> Vec<Tax> {
    let mut taxes: Vec<Tax> = Vec::new();
    for (place, (label, rate)) in typed.iter().enumerate().take(MOST_TAXES) {
        if label.trim().is_empty() && rate.trim().is_empty() {
            continue;
        }
        let label = errors.take(&format!("tax_label_{place}"), TaxLabel::parse(label));
        let rate = errors.take(&format!("tax_rate_{place}"), parse_rate(rate));
        if let (Some(label), Some(basis_points)) = (label, rate) {
            if taxes.iter().any(|tax| tax.label == label.as_str()) {
                errors.add(format!("tax_label_{place}"), "Name each tax once");
            }
            taxes.push(Tax { label: label.as_str().to_owned(), basis_points });
        }
    }
    taxes
}

/// Reads a rate as people write it: `20`, `19.5`, `7,25 %`.
///
/// # Errors
/// What is wrong, as a sentence for the person.
pub fn parse_rate(text: &str) -> Result<i32, &'static str> {
    const WRONG: &str = "Enter the rate in percent, like 20 or 7.25, at most 100";
    let typed = text.trim().trim_end_matches('%').trim_end().replace(',', ".");
    let (whole, part) = typed.split_once('.').unwrap_or((&typed, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 3 || part.len() > 2 || !digits(whole) || !digits(part) {
        return Err(WRONG);
    }
    let points: i32 = format!("{whole}{part:0<2}").parse().map_err(|_| WRONG)?;
    if points > 10_000 { Err(WRONG) } else { Ok(points) }
}

/// A rate as people read it, and as a field takes it back: `20`, `7.25`.
pub fn rate(basis_points: i32) -> String {
    let text = format!("{}.{:02}", basis_points / 100, basis_points % 100);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// By which transfer an invoice was paid.
///
/// # Errors
/// What is wrong, beside its field.
pub fn parse_reference(typed: &str) -> Result<PaymentReference, FieldErrors> {
    PaymentReference::parse(typed).map_err(|wrong| {
        let mut errors = FieldErrors::new();
        errors.add("reference", wrong.to_string());
        errors
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_read_as_people_write_them() {
        for (typed, points) in [("20", 2000), ("19.5", 1950), ("7,25 %", 725), ("0", 0), ("100", 10_000), ("8.1%", 810)] {
            assert_eq!(parse_rate(typed), Ok(points), "{typed}");
        }
        for wrong in ["", "%", "-1", "100.01", "1000", "7.255", "1e2", "a", "1.2.3", "."] {
            assert!(parse_rate(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn whoever_chose_nothing_is_told_so_with_all_else() {
        let typed = InvoiceTyped { taxes: vec![("", "20"), ("VAT", "x"), ("", "")], due_on: "soon", ..InvoiceTyped::default() };
        let errors = InvoiceContent::parse(&typed).unwrap_err();
        for field in ["week", "tax_label_0", "tax_rate_1", "due_on"] {
            assert!(errors.on(field).is_some(), "{field}");
        }
        assert!(errors.on("tax_label_2").is_none());
    }

    #[test]
    fn what_is_chosen_twice_counts_once() {
        let typed = InvoiceTyped { weeks: vec!["9", "3", "9", "x"], due_on: "2026-12-31", ..InvoiceTyped::default() };
        assert_eq!(InvoiceContent::parse(&typed).unwrap().weeks, [3, 9]);
    }

    proptest::proptest! {
        #[test]
        fn a_rate_is_read_back(points in 0..=10_000) {
            proptest::prop_assert_eq!(parse_rate(&rate(points)), Ok(points));
        }

        #[test]
        fn no_rate_typed_can_panic(text in ".{0,12}") {
            let _ = parse_rate(&text);
        }
    }
}
