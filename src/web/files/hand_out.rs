//! A file, for those who may read what it is on. It is saved, never shown: what somebody brought does not run here.

use actix_web::HttpResponse;
use actix_web::body::SizedStream;
use actix_web::http::header::{self, Charset, ContentDisposition, DispositionParam, DispositionType, ExtendedValue, HeaderValue};

use crate::db::files::{self, Kept};
use crate::db::{Database, PgConnection};
use crate::domain::ids::FileId;
use crate::storage::Storage;
use crate::web::context::{Id, SignedIn};
use crate::web::error::PageError;
use crate::web::respond::Answer;

/// The file's own policy: whatever opens it gets nothing from anywhere, no script, no form, no frame.
const POLICY: HeaderValue = HeaderValue::from_static("default-src 'none'; sandbox");

/// Hands it out as it comes from the store; no connection is held meanwhile.
pub async fn page(by: SignedIn, id: Id<FileId>, database: Database, storage: Storage) -> Answer {
    let reader = by.id();
    let found = database.run(move |conn: &mut PgConnection| Ok(files::readable(conn, id.0, reader)?)).await?;
    let file = found.ok_or(PageError::NotFound)?;
    let bytes = storage.get(&file.place).await.map_err(|error| PageError::Broken(error.to_string()))?;
    let bytes = bytes.ok_or_else(|| PageError::Broken(format!("the bytes of file {} are gone", id.0)))?;
    let size = u64::try_from(file.size).unwrap_or_default();
    Ok(HttpResponse::Ok()
        .content_type(content_type(&file))
        .insert_header((header::CONTENT_SECURITY_POLICY, POLICY))
        .insert_header(attached(&file.name))
        .body(SizedStream::new(size, bytes)))
}

fn content_type(file: &Kept) -> String {
    if file.kind.is_text() { format!("{}; charset=utf-8", file.kind) } else { file.kind.to_string() }
}

/// To be saved under its name; those who read no more than ASCII get one too.
fn attached(name: &str) -> ContentDisposition {
    let plain: String = name.chars().map(|c| if c.is_ascii() { c } else { '_' }).collect();
    let mut parameters = vec![DispositionParam::Filename(plain)];
    if !name.is_ascii() {
        let value = name.as_bytes().to_vec();
        parameters.push(DispositionParam::FilenameExt(ExtendedValue {
            charset: Charset::Ext("UTF-8".to_owned()),
            language_tag: None,
            value,
        }));
    }
    ContentDisposition { disposition: DispositionType::Attachment, parameters }
}
