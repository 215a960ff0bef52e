//! Money: whole minor units and a currency. No floats anywhere.

use std::fmt;

/// The currencies that Guildhall knows, each of two decimals, with the sign before an amount.
const CURRENCIES: &[(&str, &str)] = &[
    ("EUR", "€"),
    ("USD", "$"),
    ("GBP", "£"),
    ("CHF", "CHF "),
    ("SEK", "SEK "),
    ("NOK", "NOK "),
    ("DKK", "DKK "),
    ("PLN", "PLN "),
    ("CZK", "CZK "),
    ("CAD", "CA$"),
    ("AUD", "A$"),
    ("NZD", "NZ$"),
];

/// The largest amount that can be typed: 999,999,999.99.
const LARGEST: i64 = 99_999_999_999;

/// A currency that Guildhall knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Currency {
    code: &'static str,
    sign: &'static str,
}

impl Currency {
    /// By its ISO 4217 code.
    pub fn parse(code: &str) -> Option<Self> {
        let wanted = code.trim().to_ascii_uppercase();
        CURRENCIES.iter().find(|(code, _)| *code == wanted).map(|(code, sign)| Self { code, sign })
    }

    /// All of them, for a list to choose from.
    pub fn all() -> impl Iterator<Item = Self> {
        CURRENCIES.iter().map(|(code, sign)| Self { code, sign })
    }

    /// The ISO 4217 code.
    pub fn code(self) -> &'static str {
        self.code
    }
}

/// An amount of money.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Money<'c> {
    /// In hundredths of the currency.
    pub minor: i64,
    /// ISO 4217.
    pub currency: &'c str,
}

impl fmt::Display for Money<'_> {
    /// As people read it: `€6,400.00`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match Currency::parse(self.currency) {
            Some(currency) => f.write_str(currency.sign)?,
            None => write!(f, "{} ", self.currency)?,
        }
        let digits = (self.minor / 100).to_string();
        for (place, digit) in digits.chars().enumerate() {
            if place > 0 && (digits.len() - place).is_multiple_of(3) {
                f.write_str(",")?;
            }
            write!(f, "{digit}")?;
        }
        write!(f, ".{:02}", self.minor % 100)
    }
}

/// An amount as a field shows it and takes it back: `6400.50`.
pub fn plain(minor: i64) -> String {
    format!("{}.{:02}", minor / 100, minor % 100)
}

/// What is wrong with an amount; its text is shown beside the field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AmountWrong {
    /// Nothing typed.
    #[error("Enter an amount, like 6400 or 6400.50")]
    Missing,
    /// Not digits with an optional fraction.
    #[error("Enter the amount as a number, like 6400 or 6400.50")]
    NotANumber,
    /// `1,234` may mean two things.
    #[error("Write thousands without a separator, like 6400, so that it cannot be mistaken")]
    Ambiguous,
    /// More than two decimals.
    #[error("Use at most two decimals")]
    TooFine,
    /// Zero.
    #[error("Enter an amount above zero")]
    Zero,
    /// Beyond what can be stored safely.
    #[error("Enter an amount below 1,000,000,000")]
    TooLarge,
}

/// Reads an amount in minor units from what people type: `6400`, `6400.5`, `6 400,50`, `6,400.50`, `6.400,50`.
///
/// The last `.` or `,` followed by one or two digits is the decimal mark; a single separator before exactly three
/// digits could be either and is asked back.
///
/// # Errors
/// What is wrong, as a sentence for the person.
pub fn parse_amount(text: &str) -> Result<i64, AmountWrong> {
    let typed: String = text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{202f}' | '\'')).collect();
    if typed.is_empty() {
        return Err(AmountWrong::Missing);
    }
    if !typed.chars().all(|c| c.is_ascii_digit() || c == '.' || c == ',') || !typed.starts_with(|c: char| c.is_ascii_digit()) {
        return Err(AmountWrong::NotANumber);
    }
    let (whole, fraction) = split_decimal(&typed)?;
    let whole: i64 = whole.parse().map_err(|_| AmountWrong::TooLarge)?;
    let cents: i64 = match fraction.len() {
        0 => 0,
        1 => fraction.parse::<i64>().map_err(|_| AmountWrong::NotANumber)? * 10,
        2 => fraction.parse().map_err(|_| AmountWrong::NotANumber)?,
        _ => return Err(AmountWrong::TooFine),
    };
    let minor = whole.checked_mul(100).and_then(|minor| minor.checked_add(cents)).ok_or(AmountWrong::TooLarge)?;
    match minor {
        0 => Err(AmountWrong::Zero),
        minor if minor > LARGEST => Err(AmountWrong::TooLarge),
        minor => Ok(minor),
    }
}

