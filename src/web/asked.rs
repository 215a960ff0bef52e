//! What was asked, as the log may say it, and the name by which its lines are found.

use actix_web::HttpMessage;
use actix_web::dev::ServiceRequest;

use super::error::PageError;
use crate::domain::organisation::InvitationToken;

/// A request's name: eight characters that can be read out on the telephone. It stands in the answer's `x-request-id`,
/// in each of its lines in the log, and on the page that says that something went wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RequestId([u8; 9]);

impl RequestId {
    /// A name by chance. They need to differ within a few days of one log, no more.
    pub fn new() -> Self {
        const LETTERS: [u8; 32] = *b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
        let chance: [u8; 9] = rand::random();
        let letter = |byte: u8| LETTERS.get(usize::from(byte % 32)).copied().unwrap_or(b'X');
        Self(std::array::from_fn(|place| if place == 4 { b'-' } else { chance.get(place).copied().map_or(b'X', letter) }))
    }

    /// As it is written.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

/// A request, as the log may say it.
pub struct Asked {
    words: String,
    id: RequestId,
}

impl Asked {
    /// Its method and address, without what only its reader may know.
    pub fn of(request: &ServiceRequest) -> Self {
        let id = request.extensions().get().copied().unwrap_or_else(RequestId::new);
        Self { words: format!("{} {}", request.method(), said(request.path())), id }
    }

    /// Logs what is not the person's doing, once, and answers the reference that the page shows: the request's name.
    pub fn log(&self, error: &PageError) -> String {
        match error {
            PageError::Unavailable(_) | PageError::Unknown(_) | PageError::Broken(_) => {
                // libpq's messages have several lines, a log's have one.
                let error = error.to_string().split_whitespace().collect::<Vec<_>>().join(" ");
                let (asked, reference) = (self.words.as_str(), self.id.as_str());
                tracing::error!(%error, asked, reference, "a request failed");
                reference.to_owned()
            }
            _ => String::new(),
        }
    }
}

/// Whether an address holds what only its reader may know.
pub fn has_secret(path: &str) -> bool {
    path.split('/').any(|part| InvitationToken::parse(part).is_some())
}

/// An address as it may be said in the log.
fn said(path: &str) -> String {
    path.split('/').map(|part| if InvitationToken::parse(part).is_some() { "…" } else { part }).collect::<Vec<_>>().join("/")
}
