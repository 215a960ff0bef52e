//! What a machine sends: JSON, and the key under which it is done once.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::{FromRequest, HttpRequest};
use serde::de::DeserializeOwned;

use super::problem::Problem;
use crate::domain::request::{Request, RequestKey};
use crate::web::error::PageError;
use crate::web::form::hear;

/// A JSON object that was sent. Nothing sent is an empty object.
pub struct Body<T> {
    /// As it is understood.
    pub said: T,
    /// All of it, in one order of names whatever the order in which they came.
    text: String,
    key: Option<RequestKey>,
    address: String,
}

impl<T> Body<T> {
    /// The request as one that is to be done once, where it brings a key.
    pub fn once(&self, act: &'static str) -> Option<Request> {
        self.key.clone().map(|key| Request::new(key, act, &[&self.address, &self.text]))
    }
}

impl<T: DeserializeOwned> FromRequest for Body<T> {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let headers = request.headers();
        let length = headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
        let kind = headers.get(header::CONTENT_TYPE).map(|kind| kind.to_str().unwrap_or_default().to_owned());
        let (key, address, body) = (key(request), request.path().to_owned(), payload.take());
        Box::pin(async move {
            let key = key?;
            let bytes = hear(body, length).await?;
            if bytes.is_empty() {
                let said = serde_json::from_str("{}").map_err(|error| unread(&error))?;
                return Ok(Self { said, text: String::new(), key, address });
            }
            if !kind.as_deref().is_some_and(is_json) {
                return Err(PageError::NotAForm.into());
            }
            let value: serde_json::Value = serde_json::from_slice(&bytes).map_err(|error| unread(&error))?;
            let text = value.to_string();
            if !value.is_object() {
                return Err(Problem::field("body", "Send a JSON object"));
            }
            let said = serde_json::from_value(value).map_err(|error| unread(&error))?;
            Ok(Self { said, text, key, address })
        })
    }
}

fn unread(error: &serde_json::Error) -> Problem {
    Problem::field("body", &format!("This JSON cannot be read: {error}"))
}

fn is_json(kind: &str) -> bool {
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    kind == "application/json" || kind.starts_with("application/") && kind.ends_with("+json")
}

/// The `Idempotency-Key`, with or without quotes around it.
fn key(request: &HttpRequest) -> Result<Option<RequestKey>, Problem> {
    let Some(said) = request.headers().get("idempotency-key") else { return Ok(None) };
    let key = said.to_str().ok().and_then(|said| RequestKey::parse(said.trim().trim_matches('"')));
    let wrong = || Problem::field("Idempotency-Key", "Use 8 to 64 characters out of A-Z a-z 0-9 - _ . :");
    key.map(Some).ok_or_else(wrong)
}
