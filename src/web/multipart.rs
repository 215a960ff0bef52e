//! A form that is sent in parts, because there may be files in it: read part by part, so that no more than one file is
//! held at a time.

use actix_multipart::{Field, Multipart, MultipartError};
use actix_web::dev::Payload;
use actix_web::http::header::{self, HeaderMap};
use futures_util::TryStreamExt;

use super::error::PageError;
use super::form::LARGEST;

/// So much is read to its end at all: who is not heard out gets a broken connection instead of a page.
const HEARD_OUT: usize = 64 * 1024 * 1024;

/// Whether a body says that it comes in parts.
pub fn is_multipart(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    kind.is_some_and(|kind| kind.trim_start().to_ascii_lowercase().starts_with("multipart/form-data"))
}

/// A part of a form.
#[derive(Debug, Default)]
pub struct Part {
    /// The field.
    pub name: String,
    /// What the file is called, where it is one.
    pub file: Option<String>,
    /// What was sent: one byte more than may be, where it is too much.
    pub bytes: Vec<u8>,
}

/// A form's parts.
pub struct Parts {
    body: Multipart,
    /// A file whose beginning was met and whose bytes have not been asked for.
    waiting: Option<Field>,
    /// How much of text may still come.
    room: usize,
    heard: usize,
}

impl Parts {
    /// Of a body whose headers say that it comes in parts.
    pub fn of(headers: &HeaderMap, body: Payload) -> Self {
        let room = usize::try_from(LARGEST).unwrap_or(usize::MAX);
        Self { body: Multipart::new(headers, body), waiting: None, room, heard: 0 }
    }

    /// The texts in front of the first file, which waits for [`Parts::next`].
    ///
    /// # Errors
    /// [`PageError::NotAForm`], [`PageError::BrokenOff`] or [`PageError::TooLarge`].
    pub async fn texts(&mut self) -> Result<Vec<(String, String)>, PageError> {
        let mut texts = Vec::new();
        while let Some(field) = self.field().await? {
            if file_name(&field).is_some() {
                self.waiting = Some(field);
                break;
            }
            let part = self.read(field, 0).await?;
            texts.push((part.name, String::from_utf8_lossy(&part.bytes).into_owned()));
        }
        Ok(texts)
    }

    /// The next part; of a file at most so many bytes are kept and one more, of all texts together as much as any form takes.
    ///
    /// # Errors
    /// As [`Parts::texts`].
    pub async fn next(&mut self, most: usize) -> Result<Option<Part>, PageError> {
        let field = match self.waiting.take() {
            Some(field) => field,
            None => match self.field().await? {
                Some(field) => field,
                None => return Ok(None),
            },
        };
        Ok(Some(self.read(field, most).await?))
    }

    /// Hears out what is left, and keeps nothing of it.
    pub async fn hear_out(mut self) {
        while let Ok(Some(_)) = self.next(0).await {}
    }

    async fn field(&mut self) -> Result<Option<Field>, PageError> {
        self.body.try_next().await.map_err(|error| broken(&error))
    }

    async fn read(&mut self, mut field: Field, most: usize) -> Result<Part, PageError> {
        let (name, file) = (field.name().unwrap_or_default().to_owned(), file_name(&field));
        let most = if file.is_some() { most.saturating_add(1) } else { self.room.saturating_add(1) };
        let mut bytes = Vec::new();
        while let Some(part) = field.try_next().await.map_err(|error| broken(&error))? {
            self.heard += part.len();
            if self.heard > HEARD_OUT {
                return Err(PageError::TooLarge);
            }
            bytes.extend(part.iter().take(most - bytes.len()));
        }
        if file.is_none() {
            self.room = self.room.checked_sub(bytes.len()).ok_or(PageError::TooLarge)?;
        }
        Ok(Part { name, file, bytes })
    }
}

fn file_name(field: &Field) -> Option<String> {
    field.content_disposition().and_then(|said| said.get_filename().map(str::to_owned))
}

fn broken(error: &MultipartError) -> PageError {
    match error {
        MultipartError::ContentTypeMissing | MultipartError::ContentTypeParse | MultipartError::ContentTypeIncompatible => {
            PageError::NotAForm
        }
        _ => PageError::BrokenOff,
    }
}