/// The digits before the decimal mark, thousands joined, and those behind it.
fn split_decimal(typed: &str) -> Result<(String, &str), AmountWrong> {
    let Some((before, mark, behind)) = last_mark(typed) else {
        return Ok((typed.to_owned(), ""));
    };
    let marks = |c: char| typed.matches(c).count();
    let thousands = if mark == '.' { ',' } else { '.' };
    if marks(mark) > 1 {
        // one sign several times can only part thousands
        return if marks(thousands) == 0 { Ok((join_thousands(typed, mark)?, "")) } else { Err(AmountWrong::NotANumber) };
    }
    if behind.len() == 3 && marks(thousands) == 0 {
        return Err(AmountWrong::Ambiguous);
    }
    Ok((join_thousands(before, thousands)?, behind))
}

fn last_mark(typed: &str) -> Option<(&str, char, &str)> {
    let (place, mark) = typed.char_indices().rev().find(|(_, c)| matches!(c, '.' | ','))?;
    Some((typed.get(..place)?, mark, typed.get(place + 1..)?))
}

/// `1,234,567` without its separators; every group but the first has three digits.
fn join_thousands(digits: &str, separator: char) -> Result<String, AmountWrong> {
    let mut groups = digits.split(separator);
    let first = groups.next().unwrap_or_default();
    let mut joined = first.to_owned();
    for group in groups {
        if group.len() != 3 || first.len() > 3 || first.is_empty() {
            return Err(AmountWrong::NotANumber);
        }
        joined.push_str(group);
    }
    if joined.bytes().all(|byte| byte.is_ascii_digit()) { Ok(joined) } else { Err(AmountWrong::NotANumber) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_as_people_write_them() {
        for (typed, minor) in [
            ("6400", 640_000),
            ("6400.5", 640_050),
            ("6 400,50", 640_050),
            ("6,400.50", 640_050),
            ("6.400,50", 640_050),
            ("1.234.567", 123_456_700),
            ("0.01", 1),
        ] {
            assert_eq!(parse_amount(typed), Ok(minor), "{typed}");
        }
    }

    #[test]
    fn what_could_be_mistaken_is_asked_back() {
        use AmountWrong::*;
        for (typed, wrong) in [
            ("", Missing),
            ("six", NotANumber),
            ("6,400", Ambiguous),
            ("6.400", Ambiguous),
            ("1.2345", TooFine),
            ("0", Zero),
            ("1000000000", TooLarge),
            ("99999999999999999999", TooLarge),
            ("-5", NotANumber),
            ("1,2,3", NotANumber),
            ("1e5", NotANumber),
            (".5", NotANumber),
        ] {
            assert_eq!(parse_amount(typed), Err(wrong), "{typed}");
        }
    }

    #[test]
    fn money_is_shown_with_its_sign_and_two_decimals() {
        assert_eq!(Money { minor: 640_050, currency: "EUR" }.to_string(), "€6,400.50");
        assert_eq!(Money { minor: 5, currency: "CHF" }.to_string(), "CHF 0.05");
        assert_eq!(Money { minor: 12_345_678_900, currency: "XXX" }.to_string(), "XXX 123,456,789.00");
    }

    proptest::proptest! {
        #[test]
        fn what_a_field_shows_is_read_back(minor in 1..LARGEST) {
            proptest::prop_assert_eq!(parse_amount(&plain(minor)), Ok(minor));
        }

        #[test]
        fn nothing_typed_can_panic(text in ".{0,40}") {
            let _ = parse_amount(&text);
        }
    }
}
