//! All that is kept about the person, and the files that they asked for.

use askama::Template;

use crate::db::Database;
use crate::db::exports::{self, Export};
use crate::domain::export::KEPT_DAYS;
use crate::web::context::SignedIn;
use crate::web::form::new_key;
use crate::web::respond::{self, Answer};
use crate::web::shell::Shell;
use crate::web::shown::{self, Moment};

#[derive(Template)]
#[template(path = "exports/everything.html")]
struct Page {
    shell: Shell,
    files: Vec<Export>,
    key: String,
}

/// Shows what can be had, and what was asked for.
pub async fn page(by: SignedIn, database: Database) -> Answer {
    let user = by.id();
    let files = database.run(move |conn| Ok(exports::of_person(conn, user)?)).await?;
    respond::page(&Page { shell: by.shell(), files, key: new_key() })
}

impl Page {
    fn at(&self, file: &Export) -> Moment {
        shown::time(&self.shell.clock, file.asked_at)
    }
}
