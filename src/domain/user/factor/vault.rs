//! How secrets of second factors are kept: encrypted under a key that stands outside of the database.

use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes256Gcm, Nonce};
use sha2::{Digest, Sha256};

use super::secret::FactorSecret;
use crate::domain::ids::UserId;

/// How many bytes stand in front, chosen anew for each secret.
const CHANCE: usize = 12;

/// The key that secrets are sealed with.
#[derive(Clone)]
pub struct Vault(Aes256Gcm);

impl Vault {
    /// From a key of this site that serves for nothing else but cookies: this one is derived from it.
    pub fn new(key: &[u8]) -> Self {
        let own = Sha256::new().chain_update(b"second factors").chain_update(key).finalize();
        Self(Aes256Gcm::new(&own))
    }

    /// Seals a person's secret; opened for nobody else. `chance` is never used twice. Nothing if the cipher refuses.
    pub fn seal(&self, user: UserId, secret: &FactorSecret, chance: [u8; CHANCE]) -> Option<Vec<u8>> {
        let whose = user.to_string();
        let closed = self.0.encrypt(Nonce::from_slice(&chance), Payload { msg: secret.bytes(), aad: whose.as_bytes() }).ok()?;
        Some([&chance[..], &closed].concat())
    }

    /// Opens it; nothing if it was sealed for another person or under another key, or was altered.
    pub fn open(&self, user: UserId, sealed: &[u8]) -> Option<FactorSecret> {
        let (chance, closed) = sealed.split_at_checked(CHANCE)?;
        let whose = user.to_string();
        let open = self.0.decrypt(Nonce::from_slice(chance), Payload { msg: closed, aad: whose.as_bytes() }).ok()?;
        Some(FactorSecret::new(open.try_into().ok()?))
    }
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Vault(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_for_its_person_under_its_key_alone() {
        let (vault, secret) = (Vault::new(b"a key"), FactorSecret::new([9; 20]));
        let sealed = vault.seal(UserId(7), &secret, [1; CHANCE]).unwrap();
        assert_eq!(sealed.len(), 48);
        assert!(!sealed.windows(4).any(|part| part == [9; 4]));
        assert_eq!(vault.open(UserId(7), &sealed), Some(secret));
        assert_eq!(vault.open(UserId(8), &sealed), None);
        assert_eq!(Vault::new(b"another key").open(UserId(7), &sealed), None);
        let mut altered = sealed;
        altered[20] ^= 1;
        assert_eq!(vault.open(UserId(7), &altered), None);
        assert_eq!(vault.open(UserId(7), &[]), None);
    }
}
