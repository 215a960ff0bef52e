//! What each client does in a round, and what a yes to it acknowledges.

use std::sync::Barrier;
use std::time::Duration;

use serde_json::Value;

use super::window::{Answer, Window};
use crate::domain::race::Acknowledged;

/// One client's request.
#[derive(Debug)]
pub struct Attempt {
    /// Whose window.
    pub window: Window,
    /// How long it waits once all are let go.
    pub delay: Duration,
    /// What is sent.
    pub send: Send,
    /// What a yes acknowledges.
    pub yes: Yes,
}

/// What is sent.
#[derive(Debug)]
pub enum Send {
    /// A form of a page, opened before: with its hidden fields as they stood there.
    Form {
        /// The page.
        page: String,
        /// Where the form leads.
        action: String,
        /// What is typed.
        typed: Vec<(&'static str, String)>,
    },
    /// A document of a machine.
    Document {
        /// Where to.
        path: String,
        /// Whether it replaces what is there.
        put: bool,
        /// The version that it had read.
        if_match: Option<&'static str>,
        /// All of it.
        document: Value,
    },
}

/// What a yes acknowledges.
#[derive(Debug, Clone)]
pub enum Yes {
    /// Something of this kind and with these words, about a thing that is known before.
    To(Acknowledged),
    /// The same about the thing that the answer names: where it leads, or by its document's `id`.
    Names(&'static str, String),
}

impl Yes {
    /// About a thing that is known.
    pub fn to(kind: &'static str, id: i64, words: impl Into<String>) -> Self {
        Self::To(Acknowledged { kind, id, words: words.into() })
    }

    /// What this answer acknowledges; nothing where it does not say about what.
    pub fn heard(&self, answer: &Answer) -> Option<Acknowledged> {
        match self {
            Self::To(what) => Some(what.clone()),
            Self::Names(kind, words) => {
                let led = answer.location.rsplit('/').next().and_then(|end| end.parse().ok());
                let id = led.or_else(|| serde_json::from_str::<Value>(&answer.body).ok()?.get("id")?.as_i64())?;
                Some(Acknowledged { kind, id, words: words.clone() })
            }
        }
    }
}

impl Attempt {
    /// Opens the page, waits for all others, and sends.
    fn run(&self, start: &Barrier) -> anyhow::Result<Answer> {
        let hidden = match &self.send {
            Send::Form { page, action, .. } => self.window.hidden(page, action),
            Send::Document { .. } => Ok(Vec::new()),
        };
        start.wait();
        std::thread::sleep(self.delay);
        match &self.send {
            Send::Form { action, typed, .. } => {
                let mut fields = hidden?;
                fields.extend(typed.iter().map(|(name, value)| ((*name).to_owned(), value.clone())));
                self.window.send(action, &fields)
            }
            Send::Document { path, put, if_match, document } => self.window.tell(path, *put, *if_match, document),
        }
    }
}

/// All at once: what each was answered, in order.
pub fn race(attempts: &[Attempt], at_start: impl FnOnce() -> anyhow::Result<()>) -> anyhow::Result<Vec<anyhow::Result<Answer>>> {
    let start = Barrier::new(attempts.len() + 1);
    std::thread::scope(|threads| {
        let clients: Vec<_> = attempts.iter().map(|attempt| threads.spawn(|| attempt.run(&start))).collect();
        start.wait();
        let started = at_start();
        let died = |_| Err(anyhow::anyhow!("the client panicked"));
        let answers = clients.into_iter().map(|client| client.join().unwrap_or_else(died)).collect();
        started.map(|()| answers)
    })
}
