//! Time zones by name.

use jiff::tz::TimeZone;

/// The IANA name of a time zone that exists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeZoneName(String);

impl TimeZoneName {
    /// By its name, in the spelling of the time zone database.
    ///
    /// # Errors
    /// A sentence for the person.
    pub fn parse(name: &str) -> Result<Self, &'static str> {
        let zone = TimeZone::get(name.trim()).map_err(|_| "Choose a time zone from the list")?;
        zone.iana_name().map(|name| Self(name.to_owned())).ok_or("Choose a time zone from the list")
    }

    /// All names, in order, for a list to choose from.
    pub fn all() -> Vec<String> {
        let mut names: Vec<String> = jiff::tz::db().available().map(|name| name.to_string()).collect();
        names.sort();
        names
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Default for TimeZoneName {
    /// Until a person says otherwise.
    fn default() -> Self {
        Self("UTC".to_owned())
    }
}
