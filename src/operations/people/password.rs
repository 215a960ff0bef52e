//! Hashing passwords: slow on purpose, so that it is done on two threads of its own, while no connection to the database
//! is held. The threads stay: the C library keeps the memory that one has given back for that thread's next hash, so
//! that a new thread for each would leave its 19 MiB behind.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::oneshot;

/// How many are hashed at the same time: each takes 19 MiB and a core.
const AT_ONCE: usize = 2;

/// What is verified where there is no account, so that it takes as long. No password has this hash.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Hashes and verifies passwords for a whole process.
#[derive(Debug, Clone)]
pub struct Passwords {
    queue: Sender<Work>,
}

type Work = Box<dyn FnOnce() + Send>;

/// Why a password could be neither hashed nor verified.
#[derive(Debug, thiserror::Error)]
pub enum PasswordFault {
    /// There is no thread for it, or it panicked.
    #[error("the hashing of a password was broken off")]
    BrokenOff,
    /// The machine gives no randomness, or a parameter is wrong.
    #[error("a password could not be hashed: {0}")]
    Failed(argon2::password_hash::Error),
}

impl Default for Passwords {
    fn default() -> Self {
        let (queue, waiting) = channel();
        let waiting = Arc::new(Mutex::new(waiting));
        for _ in 0..AT_ONCE {
            let waiting = Arc::clone(&waiting);
            let thread = std::thread::Builder::new().name("password".to_owned());
            if let Err(error) = thread.spawn(move || work_off(&waiting)) {
                tracing::error!(%error, "no thread for passwords");
            }
        }
        Self { queue }
    }
}

/// Works until nobody can ask any more. A panic ends one piece of work, not the thread.
fn work_off(waiting: &Mutex<Receiver<Work>>) {
    loop {
        let next = waiting.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(work) = next else { return };
        if catch_unwind(AssertUnwindSafe(work)).is_err() {
            tracing::error!("the hashing of a password panicked");
        }
    }
}

impl Passwords {
    /// The argon2id hash of a password, with a new salt, as a PHC string.
    ///
    /// # Errors
    /// [`PasswordFault`].
    pub async fn hash(&self, password: &str) -> Result<String, PasswordFault> {
        let password = password.to_owned();
        self.apart(move || argon2().hash_password(password.as_bytes()).map(|hash| hash.to_string())).await?.map_err(PasswordFault::Failed)
    }

    /// Whether this is the password of that hash; takes as long, and says no, where there is no hash.
    ///
    /// # Errors
    /// [`PasswordFault::BrokenOff`].
    pub async fn verify(&self, password: &str, phc: Option<&str>) -> Result<bool, PasswordFault> {
        let (password, phc) = (password.to_owned(), phc.unwrap_or(NOBODY).to_owned());
        self.apart(move || PasswordHash::new(&phc).is_ok_and(|hash| argon2().verify_password(password.as_bytes(), &hash).is_ok())).await
    }

    async fn apart<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, PasswordFault> {
        let (done, result) = oneshot::channel();
        let work = move || {
            // Where the request was dropped nobody waits for it.
            if !done.is_closed() {
                drop(done.send(work()));
            }
        };
        self.queue.send(Box::new(work)).map_err(|_| PasswordFault::BrokenOff)?;
        result.await.map_err(|_| PasswordFault::BrokenOff)
    }
}

/// 19 MiB, 2 passes, 1 lane: OWASP's first choice.
fn argon2() -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::DEFAULT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_is_known_again_and_no_other_is() {
        let passwords = Passwords::default();
        let phc = passwords.hash("correct horse battery").await.unwrap();
        assert!(passwords.verify("correct horse battery", Some(&phc)).await.unwrap());
        assert!(!passwords.verify("correct horse batter", Some(&phc)).await.unwrap());
        assert!(!passwords.verify("", None).await.unwrap());
    }

    #[tokio::test]
    async fn nobodys_hash_costs_as_much_as_anybodys() {
        let phc = Passwords::default().hash("correct horse battery").await.unwrap();
        let cost = |phc: &str| phc.rsplitn(3, '$').last().map(str::to_owned);
        assert_eq!(cost(&phc), cost(NOBODY));
        assert!(PasswordHash::new(NOBODY).is_ok());
    }
}
