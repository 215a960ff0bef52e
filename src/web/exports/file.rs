//! A list as a file: at once where it is short; a long one is made in the background.

use askama::Template;

use super::asked::Asked;
use super::attached;
use crate::db::{Database, Portion};
use crate::exports::{List, NotShown, Writer};
use crate::web::error::PageError;
use crate::web::form::new_key;
use crate::web::respond::{self, Answer};
use crate::web::shell::Shell;

#[derive(Template)]
#[template(path = "exports/too_many.html")]
struct TooMany {
    shell: Shell,
    most: usize,
    /// What the file is called.
    name: String,
    /// The list's address, with its filters.
    address: String,
    key: String,
}

/// Answers with the file: all that the list's page would show on all its pages.
pub async fn page(asked: Asked, database: Database) -> Answer {
    let (list, reader) = (asked.list.clone(), asked.visitor.id());
    let read = database.run(move |conn| list.read(conn, reader, None)).await;
    let part = PageError::unless_refused(read)?.map_err(|why| not_shown(&why, &asked.list))?;
    if part.next.is_some() {
        let name = format!("{}.{}", asked.list.name(), asked.format);
        let (shell, address, key) = (asked.visitor.shell(), asked.address, new_key());
        return respond::page(&TooMany { shell, most: Portion::BATCH, name, address, key });
    }
    let mut writer = Writer::new(asked.format, asked.list.heads());
    let mut write = || Ok::<_, String>([writer.rows(&part.rows)?, writer.end()?].concat());
    attached(&asked.list.name(), asked.format, write().map_err(PageError::Broken)?)
}

/// Why a list is not shown to its reader.
pub(super) fn not_shown(why: &NotShown, list: &List) -> PageError {
    PageError::refused(
        why,
        match list {
            List::Links(_) => "Owners of the organisation see the links by which somebody can join.",
            _ => "Owners and managers of the organisation see who is invited.",
        },
    )
}
