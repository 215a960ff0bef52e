//! One draft, to be read and copied: for when its form is not shown any more.

use askama::Template;

use super::words;
use crate::db::Database;
use crate::db::drafts::{self, Listed};
use crate::domain::draft::DraftState;
use crate::domain::ids::DraftId;
use crate::web::context::{Id, SignedIn};
use crate::web::error::PageError;
use crate::web::respond::{self, Answer};
use crate::web::shell::Shell;
use crate::web::shown::{self, Moment};

#[derive(Template)]
#[template(path = "drafts/show.html")]
struct Page {
    shell: Shell,
    draft: Listed,
}

/// Shows it to its author, and to nobody else.
pub async fn page(by: SignedIn, id: Id<DraftId>, database: Database) -> Answer {
    let (user, id) = (by.id(), id.0);
    let found = database.run(move |conn| Ok(drafts::of_person(conn, user, Some(id))?)).await?;
    let draft = found.into_iter().next().ok_or(PageError::NotFound)?;
    respond::page(&Page { shell: by.shell(), draft })
}

impl Page {
    fn heading(&self) -> String {
        words::heading(&self.draft)
    }

    fn closed(&self) -> Option<&'static str> {
        words::closed(&self.draft)
    }

    fn is_kept(&self) -> bool {
        self.draft.state == DraftState::Kept
    }

    fn at(&self) -> Moment {
        shown::time(&self.shell.clock, self.draft.typed_at)
    }

    fn typed(&self) -> Vec<(&'static str, String)> {
        words::readable(self.draft.form, self.draft.fields.iter())
    }
}
