//! Lengths of time in minutes, as people type and read them.

use std::fmt;

/// So many minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Minutes(pub i64);

/// What is wrong with typed hours; its text is shown beside the field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HoursWrong {
    /// Nothing that could be a length of time.
    #[error("Enter hours like 7.5, 7,5 or 7:30")]
    Unreadable,
    /// More than there may be: so many hours.
    #[error("Enter at most {0} hours")]
    TooMany(i64),
}

impl Minutes {
    /// Reads `7.5`, `7,5` or `7:30`, rounded to the minute and at most a day; nothing where nothing was typed.
    ///
    /// # Errors
    /// [`HoursWrong`], as a sentence for the person.
    pub fn parse(text: &str) -> Result<Option<Self>, HoursWrong> {
        Self::parse_up_to(text, 24)
    }

    /// The same with another bound, in hours.
    ///
    /// # Errors
    /// [`HoursWrong`], as a sentence for the person.
    pub fn parse_up_to(text: &str, most: i64) -> Result<Option<Self>, HoursWrong> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(None);
        }
        let minutes = match text.split_once([':', '.', ',']) {
            None => digits(text, 4)? * 60,
            Some((hours, rest)) if text.contains(':') => {
                let minutes = digits(rest, 2).ok().filter(|minutes| rest.len() == 2 && *minutes < 60);
                digits(hours, 3)? * 60 + minutes.ok_or(HoursWrong::Unreadable)?
            }
            Some((hours, rest)) => {
                let whole = if hours.is_empty() { 0 } else { digits(hours, 3)? };
                let unit = 10_i64.pow(u32::try_from(rest.len()).unwrap_or(9).min(4));
                whole * 60 + (digits(rest, 4)? * 120 + unit) / (unit * 2)
            }
        };
        if minutes > most * 60 { Err(HoursWrong::TooMany(most)) } else { Ok(Some(Self(minutes))) }
    }

    /// Whether it is nothing.
    pub fn is_zero(self) -> bool {
        self.0 == 0
    }
}

/// One to so many digits and nothing else.
fn digits(text: &str, most: usize) -> Result<i64, HoursWrong> {
    let sound = (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if sound { text.parse().map_err(|_| HoursWrong::Unreadable) } else { Err(HoursWrong::Unreadable) }
}

/// `7:30`.
impl fmt::Display for Minutes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{:02}", self.0.div_euclid(60), self.0.rem_euclid(60))
    }
}

impl std::iter::Sum for Minutes {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        Self(all.map(|one| one.0).sum())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_read_as_people_type_them() {
        let read = |text| Minutes::parse(text).map(|read| read.map(|minutes| minutes.0));
        for (text, minutes) in [
            ("7.5", 450),
            ("7,5", 450),
            ("7:30", 450),
            (" 8 ", 480),
            ("0:05", 5),
            (".25", 15),
            ("7,33", 440),
            ("24", 1440),
            ("0", 0),
            ("1.0001", 60),
        ] {
            assert_eq!(read(text), Ok(Some(minutes)), "{text}");
        }
        assert_eq!(read("  "), Ok(None));
        for bad in ["7:5", "7:60", "seven", "-1", "7.5.5", "7,", "1,000,5", "٧", "7h", "1e3", "0.12345", "7:-1"] {
            assert_eq!(read(bad), Err(HoursWrong::Unreadable), "{bad}");
        }
        assert_eq!(read("24:01"), Err(HoursWrong::TooMany(24)));
        assert_eq!(Minutes(2265).to_string(), "37:45");
    }

    proptest::proptest! {
        #[test]
        fn what_is_written_is_read_again(minutes in 0_i64..=1440) {
            proptest::prop_assert_eq!(Minutes::parse(&Minutes(minutes).to_string()), Ok(Some(Minutes(minutes))));
        }
    }
}
