//! The drafts that a person keeps.

use askama::Template;

use super::words;
use crate::db::Database;
use crate::db::drafts::{self, Listed};
use crate::domain::draft::{DraftState, MOST_KEPT};
use crate::web::context::SignedIn;
use crate::web::respond::{self, Answer};
use crate::web::shell::Shell;
use crate::web::shown::{self, Moment};

/// How many characters of a draft stand in the list.
const FIRST_WORDS: usize = 200;

#[derive(Template)]
#[template(path = "drafts/list.html")]
struct Page {
    shell: Shell,
    kept: Vec<Listed>,
    discarded: Vec<Listed>,
}

/// Shows them.
pub async fn page(by: SignedIn, database: Database) -> Answer {
    let user = by.id();
    let all = database.run(move |conn| Ok(drafts::of_person(conn, user, None)?)).await?;
    let (kept, discarded) = all.into_iter().partition(|draft| draft.state == DraftState::Kept);
    respond::page(&Page { shell: by.shell(), kept, discarded })
}

impl Page {
    fn heading(&self, draft: &Listed) -> String {
        words::heading(draft)
    }

    fn reference(&self, draft: &Listed) -> String {
        words::reference(draft.form)
    }

    fn closed(&self, draft: &Listed) -> Option<&'static str> {
        words::closed(draft)
    }

    fn at(&self, draft: &Listed) -> Moment {
        shown::time(&self.shell.clock, draft.typed_at)
    }

    fn begins(&self, draft: &Listed) -> String {
        draft.fields.first_words(FIRST_WORDS)
    }

    /// Where its words are: in the form, or to be read where the form is not shown any more.
    fn address(&self, draft: &Listed) -> String {
        if words::closed(draft).is_none() { draft.form.address() } else { format!("/drafts/{}", draft.id) }
    }

    fn count(&self) -> String {
        format!("{} of {MOST_KEPT}", self.kept.len())
    }
}
