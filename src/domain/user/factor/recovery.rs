//! Codes that are written down for the day on which the app is lost.

use data_encoding::BASE32_NOPAD;
use sha2::{Digest, Sha256};

use super::code::without_gaps;
use crate::domain::ids::UserId;

/// So many are made at a time.
pub const RECOVERY_CODES: usize = 10;
/// So many letters has each: 80 bits, which nobody finds from their hash.
const LETTERS: usize = 16;

/// One of them: shown once, kept as its hash.
#[derive(Clone, PartialEq, Eq)]
pub struct RecoveryCode(String);

impl RecoveryCode {
    /// From bytes that nobody can guess.
    pub fn new(bytes: [u8; 10]) -> Self {
        Self(BASE32_NOPAD.encode(&bytes).to_ascii_lowercase())
    }

    /// From what makes the same request bring the same one: its first bytes.
    pub fn derived(bytes: &[u8]) -> Self {
        Self::new(std::array::from_fn(|place| bytes.get(place).copied().unwrap_or_default()))
    }

    /// As somebody types it from paper: capitals, gaps, and digits that look like letters are all the same.
    pub fn parse(text: &str) -> Option<Self> {
        let read = |letter: char| match letter.to_ascii_lowercase() {
            '0' => 'o',
            '1' => 'l',
            '8' => 'b',
            letter => letter,
        };
        let typed: String = without_gaps(text).chars().map(read).collect();
        let is_code = typed.len() == LETTERS && typed.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'2'..=b'7'));
        is_code.then_some(Self(typed))
    }

    /// As it is written down: four groups of four.
    pub fn shown(&self) -> String {
        let letters: Vec<char> = self.0.chars().collect();
        letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
    }

    /// What is kept of it.
    pub fn hash(&self, user: UserId) -> Vec<u8> {
        Sha256::digest(format!("{user} {}", self.0).as_bytes()).to_vec()
    }
}

impl std::fmt::Debug for RecoveryCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RecoveryCode(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_known_again_however_it_is_typed() {
        let code = RecoveryCode::new([0x5a; 10]);
        let shown = code.shown();
        assert_eq!(shown.split('-').map(str::len).collect::<Vec<_>>(), [4; 4]);
        for typed in [shown.clone(), shown.to_uppercase(), shown.replace('-', " "), format!("  {}", shown.replace('l', "1"))] {
            assert_eq!(RecoveryCode::parse(&typed), Some(code.clone()), "{typed}");
        }
        assert_eq!(RecoveryCode::parse("aaaa-bbbb-cccc-999"), None);
        assert_ne!(code.hash(UserId(1)), code.hash(UserId(2)), "a row that is moved to another person opens nothing");
    }
}
