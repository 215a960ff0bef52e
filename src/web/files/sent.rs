//! What a form sent that takes files. Each file is judged, its bytes are put into the store, and it is held for its owner;
//! from then on the form names it by its number, so that it is there again wherever the form is shown again.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::{FromRequest, HttpMessage, HttpRequest};

use super::room::{Crowded, Room};
use crate::db::{Connection, Database};
use crate::domain::field_errors::FieldErrors;
use crate::domain::file::{self, HoldRefused, LARGEST, MOST_FILES, judge};
use crate::domain::ids::{FileId, UserId};
use crate::operations::files::{Held, hold_file};
use crate::storage::Storage;
use crate::web::context::Context;
use crate::web::error::PageError;
use crate::web::form::Fields;
use crate::web::multipart::{Part, Parts, is_multipart};

/// The field of the files that a form chooses anew.
const NEW: &str = "files";
/// The field of the numbers of those that are held already.
const HELD: &str = "file";

/// A form that comes in parts, of which the frame has read the texts in front of the first file.
pub struct Begun {
    /// Those texts.
    pub fields: Fields,
    /// What is behind them.
    pub rest: Parts,
}

/// All that such a form sent, for the frame, which makes a draft of it where it is refused.
pub struct Whole(pub Fields);

/// What a form sent, its files held.
#[derive(Debug, Clone, Default)]
pub struct Sent {
    /// The fields; files by their numbers.
    pub fields: Fields,
    /// What is wrong with files that were not taken, in whole sentences.
    wrong: Vec<String>,
}

impl Sent {
    /// The files that the form names, and the form's mistakes about files.
    pub fn files(&self) -> (Vec<FileId>, FieldErrors) {
        let mut errors = FieldErrors::new();
        let named = file::named(self.fields.all(HELD));
        if !self.wrong.is_empty() {
            errors.add(NEW, self.wrong.join(". "));
        } else if named.is_none() {
            errors.add(NEW, format!("Choose at most {MOST_FILES} files"));
        }
        (named.unwrap_or_default(), errors)
    }
}

impl FromRequest for Sent {
    type Error = PageError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, PageError>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let begun = request.extensions_mut().remove::<Begun>();
        if begun.is_none() && !is_multipart(request.headers()) {
            let fields = Fields::from_request(request, payload);
            return Box::pin(async move { Ok(Self { fields: fields.await?, wrong: Vec::new() }) });
        }
        let begun = begun.unwrap_or_else(|| Begun { fields: Fields::default(), rest: Parts::of(request.headers(), payload.take()) });
        let (request, person) = (request.clone(), Context::of(request).person);
        let desk = person.and_then(|person| {
            let (database, storage, room) = (request.app_data::<Database>()?, request.app_data::<Storage>()?, request.app_data::<Room>()?);
            let length = request.headers().get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
            Some(Desk { by: person.id, database: database.clone(), storage: storage.clone(), room: room.clone(), length })
        });
        Box::pin(async move {
            let Some(desk) = desk else {
                begun.rest.hear_out().await;
                return Err(PageError::SignedOut);
            };
            let sent = match desk.room.take(desk.length).await {
                Some(_room) => desk.receive(begun).await?,
                None => {
                    request.extensions_mut().insert(Crowded);
                    without_files(begun).await?
                }
            };
            request.extensions_mut().insert(Whole(sent.fields.clone()));
            Ok(sent)
        })
    }
}

impl FromRequest for Storage {
    type Error = PageError;
    type Future = std::future::Ready<Result<Self, PageError>>;
    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        std::future::ready(request.app_data::<Self>().cloned().ok_or_else(|| PageError::Broken("no store".to_owned())))
    }
}

/// Who sends, and where to.
struct Desk {
    by: UserId,
    database: Database,
    storage: Storage,
    room: Room,
    /// How long the form is, where its headers say so.
    length: Option<usize>,
}

/// The texts of a form whose files there is no room for.
async fn without_files(mut begun: Begun) -> Result<Sent, PageError> {
    let mut sent = Sent { fields: begun.fields, wrong: Vec::new() };
    let mut has_files = false;
    while let Some(part) = begun.rest.next(0).await? {
        match part.file {
            None => sent.fields.push(part.name, String::from_utf8_lossy(&part.bytes).into_owned()),
            Some(name) => has_files |= !name.is_empty(),
        }
    }
    if has_files {
        sent.wrong
            .push("Many people are sending files at this moment, so yours were not taken: choose them again in half a minute".to_owned());
    }
    Ok(sent)
}

impl Desk {
    async fn receive(&self, mut begun: Begun) -> Result<Sent, PageError> {
        let mut sent = Sent { fields: begun.fields, wrong: Vec::new() };
        while let Some(part) = in_time(begun.rest.next(LARGEST)).await? {
            match &part.file {
                None => sent.fields.push(part.name, String::from_utf8_lossy(&part.bytes).into_owned()),
                // a field in which nothing was chosen
                Some(name) if part.name != NEW || name.is_empty() && part.bytes.is_empty() => {}
                Some(_) if sent.fields.all(HELD).len() >= MOST_FILES => {
                    let wrong = format!("Choose at most {MOST_FILES} files: {} was left out", called(&part));
                    sent.wrong.push(wrong);
                }
                Some(_) => self.take(part, &mut sent).await?,
            }
        }
        Ok(sent)
    }

    async fn take(&self, part: Part, sent: &mut Sent) -> Result<(), PageError> {
        let file = match judge(part.file.as_deref().unwrap_or_default(), &part.bytes) {
            Ok(file) => file,
            Err(wrong) => {
                sent.wrong.push(wrong.to_string());
                return Ok(());
            }
        };
        let (place, size) = (Storage::new_place(), i64::try_from(part.bytes.len()).unwrap_or(i64::MAX));
        let name = called(&part);
        self.storage.put(&place, part.bytes).await.map_err(|error| PageError::Broken(error.to_string()))?;
        let (by, held) = (self.by, Held { place, file, size });
        let done = self.database.change(move |conn: &mut Connection<'_>| hold_file(conn, by, &held)).await;
        match PageError::unless_refused(done)? {
            Ok(id) => sent.fields.push(HELD.to_owned(), id.to_string()),
            Err(HoldRefused::TooMuch) => {
                sent.wrong.push(format!("{name} is not kept: you have as many files here as one person may. Take some off what you sent"));
            }
            Err(HoldRefused::Missing) => return Err(PageError::SignedOut),
        }
        Ok(())
    }
}

/// Whoever holds room for a file sends it within this.
async fn in_time<T>(part: impl Future<Output = Result<T, PageError>>) -> Result<T, PageError> {
    const LONGEST: Duration = Duration::from_secs(180);
    tokio::time::timeout(LONGEST, part).await.unwrap_or(Err(PageError::BrokenOff))
}

fn called(part: &Part) -> String {
    file::FileName::clean(part.file.as_deref().unwrap_or_default()).as_str().to_owned()
}
