//! Keys of requests: what makes a form that is sent twice do its work once.

use sha2::{Digest, Sha256};

/// A key that a form carries, made by whoever made the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestKey(String);

impl RequestKey {
    /// A key of 8 to 64 characters out of `A-Z a-z 0-9 - _ . :`; nothing for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let sound = (8..=64).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b':'));
        sound.then(|| Self(text.to_owned()))
    }

    /// The key.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A request that is to be done once: its key, for which act, and what was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The key.
    pub key: RequestKey,
    /// The operation's name.
    pub act: &'static str,
    /// SHA-256 of what was sent: the same key with other words is a mistake.
    pub digest: Vec<u8>,
}

impl Request {
    /// Ties a key to an act and to the texts that were sent with it, in a fixed order.
    pub fn new(key: RequestKey, act: &'static str, sent: &[&str]) -> Self {
        let mut sum = Sha256::new();
        for text in sent {
            sum.update(u64::try_from(text.len()).unwrap_or(u64::MAX).to_be_bytes());
            sum.update(text.as_bytes());
        }
        Self { key, act, digest: sum.finalize().to_vec() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_short_and_plain() {
        assert!(RequestKey::parse("0189-abcd_EF.:").is_some());
        for bad in ["", "short", "eight ch", "schlüssel", &"x".repeat(65)] {
            assert!(RequestKey::parse(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn texts_that_are_parted_otherwise_are_another_request() {
        let request = |sent: &[&str]| Request::new(RequestKey("12345678".into()), "act", sent);
        assert_ne!(request(&["ab", "c"]), request(&["a", "bc"]));
        assert_eq!(request(&["ab", "c"]), request(&["ab", "c"]));
    }
}
