//! Versions in headers: `ETag` of what is read, `If-Match` of what was read before it is changed.

use std::convert::Infallible;
use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::{StatusCode, header};
use actix_web::{FromRequest, HttpRequest, HttpResponse};
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::problem::Answer;
use crate::domain::chain::hex;
use crate::web::error::PageError;

/// What a request says about what it had read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seen {
    if_match: Option<Match>,
    if_none_match: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Match {
    /// `*`: that it is there.
    Any,
    /// A version; 0, which nothing has, where the tag is none of ours.
    Version(i32),
}

impl Seen {
    /// The version that `If-Match` names.
    pub fn version(&self) -> Option<i32> {
        match self.if_match {
            Some(Match::Version(version)) => Some(version),
            _ => None,
        }
    }

    /// Whether `If-Match` came: what is stale is 412 then.
    pub fn is_conditional(&self) -> bool {
        self.if_match.is_some()
    }

    /// The version that the request had read: by header, or else by what its body says.
    pub fn or(&self, said: Option<i32>) -> Option<i32> {
        self.version().or(said)
    }

    /// The same, where it must be told.
    ///
    /// # Errors
    /// [`PageError::PreconditionNeeded`] where it is not.
    pub fn needed(&self, said: Option<i32>) -> Result<i32, PageError> {
        self.or(said).ok_or(PageError::PreconditionNeeded)
    }
}

impl FromRequest for Seen {
    type Error = Infallible;
    type Future = Ready<Result<Self, Infallible>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let said = |name: header::HeaderName| request.headers().get(name).map(|said| said.to_str().unwrap_or_default().trim().to_owned());
        let if_match = said(header::IF_MATCH).map(|tag| if tag == "*" { Match::Any } else { Match::Version(version(&tag).unwrap_or(0)) });
        ready(Ok(Self { if_match, if_none_match: said(header::IF_NONE_MATCH) }))
    }
}

/// `"7-3f9a0c1d2e4b"` is of version 7, and so is `"7"`.
fn version(tag: &str) -> Option<i32> {
    let inside = tag.strip_prefix('"')?.strip_suffix('"')?;
    inside.split('-').next()?.parse().ok().filter(|version| *version >= 0)
}

/// A thing as it is now, with its tag; 304 without it where the request has just that.
pub fn document<T: Serialize>(status: StatusCode, version: i32, thing: &T, seen: &Seen) -> Answer {
    let text = serde_json::to_string(thing).map_err(|error| PageError::Broken(error.to_string()))?;
    let hash = hex(Sha256::digest(text.as_bytes()).get(..6).unwrap_or_default());
    let tag = format!("\"{version}-{hash}\"");
    if status == StatusCode::OK && seen.if_none_match.as_deref().is_some_and(|known| known == tag) {
        return Ok(HttpResponse::NotModified().insert_header((header::ETAG, tag)).finish());
    }
    Ok(HttpResponse::build(status).insert_header((header::ETAG, tag)).content_type("application/json").body(text))
}

/// The same for something that was just made, with its address.
pub fn made<T: Serialize>(new: bool, address: &str, version: i32, thing: &T) -> Answer {
    let mut answer = document(if new { StatusCode::CREATED } else { StatusCode::OK }, version, thing, &Seen::default())?;
    if let Ok(address) = header::HeaderValue::from_str(address) {
        answer.headers_mut().insert(header::LOCATION, address);
    }
    Ok(answer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_names_its_version() {
        for (tag, is) in [("\"7-3f9a\"", Some(7)), ("\"7\"", Some(7)), ("W/\"7\"", None), ("7", None), ("\"\"", None), ("\"-3\"", None)] {
            assert_eq!(version(tag), is, "{tag}");
        }
    }
}
