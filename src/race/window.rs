//! A window of somebody's browser, without scripts: it keeps the sign-in, opens pages and sends their forms. A machine's has a
//! token instead.

use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use serde_json::Value;
use ureq::{Agent, RequestBuilder};

use super::form;

/// No answer takes longer.
const PATIENCE: Duration = Duration::from_secs(60);
/// A connection that was idle for longer is not used again: the site lets go of it after five seconds.
const IDLE: Duration = Duration::from_secs(2);
/// No page is longer.
const LONGEST: u64 = 4 * 1024 * 1024;

/// Somebody's window, or a machine's.
#[derive(Debug, Clone)]
pub struct Window {
    agent: Agent,
    site: String,
    proof: Proof,
}

#[derive(Debug, Clone)]
enum Proof {
    Nobody,
    Cookie(String),
    Token(String),
}

/// What came back.
#[derive(Debug, Clone)]
pub struct Answer {
    /// Its status.
    pub status: u16,
    /// Where it leads.
    pub location: String,
    /// Whether it says when to try again.
    pub has_retry_after: bool,
    /// The page, or the document.
    pub body: String,
    /// How long it took.
    pub took: Duration,
}

impl Window {
    /// Nobody is signed in.
    pub fn new(site: &str) -> Self {
        let config = Agent::config_builder().proxy(None).max_redirects(0).http_status_as_error(false).timeout_global(Some(PATIENCE));
        let config = config.max_idle_age(IDLE).user_agent("Guildhall race lab");
        Self { agent: config.build().new_agent(), site: site.to_owned(), proof: Proof::Nobody }
    }

    /// A machine's.
    pub fn of_machine(site: &str, token: String) -> Self {
        Self { proof: Proof::Token(token), ..Self::new(site) }
    }

    /// Signs in through the page.
    ///
    /// # Errors
    /// If that was not possible: the site serves another database, most likely.
    pub fn signed_in(site: &str, email: &str, password: &str) -> anyhow::Result<Self> {
        let window = Self::new(site);
        let fields = [("email", email), ("password", password)].map(|(name, value)| (name.to_owned(), value.to_owned()));
        let sent = window.agent.post(window.address("/sign-in")).header("sec-fetch-site", "same-origin").send_form(fields);
        let answer = sent.with_context(|| format!("the site at {site} does not answer"))?;
        if answer.status().as_u16() != 303 {
            bail!("{email} could not sign in at {site} (status {}): does it serve the database that DATABASE_URL names?", answer.status());
        }
        if answer.headers().get("location").is_some_and(|to| to.as_bytes().starts_with(b"/sign-in/code")) {
            bail!("{email} has a second factor at {site}, and the race lab signs in by passwords alone: race on a copy without it");
        }
        let cookies = answer.headers().get_all("set-cookie").iter().filter_map(|cookie| cookie.to_str().ok());
        let pair = |cookie: &str| cookie.split(';').next().unwrap_or_default().to_owned();
        let cookie = cookies.map(pair).find(|pair| pair.starts_with("id=")).context("signing in gave no cookie")?;
        Ok(Self { proof: Proof::Cookie(cookie), ..window })
    }

    /// Opens a page.
    ///
    /// # Errors
    /// If there was no answer.
    pub fn open(&self, path: &str) -> anyhow::Result<Answer> {
        let began = Instant::now();
        read(self.proved(self.agent.get(self.address(path))).call(), began)
    }

    /// The hidden fields of a form of the page.
    ///
    /// # Errors
    /// If the page or the form was not there.
    pub fn hidden(&self, path: &str, action: &str) -> anyhow::Result<Vec<(String, String)>> {
        let page = self.open(path)?;
        form::hidden(&page.body, action).with_context(|| format!("{path} has no form {action} (status {})", page.status))
    }

    /// Sends a form.
    ///
    /// # Errors
    /// If there was no answer.
    pub fn send(&self, action: &str, fields: &[(String, String)]) -> anyhow::Result<Answer> {
        let request = self.proved(self.agent.post(self.address(action))).header("sec-fetch-site", "same-origin");
        let began = Instant::now();
        read(request.send_form(fields.iter().map(|(name, value)| (name.as_str(), value.as_str()))), began)
    }

    /// Sends a document as a machine: POST, or PUT where it is said what is to be replaced, or nothing.
    ///
    /// # Errors
    /// If there was no answer.
    pub fn tell(&self, path: &str, put: bool, if_match: Option<&str>, document: &Value) -> anyhow::Result<Answer> {
        let address = self.address(path);
        let mut request = self.proved(if put { self.agent.put(address) } else { self.agent.post(address) });
        if let Some(version) = if_match {
            request = request.header("if-match", version);
        }
        let began = Instant::now();
        read(request.header("content-type", "application/json").send(document.to_string()), began)
    }

    fn address(&self, path: &str) -> String {
        format!("{}{path}", self.site)
    }

    fn proved<B>(&self, request: RequestBuilder<B>) -> RequestBuilder<B> {
        match &self.proof {
            Proof::Nobody => request,
            Proof::Cookie(cookie) => request.header("cookie", cookie),
            Proof::Token(token) => request.header("authorization", format!("Bearer {token}")),
        }
    }
}

fn read(sent: Result<ureq::http::Response<ureq::Body>, ureq::Error>, began: Instant) -> anyhow::Result<Answer> {
    let mut answer = sent?;
    let body = answer.body_mut().with_config().limit(LONGEST).lossy_utf8(true).read_to_string()?;
    let took = began.elapsed();
    let header = |name| answer.headers().get(name).and_then(|value| value.to_str().ok());
    let location = header("location").unwrap_or_default().to_owned();
    Ok(Answer { status: answer.status().as_u16(), location, has_retry_after: header("retry-after").is_some(), body, took })
}
