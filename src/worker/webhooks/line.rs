//! The line out: an address is looked up, every machine behind it is judged, and only what was judged is connected to.

use std::io::Read;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use ureq::{Agent, Error};

use crate::domain::webhook::is_inside;

/// A call takes no longer, all in all.
const PATIENCE: Duration = Duration::from_secs(10);
/// So much of an answer is read, and thrown away.
const HEARD: u64 = 64 * 1024;

/// What is sent.
pub struct Letter {
    /// Where.
    pub address: String,
    /// Which event it tells: the same however often it is told.
    pub event: String,
    /// Of its time and its words.
    pub signature: String,
    /// The words.
    pub body: String,
}

/// Looks names up, and refuses those that lead into the house's own network.
#[derive(Debug)]
struct Judged {
    may_call_inside: bool,
    refused: Arc<Mutex<Option<SocketAddr>>>,
    names: Names,
}

struct Names(DefaultResolver);

impl std::fmt::Debug for Names {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Names")
    }
}

impl Resolver for Judged {
    /// One address inside spoils all: nobody is to choose among them by chance. The connection goes to exactly these, so a
    /// name that is looked up otherwise a moment later leads nowhere else.
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, Error> {
        let found = self.names.0.resolve(uri, config, timeout)?;
        if let Some(inside) = found.iter().find(|address| !self.may_call_inside && is_inside(address.ip())) {
            *self.refused.lock().unwrap_or_else(PoisonError::into_inner) = Some(*inside);
            return Err(Error::HostNotFound);
        }
        Ok(found)
    }
}

/// Sends a letter, by a connection of its own and past every proxy; answers the other side's status. Redirections are not
/// followed: they are an answer like any other.
///
/// # Errors
/// Why there was no answer, in a sentence.
pub fn send(letter: &Letter, may_call_inside: bool) -> Result<u16, String> {
    let refused = Arc::new(Mutex::new(None));
    let judged = Judged { may_call_inside, refused: Arc::clone(&refused), names: Names(DefaultResolver::default()) };
    let config = Config::builder()
        .proxy(None)
        .max_redirects(0)
        .http_status_as_error(false)
        .timeout_global(Some(PATIENCE))
        .max_response_header_size(16 * 1024)
        .user_agent("Guildhall")
        .build();
    let agent = Agent::with_parts(config, DefaultConnector::default(), judged);
    let sent = agent
        .post(&letter.address)
        .header("content-type", "application/json")
        .header("guildhall-event", &letter.event)
        .header("guildhall-signature", &letter.signature)
        .send(letter.body.as_str());
    match sent {
        Ok(mut answer) => {
            let status = answer.status().as_u16();
            let mut heard = Vec::new();
            answer.body_mut().as_reader().take(HEARD).read_to_end(&mut heard).ok();
            Ok(status)
        }
        Err(error) => Err(match *refused.lock().unwrap_or_else(PoisonError::into_inner) {
            Some(inside) => format!("The address leads to {}, inside this house’s own network.", inside.ip()),
            None => format!("There was no answer: {error}.").chars().take(500).collect(),
        }),
    }
}
