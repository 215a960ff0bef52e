//! What a call is signed with.

use hmac::{Hmac, Mac};
use sha2::Sha256;

use crate::domain::chain::hex;

/// HMAC-SHA256 of `timestamp.body` under the webhook's secret, in hex. The time is signed too, so that an old call cannot be
/// played again.
pub fn signature(secret: &str, timestamp: i64, body: &str) -> String {
    // a key of any length is a key
    let Ok(mut sum) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else { return String::new() };
    sum.update(timestamp.to_string().as_bytes());
    sum.update(b".");
    sum.update(body.as_bytes());
    hex(&sum.finalize().into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_that_of_the_time_and_the_body() {
        // echo -n '1700000000.{}' | openssl dgst -sha256 -hmac key
        assert_eq!(signature("key", 1_700_000_000, "{}"), "9d713ed406bb7076d4123f0dc2c39d2df5c654ed4b0cd56b52c8b4c940bd63ae");
        assert_ne!(signature("key", 1_700_000_001, "{}"), signature("key", 1_700_000_000, "{}"));
    }
}
