//! Where a webhook calls.

/// An address of the web: `https://work.example.org/hooks?from=guildhall`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HookAddress(String);

impl HookAddress {
    /// Parses what was typed: http or https, a host, no name or password in it, at most 500 plain characters.
    ///
    /// # Errors
    /// What is wrong with it, as a sentence for the person.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let text = text.trim();
        if text.is_empty() {
            return Err("Enter the address that is called");
        }
        if text.len() > 500 || !text.bytes().all(|byte| (b'!'..=b'~').contains(&byte)) {
            return Err("Use at most 500 plain characters, without blanks");
        }
        let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
        let rest = rest.ok_or("Begin the address with https:// or http://")?;
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        if host.contains('@') {
            return Err("Leave name and password out of the address: calls are signed instead");
        }
        let name =
            host.rsplit_once(':').map_or(host, |(name, port)| if port.bytes().all(|byte| byte.is_ascii_digit()) { name } else { host });
        if name.is_empty() || rest.contains(['\\', '"', '<', '>', '{', '}', '|', '^', '`']) || rest.contains('#') {
            return Err("Enter an address like https://work.example.org/hooks");
        }
        Ok(Self(text.to_owned()))
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_of_the_web_and_carries_no_password() {
        for good in ["https://work.example.org/hooks?a=b", "http://[2001:db8::1]:8080/", "https://a"] {
            assert!(HookAddress::parse(good).is_ok(), "{good}");
        }
        for bad in
            ["", "ftp://a", "https://", "https://:80/", "https://a:b@c/", "file:///etc/passwd", "https://a b", "https://a/#b", "https://ä"]
        {
            assert!(HookAddress::parse(bad).is_err(), "{bad}");
        }
    }
}
