//! A program that asks by a token.
use guildhall::domain::token::Scope;
use reqwest::blocking::{Client, RequestBuilder};
use reqwest::header::HeaderMap;
use serde_json::Value;

use crate::support::database::TestDatabase;
use crate::support::given::{self, Somebody};
use crate::support::site::TestSite;

/// All that a person's own program can be for.
pub const ALL: [Scope; 7] = [Scope::Read, Scope::Projects, Scope::Proposals, Scope::Decide, Scope::Time, Scope::Tickets, Scope::Jobs];

/// A program with a token, or without one.
#[derive(Debug, Clone)]
pub struct Machine {
    client: Client,
    site: String,
    token: Option<String>,
}

/// What it was answered.
#[derive(Debug, Clone)]
pub struct Reply {
    pub status: u16,
    pub headers: HeaderMap,
    pub json: Value,
}

impl Machine {
    /// A program of this person's that may do all that they may.
    pub fn of(database: &TestDatabase, site: &TestSite, person: &Somebody) -> Self {
        Self::with(site, Some(given::token(&mut database.connect(), person, &ALL, None)))
    }

    /// A program with this token.
    pub fn with(site: &TestSite, token: Option<String>) -> Self {
        Self { client: crate::support::browser::builder().build().expect("a client"), site: site.url(), token }
    }

    #[track_caller]
    pub fn get(&self, path: &str) -> Reply {
        self.send("GET", path, &[], None)
    }

    #[track_caller]
    pub fn post(&self, path: &str, body: &Value) -> Reply {
        self.send("POST", path, &[], Some(&body.to_string()))
    }

    #[track_caller]
    pub fn put(&self, path: &str, body: &Value) -> Reply {
        self.send("PUT", path, &[], Some(&body.to_string()))
    }

    /// Any request, with headers of one's own; a body is said to be JSON unless they say otherwise.
    #[track_caller]
    pub fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: Option<&str>) -> Reply {
        let method = method.parse().expect("a method");
        let mut request = self.client.request(method, format!("{}{path}", self.site));
        if let Some(token) = &self.token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(body) = body {
            let said = headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-type"));
            request = if said { request } else { request.header("content-type", "application/json") };
            request = request.body(body.to_owned());
        }
        Self::answered(request)
    }

    #[track_caller]
    fn answered(request: RequestBuilder) -> Reply {
        let answer = request.send().expect("an answer");
        let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
        let text = answer.text().expect("a body");
        let json = if text.is_empty() { Value::Null } else { serde_json::from_str(&text).unwrap_or_else(|_| panic!("not JSON: {text}")) };
        let reply = Reply { status, headers, json };
        if status >= 400 {
            assert_eq!(reply.header("content-type"), "application/problem+json", "{reply:?}");
            assert_eq!(reply.json["status"].as_u64(), Some(status.into()), "{reply:?}");
            assert!(reply.json["detail"].as_str().is_some_and(|words| !words.is_empty()), "{reply:?}");
        }
        reply
    }
}

impl Reply {
    /// A header's text; empty where it did not come.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The problem's one word.
    pub fn code(&self) -> &str {
        self.json["code"].as_str().unwrap_or_default()
    }

    /// The fields that are wrong.
    pub fn wrong(&self) -> Vec<&str> {
        let errors = self.json["errors"].as_array().map(Vec::as_slice).unwrap_or_default();
        errors.iter().filter_map(|error| error["field"].as_str()).collect()
    }

    /// A number in the answer.
    #[track_caller]
    pub fn number(&self, name: &str) -> i64 {
        self.json[name].as_i64().unwrap_or_else(|| panic!("no number {name} in {self:?}"))
    }
}
