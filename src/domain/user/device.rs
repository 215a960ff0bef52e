//! What somebody signs in with, as far as it says.

use serde::{Deserialize, Serialize};

use crate::domain::text_enum::text_enum;

/// A browser and where it asks from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    /// What the browser says of itself.
    pub agent: String,
    /// Its network address.
    pub address: String,
}

text_enum! {
    /// How a sign-in ended.
    SignInOutcome {
        /// The password was right.
        SignedIn = "SIGNED_IN",
        /// It was not.
        WrongPassword = "WRONG_PASSWORD",
        /// It was, and the code behind it was not.
        WrongCode = "WRONG_CODE",
        /// Both were right.
        SignedInByCode = "SIGNED_IN_BY_CODE",
        /// The password was right, and one of the codes that were written down.
        Recovered = "RECOVERED",
    }
}

impl SignInOutcome {
    /// As its person reads it.
    pub fn words(self) -> &'static str {
        match self {
            Self::SignedIn => "Signed in",
            Self::WrongPassword => "Wrong password",
            Self::WrongCode => "Right password, wrong code",
            Self::SignedInByCode => "Signed in with a code",
            Self::Recovered => "Signed in with a recovery code",
        }
    }

    /// Whether it was refused.
    pub fn is_wrong(self) -> bool {
        matches!(self, Self::WrongPassword | Self::WrongCode)
    }
}

/// How much of what a browser says is kept: as much as the schema takes.
const LONGEST: usize = 300;

/// What browsers call themselves, those first that also call themselves another.
const BROWSERS: [(&str, &str); 7] = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("Chrom", "Chrome"),
    ("Safari/", "Safari"),
];
/// The same for what they run on.
const SYSTEMS: [(&str, &str); 7] = [
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
];

impl Device {
    /// Of what was sent; nobody has to tell the truth here, so it is cut and cleaned and means nothing.
    pub fn new(agent: &str, address: String) -> Self {
        Self { agent: agent.chars().filter(|letter| !letter.is_control()).take(LONGEST).collect(), address }
    }

    /// As “Firefox on Linux”.
    pub fn words(&self) -> String {
        let known =
            |names: &[(&'static str, &'static str)]| names.iter().find(|(sign, _)| self.agent.contains(sign)).map(|(_, name)| *name);
        match (known(&BROWSERS), known(&SYSTEMS)) {
            (Some(browser), Some(system)) => format!("{browser} on {system}"),
            (Some(browser), None) => browser.to_owned(),
            (None, Some(system)) => format!("A browser on {system}"),
            (None, None) => "An unknown browser".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_are_told_by_what_they_say() {
        let said = |agent: &str| Device::new(agent, String::new()).words();
        assert_eq!(said("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"), "Firefox on Linux");
        assert_eq!(
            said("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Safari/537.36 Edg/142.0"),
            "Edge on Windows"
        );
        assert_eq!(
            said("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Mobile Safari/537.36"),
            "Chrome on Android"
        );
        assert_eq!(
            said("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile Safari/604.1"),
            "Safari on iPhone"
        );
        assert_eq!(said("curl/8"), "An unknown browser");
        let long = Device::new(&format!("a\u{7}{}", "ä".repeat(400)), String::new());
        assert_eq!((long.agent.chars().count(), long.agent.contains('\u{7}')), (300, false));
    }
}
