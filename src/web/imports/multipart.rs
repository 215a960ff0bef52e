//! A form with a file in it.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};

use crate::domain::import::MOST_BYTES;
use crate::web::error::PageError;
use crate::web::multipart::{Parts, is_multipart};

/// What was sent: texts by their names, and one file.
#[derive(Debug, Default)]
pub struct Upload {
    texts: Vec<(String, String)>,
    /// What the file is called.
    pub file_name: String,
    /// What it holds: one byte more than may be, where it is too large.
    pub bytes: Vec<u8>,
}

impl Upload {
    /// A text; empty where there is none.
    pub fn get(&self, name: &str) -> &str {
        self.texts.iter().find(|(key, _)| key == name).map_or("", |(_, text)| text)
    }
}

impl FromRequest for Upload {
    type Error = PageError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, PageError>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let parts = is_multipart(request.headers()).then(|| Parts::of(request.headers(), payload.take()));
        Box::pin(async move { read(parts.ok_or(PageError::NotAForm)?).await })
    }
}

async fn read(mut parts: Parts) -> Result<Upload, PageError> {
    let mut upload = Upload::default();
    while let Some(part) = parts.next(MOST_BYTES).await? {
        match part.file {
            Some(file) => (upload.file_name, upload.bytes) = (file, part.bytes),
            None => upload.texts.push((part.name, String::from_utf8_lossy(&part.bytes).into_owned())),
        }
    }
    Ok(upload)
}
