//! The secret that an app and this house share, and the codes that both make of it: TOTP of RFC 6238 as every app knows it,
//! SHA-1, six digits, half a minute. The libraries that do this whole do not say which half minute a code belongs to, and
//! that is what keeps it from being used twice.

use chrono::{DateTime, Utc};
use data_encoding::BASE32_NOPAD;
use hmac::{Hmac, Mac};
use sha1::Sha1;

use super::code::AppCode;

/// How long a code is shown.
const SECONDS: i64 = 30;

/// 160 bits that nobody can guess.
#[derive(Clone, PartialEq, Eq)]
pub struct FactorSecret([u8; 20]);

impl FactorSecret {
    /// From bytes that nobody can guess.
    pub fn new(bytes: [u8; 20]) -> Self {
        Self(bytes)
    }

    pub(super) fn bytes(&self) -> &[u8; 20] {
        &self.0
    }

    /// To be typed into an app: eight groups of four.
    pub fn groups(&self) -> String {
        let letters: Vec<char> = BASE32_NOPAD.encode(&self.0).chars().collect();
        letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
    }

    /// What apps read from a picture: whose codes, of which house.
    pub fn address(&self, house: &str, account: &str) -> String {
        let plain = |text: &str| percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string();
        let (house, account, secret) = (plain(house), plain(account), BASE32_NOPAD.encode(&self.0));
        format!("otpauth://totp/{house}:{account}?secret={secret}&issuer={house}&algorithm=SHA1&digits=6&period={SECONDS}")
    }

    /// The half minutes around a moment that have this code. All three are looked at, whichever fits: how long that takes
    /// tells nothing.
    pub(super) fn steps_of(&self, code: AppCode, at: DateTime<Utc>) -> impl Iterator<Item = i64> {
        let now = at.timestamp().div_euclid(SECONDS);
        let found = [now, now - 1, now + 1].map(|step| (step, self.code(step) == Some(code)));
        found.into_iter().filter(|(_, fits)| *fits).map(|(step, _)| step)
    }

    /// The code of a moment, as the app shows it.
    pub fn code_at(&self, at: DateTime<Utc>) -> Option<AppCode> {
        self.code(at.timestamp().div_euclid(SECONDS))
    }

    fn code(&self, step: i64) -> Option<AppCode> {
        // a key of any length is a key
        let mut sum = Hmac::<Sha1>::new_from_slice(&self.0).ok()?;
        sum.update(&step.to_be_bytes());
        let sum = sum.finalize().into_bytes();
        let place = usize::from(sum.last()? & 0x0f);
        let four: [u8; 4] = sum.get(place..place + 4)?.try_into().ok()?;
        Some(AppCode::of(u32::from_be_bytes(four) & 0x7fff_ffff))
    }
}

impl std::fmt::Debug for FactorSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("FactorSecret(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_those_of_rfc_6238() {
        let secret = FactorSecret::new(*b"12345678901234567890");
        // appendix B, for SHA-1; the last six of its eight digits
        for (seconds, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            let at = DateTime::from_timestamp(seconds, 0).unwrap();
            assert_eq!(secret.code_at(at).unwrap().shown(), code, "at {seconds}");
        }
    }

    #[test]
    fn apps_are_told_by_address_or_by_letters() {
        let secret = FactorSecret::new(*b"12345678901234567890");
        assert_eq!(secret.groups(), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
        assert_eq!(
            secret.address("Guildhall at a.example", "ada@b.example"),
            "otpauth://totp/Guildhall%20at%20a%2Eexample:ada%40b%2Eexample?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ\
             &issuer=Guildhall%20at%20a%2Eexample&algorithm=SHA1&digits=6&period=30"
        );
        assert_eq!(format!("{secret:?}"), "FactorSecret(…)");
    }
}
