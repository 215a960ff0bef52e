//! What a form sent: names and values as they came, however odd they are. Nothing typed is lost on the way to the
//! page that says what is wrong with it.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::web::Bytes;
use actix_web::{FromRequest, HttpRequest};

use super::error::PageError;
use crate::domain::request::RequestKey;

/// The largest form that is read, in bytes: three times the longest letter, percent-encoded.
pub const LARGEST: usize = 256 * 1024;

/// A key for a form that has just been made.
pub fn new_key() -> String {
    uuid::Uuid::new_v4().to_string()
}

/// A form's fields, in the order in which they came; a name may come several times.
#[derive(Debug, Clone, Default)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// Reads `a=1&b=2`. Bytes that are not UTF-8 become U+FFFD, which every parsed word refuses by name.
    pub fn parse(body: &[u8]) -> Self {
        Self(form_urlencoded::parse(body).into_owned().collect())
    }

    /// Fields as a form is first shown with.
    pub fn from_pairs(pairs: &[(&str, &str)]) -> Self {
        Self(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    /// The first value of a name; the empty text where there is none.
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str())
    }

    /// Whether the name came at all.
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(key, _)| key == name)
    }

    /// All values of a name, in order.
    pub fn all(&self, name: &str) -> Vec<&str> {
        self.0.iter().filter(|(key, _)| key == name).map(|(_, value)| value.as_str()).collect()
    }

    /// A version that a form carries; nothing where it is empty, absent or no number.
    pub fn version(&self, name: &str) -> Option<i32> {
        self.get(name).trim().parse().ok()
    }

    /// The form's own key; nothing where it is absent or makes no sense.
    pub fn key(&self) -> Option<RequestKey> {
        RequestKey::parse(self.get("key"))
    }

    /// Name and value, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

impl FromRequest for Fields {
    type Error = PageError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, PageError>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        let form = kind.is_empty() || kind.starts_with("application/x-www-form-urlencoded");
        let length = request.headers().get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
        if !form {
            return Box::pin(async { Err(PageError::NotAForm) });
        }
        if length.is_some_and(|length| length > LARGEST) {
            return Box::pin(async { Err(PageError::TooLarge) });
        }
        let body = Bytes::from_request(request, payload);
        Box::pin(async move {
            let body = body.await.map_err(|_| PageError::TooLarge)?;
            Ok(Self::parse(&body))
        })
    }
}
