//! What somebody types to show that they have the second factor.

use super::recovery::RecoveryCode;

/// Six digits of an app.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct AppCode(u32);

impl AppCode {
    pub(super) fn of(number: u32) -> Self {
        Self(number % 1_000_000)
    }

    /// Reads six digits, however they are spaced.
    ///
    /// # Errors
    /// A sentence for the person.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let typed = without_gaps(text);
        let is_code = typed.len() == 6 && typed.bytes().all(|byte| byte.is_ascii_digit());
        let code = if is_code { typed.parse().ok().map(Self) } else { None };
        code.ok_or("Enter the six digits that your app shows")
    }

    /// As the app shows it.
    pub fn shown(self) -> String {
        format!("{:06}", self.0)
    }
}

impl std::fmt::Debug for AppCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("AppCode(…)")
    }
}

/// A code of either kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Code {
    /// Of the app.
    App(AppCode),
    /// One of those that were written down.
    Recovery(RecoveryCode),
}

impl Code {
    /// Reads either.
    ///
    /// # Errors
    /// A sentence for the person.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        if let Ok(code) = AppCode::parse(text) {
            return Ok(Self::App(code));
        }
        RecoveryCode::parse(text).map(Self::Recovery).ok_or("Enter the six digits that your app shows, or one of your recovery codes")
    }
}

/// Codes are typed as they are read: with spaces and strokes.
pub(super) fn without_gaps(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_whitespace() && !matches!(letter, '-' | '\u{2010}'..='\u{2015}')).take(40).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn six_digits_are_read_however_they_are_spaced() {
        for typed in ["005924", " 005 924 ", "005-924", "005\u{a0}924"] {
            assert_eq!(AppCode::parse(typed).unwrap().shown(), "005924", "{typed}");
        }
        for wrong in ["", "5924", "0059241", "００５９２４", "+05924", "abcdef"] {
            assert!(AppCode::parse(wrong).is_err(), "{wrong}");
        }
        assert!(matches!(Code::parse("005924"), Ok(Code::App(_))));
        assert!(matches!(Code::parse("ABCD-EFGH ijkl mnop"), Ok(Code::Recovery(_))));
        assert!(Code::parse("abcd-efgh").is_err());
    }
}
