//! The way out: a mail server, or a folder.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

use lettre::transport::smtp::{Error, PoolConfig};
use lettre::{Message, SmtpTransport, Transport};

use crate::domain::mail::Ended;
use crate::web::letters::one_line;

/// How long a server may take for each of its answers: a handful of them stay well within a letter's lease.
const PATIENCE: Duration = Duration::from_secs(20);
/// Answers that speak of how we sign in, not of the letter.
const NOT_THE_LETTERS_FAULT: [u16; 4] = [530, 534, 535, 538];

/// How letters leave.
pub enum Post {
    /// As files in a folder, `….eml`, for people to read.
    Files(PathBuf),
    /// By a mail server.
    Server(SmtpTransport),
}

/// Why there is no way out.
#[derive(Debug, thiserror::Error)]
pub enum PostFault {
    /// The server's address makes no sense. It may hold a password, so that it is not said.
    #[error(
        "the mail server is named as smtps://user:password@mail.example.org or smtp://mail.example.org:587?tls=required, \
         with %40 for an @ in the user's name"
    )]
    NoServer,
    /// A password would travel in the clear.
    #[error("the mail server's password would travel in the clear: use smtps://… or add ?tls=required")]
    InTheClear,
    /// The folder cannot be written to.
    #[error("{0} cannot be used for letters: choose another folder with --data")]
    NoFolder(PathBuf),
}

impl Post {
    /// Into a folder, which is made.
    ///
    /// # Errors
    /// [`PostFault::NoFolder`].
    pub fn files(folder: &Path) -> Result<Self, PostFault> {
        std::fs::create_dir_all(folder).map_err(|_| PostFault::NoFolder(folder.to_owned()))?;
        Ok(Self::Files(folder.to_owned()))
    }

    /// By the server at this address.
    ///
    /// # Errors
    /// [`PostFault::NoServer`] or [`PostFault::InTheClear`].
    pub fn server(url: &str) -> Result<Self, PostFault> {
        let (authority, has_tls) = match (url.strip_prefix("smtp://"), url.strip_prefix("smtps://")) {
            (Some(rest), _) => (rest, rest.contains("tls=required")),
            (None, Some(rest)) => (rest, true),
            (None, None) => return Err(PostFault::NoServer),
        };
        if let Some((_, host)) = authority.rsplit_once('@')
            && !has_tls
            && !["127.0.0.1", "localhost", "[::1]"].iter().any(|near| host.starts_with(near))
        {
            return Err(PostFault::InTheClear);
        }
        let builder = SmtpTransport::from_url(url).map_err(|_| PostFault::NoServer)?;
        Ok(Self::Server(builder.timeout(Some(PATIENCE)).pool_config(PoolConfig::new().max_size(2)).build()))
    }

    /// Hands a letter over and says how that ended.
    pub fn hand_over(&self, message: &Message, message_id: &str) -> Ended {
        match self {
            Self::Files(folder) => match write(folder, message_id, &message.formatted()) {
                Ok(()) => Ended::Sent,
                Err(error) => Ended::NotTaken(error.to_string()),
            },
            Self::Server(server) => match server.send(message) {
                Ok(_) => Ended::Sent,
                Err(error) => ended(&error),
            },
        }
    }
}

/// What a server's no, or its silence, means for the letter.
fn ended(error: &Error) -> Ended {
    let why: String = one_line(&error.to_string()).chars().take(400).collect();
    let answered = error.status().map(u16::from);
    // A connection that never was cannot have carried a letter.
    let never_began = error.is_client() || error.is_tls() || why.starts_with("Connection error");
    match answered {
        Some(code) if error.is_permanent() && !NOT_THE_LETTERS_FAULT.contains(&code) => Ended::Refused(why),
        Some(_) => Ended::NotTaken(why),
        None if never_began => Ended::NotTaken(why),
        None => Ended::Unsure(why),
    }
}

/// Writes a file that is there whole or not at all, and the same one if it is written twice.
fn write(folder: &Path, message_id: &str, bytes: &[u8]) -> std::io::Result<()> {
    let name: String = message_id.chars().map(|c| if c.is_ascii_alphanumeric() || "-.@".contains(c) { c } else { '_' }).collect();
    let (begun, done) = (folder.join(format!(".{name}.part")), folder.join(format!("{name}.eml")));
    let mut file = std::fs::File::create(&begun)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    std::fs::rename(begun, done)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_never_travels_in_the_clear_and_is_never_said() {
        for (url, fault) in [
            ("smtp://ada:secret@mail.example.org:587", "in the clear"),
            ("smtp://ada:secret@mail.example.org:587?tls=opportunistic", "in the clear"),
            ("http://ada:secret@mail.example.org", "is named as"),
            ("smtps://ada:secret@", "is named as"),
        ] {
            let words = Post::server(url).err().map(|fault| fault.to_string()).unwrap_or_default();
            assert!(words.contains(fault) && !words.contains("secret"), "{url}: {words}");
        }
        for url in ["smtps://ada:secret@mail.example.org", "smtp://mail.example.org:587?tls=required", "smtp://127.0.0.1:2525"] {
            assert!(Post::server(url).is_ok(), "{url}");
        }
    }
}
