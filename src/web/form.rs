//! What a form sent: names and values as they came, however odd they are. Nothing typed is lost on the way to the
//! page that says what is wrong with it.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{FromRequest, HttpRequest};
use futures_util::StreamExt;

use super::error::PageError;
use crate::domain::request::RequestKey;

/// The largest form that is read, in bytes: three times the longest letter, percent-encoded.
pub const LARGEST: u64 = 256 * 1024;
/// So much is read to its end at all.
const HEARD_OUT: u64 = 8 * 1024 * 1024;

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

    /// Texts by their names, as they came.
    pub fn from_texts(texts: Vec<(String, String)>) -> Self {
        Self(texts)
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

    /// Adds one more.
    pub fn push(&mut self, name: String, value: String) {
        self.0.push((name, value));
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
        let length = request.headers().get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
        let (is_form, body) = (is_form(request.headers().get(header::CONTENT_TYPE)), payload.take());
        Box::pin(async move { if is_form { Ok(Fields::parse(&hear(body, length).await?)) } else { Err(PageError::NotAForm) } })
    }
}

/// Whether a content type is that of a form; one that is not said passes.
pub(super) fn is_form(kind: Option<&HeaderValue>) -> bool {
    let Some(kind) = kind.map_or(Some(""), |kind| kind.to_str().ok()) else { return false };
    let kind = kind.split(';').next().unwrap_or_default().trim();
    kind.is_empty() || kind.eq_ignore_ascii_case("application/x-www-form-urlencoded")
}

/// Reads a body to its end. What is too large is read on for a while and thrown away: who is not heard out gets a
/// broken connection instead of the page that says so.
pub(super) async fn hear(mut body: Payload, length: Option<u64>) -> Result<Vec<u8>, PageError> {
    if length.is_some_and(|length| length > HEARD_OUT) {
        return Err(PageError::TooLarge);
    }
    let (mut form, mut heard) = (Vec::new(), 0_u64);
    while let Some(part) = body.next().await {
        let part = part.map_err(|_| PageError::BrokenOff)?;
        heard += u64::try_from(part.len()).unwrap_or(u64::MAX);
        if heard > HEARD_OUT {
            break;
        }
        if heard <= LARGEST {
            form.extend_from_slice(&part);
        }
    }
    if heard > LARGEST { Err(PageError::TooLarge) } else { Ok(form) }
}
