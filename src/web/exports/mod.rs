//! Lists as files, under the addresses of their pages with `.csv` or `.json` behind.

pub mod ask;
mod asked;
pub mod everything;
pub mod file;
pub mod show;

use actix_web::HttpResponse;
use actix_web::http::header::{ContentDisposition, DispositionParam, DispositionType};

use super::respond::Answer;
use crate::exports::Format;

/// A file to be kept, not shown: whatever somebody typed into it, no browser runs it.
pub(super) fn attached(name: &str, format: Format, body: Vec<u8>) -> Answer {
    let parameters = vec![DispositionParam::Filename(format!("{name}.{format}"))];
    let attached = ContentDisposition { disposition: DispositionType::Attachment, parameters };
    Ok(HttpResponse::Ok().content_type(format.content_type()).insert_header(attached).body(body))
}
