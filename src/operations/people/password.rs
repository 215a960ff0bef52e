//! Hashing passwords: slow on purpose, so that it is done on a few threads of its own, while no connection to the database
//! is held. Each thread keeps the 19 MiB that a hash is worked out in: taken anew for each, they were never given back.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};

use argon2::password_hash::Error;
use argon2::password_hash::phc::{Output, ParamsString, PasswordHash, Salt};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use tokio::sync::oneshot;

/// What is verified where there is no account, so that it takes as long. No password has this hash.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Hashes and verifies passwords for a whole process.
#[derive(Debug, Clone)]
pub struct Passwords {
    queue: Sender<Work>,
}

/// Is given the memory to work in.
type Work = Box<dyn FnOnce(&mut Vec<Block>) + Send>;

/// At 19 MiB and a processor each: half of the processors, so that sign-ins leave the other half to everybody else.
fn at_once() -> usize {
    std::thread::available_parallelism().map_or(1, |processors| (processors.get() / 2).max(1))
}

/// Why a password could be neither hashed nor verified.
#[derive(Debug, thiserror::Error)]
pub enum PasswordFault {
    /// There is no thread for it, or it panicked.
    #[error("the hashing of a password was broken off")]
    BrokenOff,
    /// A parameter is wrong.
    #[error("a password could not be hashed: {0}")]
    Failed(Error),
}

impl Default for Passwords {
    fn default() -> Self {
        let (queue, waiting) = channel();
        let waiting = Arc::new(Mutex::new(waiting));
        for _ in 0..at_once() {
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
    let mut memory = Vec::new();
    loop {
        let next = waiting.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(work) = next else { return };
        if catch_unwind(AssertUnwindSafe(|| work(&mut memory))).is_err() {
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
        self.apart(move |memory| hash(memory, password.as_bytes())).await?.map_err(PasswordFault::Failed)
    }

    /// Whether this is the password of that hash; takes as long, and says no, where there is no hash.
    ///
    /// # Errors
    /// [`PasswordFault::BrokenOff`].
    pub async fn verify(&self, password: &str, phc: Option<&str>) -> Result<bool, PasswordFault> {
        let (password, phc) = (password.to_owned(), phc.unwrap_or(NOBODY).to_owned());
        self.apart(move |memory| is_known(memory, password.as_bytes(), &phc).unwrap_or(false)).await
    }

    async fn apart<T: Send + 'static>(&self, work: impl FnOnce(&mut Vec<Block>) -> T + Send + 'static) -> Result<T, PasswordFault> {
        let (done, result) = oneshot::channel();
        let work = move |memory: &mut Vec<Block>| {
            // Where the request was dropped nobody waits for it.
            if !done.is_closed() {
                drop(done.send(work(memory)));
            }
        };
        self.queue.send(Box::new(work)).map_err(|_| PasswordFault::BrokenOff)?;
        result.await.map_err(|_| PasswordFault::BrokenOff)
    }
}

/// A new password's hash: argon2id with 19 MiB, 2 passes, 1 lane, OWASP's first choice.
fn hash(memory: &mut Vec<Block>, password: &[u8]) -> Result<String, Error> {
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::DEFAULT);
    let salt = Salt::generate();
    let output = output(memory, &argon2, password, &salt, Params::DEFAULT_OUTPUT_LEN)?;
    let phc = PasswordHash {
        algorithm: Algorithm::Argon2id.ident(),
        version: Some(Version::V0x13.into()),
        params: ParamsString::try_from(argon2.params())?,
        salt: Some(salt),
        hash: Some(output),
    };
    Ok(phc.to_string())
}

/// Whether a password gives this hash, with the hash's own parameters. Compared in constant time.
fn is_known(memory: &mut Vec<Block>, password: &[u8], phc: &str) -> Result<bool, Error> {
    let phc = PasswordHash::new(phc)?;
    let (Some(salt), Some(expected)) = (phc.salt, phc.hash) else {
        return Ok(false);
    };
    let version = phc.version.map_or(Ok(Version::V0x13), Version::try_from)?;
    let argon2 = Argon2::new(Algorithm::try_from(phc.algorithm.as_str())?, version, Params::try_from(&phc)?);
    Ok(output(memory, &argon2, password, &salt, expected.len())? == expected)
}

fn output(memory: &mut Vec<Block>, argon2: &Argon2<'_>, password: &[u8], salt: &[u8], length: usize) -> Result<Output, Error> {
    memory.resize(argon2.params().block_count(), Block::default());
    let mut bytes = [0; Output::MAX_LENGTH];
    let bytes = bytes.get_mut(..length).ok_or(Error::OutputSize)?;
    argon2.hash_password_into_with_memory(password, salt, bytes, memory)?;
    Ok(Output::new(bytes)?)
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
    async fn hashes_are_those_of_the_library() {
        use argon2::password_hash::{PasswordHasher, PasswordVerifier};
        let phc = Passwords::default().hash("correct horse battery").await.unwrap();
        let read = PasswordHash::new(&phc).unwrap();
        assert!(Argon2::default().verify_password(b"correct horse battery", &read).is_ok());
        let theirs = Argon2::default().hash_password(b"staple").unwrap().to_string();
        assert!(Passwords::default().verify("staple", Some(&theirs)).await.unwrap());
    }

    #[tokio::test]
    async fn nobodys_hash_costs_as_much_as_anybodys() {
        let phc = Passwords::default().hash("correct horse battery").await.unwrap();
        let cost = |phc: &str| phc.rsplitn(3, '$').last().map(str::to_owned);
        assert_eq!(cost(&phc), cost(NOBODY));
        assert!(PasswordHash::new(NOBODY).is_ok());
    }
}
