//! A form with a file in it.

use std::future::Future;
use std::pin::Pin;

use actix_multipart::{Multipart, MultipartError};
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use futures_util::TryStreamExt;

use crate::domain::import::MOST_BYTES;
use crate::web::error::PageError;

/// The largest text beside the file.
const LONGEST_TEXT: usize = 4096;
/// So much is read to its end at all: who is not heard out gets a broken connection instead of a page.
const HEARD_OUT: usize = 8 * 1024 * 1024;

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
        let is_upload = request
            .headers()
            .get("content-type")
            .and_then(|kind| kind.to_str().ok())
            .is_some_and(|kind| kind.trim_start().to_ascii_lowercase().starts_with("multipart/form-data"));
        let body = Multipart::new(request.headers(), payload.take());
        Box::pin(async move { if is_upload { read(body).await } else { Err(PageError::NotAForm) } })
    }
}

async fn read(mut body: Multipart) -> Result<Upload, PageError> {
    let (mut upload, mut heard) = (Upload::default(), 0);
    while let Some(mut field) = body.try_next().await.map_err(|error| broken(&error))? {
        let (name, file) = (
            field.name().unwrap_or_default().to_owned(),
            field.content_disposition().and_then(|said| said.get_filename().map(str::to_owned)),
        );
        let most = if file.is_some() { MOST_BYTES + 1 } else { LONGEST_TEXT };
        let mut bytes = Vec::new();
        while let Some(part) = field.try_next().await.map_err(|error| broken(&error))? {
            heard += part.len();
            if heard > HEARD_OUT {
                return Err(PageError::TooLarge);
            }
            bytes.extend(part.iter().take(most - bytes.len()));
        }
        match file {
            Some(file) => (upload.file_name, upload.bytes) = (file, bytes),
            None => upload.texts.push((name, String::from_utf8_lossy(&bytes).into_owned())),
        }
    }
    Ok(upload)
}

fn broken(error: &MultipartError) -> PageError {
    match error {
        MultipartError::ContentTypeMissing | MultipartError::ContentTypeParse | MultipartError::ContentTypeIncompatible => {
            PageError::NotAForm
        }
        _ => PageError::BrokenOff,
    }
}
