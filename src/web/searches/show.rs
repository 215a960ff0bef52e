//! What is new in one search; its name, and letting it go.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use askama::Template;
use chrono::{DateTime, SecondsFormat, Utc};

use super::{asked, new_ones};
use crate::db::projects::Listed;
use crate::db::searches::Search;
use crate::db::{Database, clock, searches};
use crate::domain::field_errors::FieldErrors;
use crate::domain::ids::SearchId;
use crate::domain::search::SearchRefused;
use crate::domain::words::SearchName;
use crate::operations::searches::{forget_search, look_at_search, rename_search};
use crate::web::context::{Id, SignedIn};
use crate::web::error::PageError;
use crate::web::form::Fields;
use crate::web::projects::words;
use crate::web::respond::{self, Answer};
use crate::web::server::Secrets;
use crate::web::shell::Shell;
use crate::web::shown::{self, Moment};

#[derive(Template)]
#[template(path = "searches/show.html")]
struct Page {
    shell: Shell,
    search: Search,
    new: Vec<Listed>,
    more: bool,
    /// When this was read, by the database's clock: what comes later is new still.
    at: DateTime<Utc>,
    /// The filters in words.
    filters: String,
    errors: FieldErrors,
    typed: String,
}

/// Shows what is new since the person looked.
pub async fn page(by: SignedIn, id: Id<SearchId>, database: Database) -> Answer {
    respond::page(&Page::read(by, id.0, &database, FieldErrors::new(), None).await?)
}

/// Notes what was seen.
pub async fn seen(by: SignedIn, id: Id<SearchId>, database: Database, secrets: Data<Secrets>, sent: Fields) -> Answer {
    let (user, id) = (by.id(), id.0);
    let until = DateTime::parse_from_rfc3339(sent.get("until")).map_err(|_| PageError::Conflict("This form is not whole.".to_owned()))?;
    let done = database.change(move |conn| look_at_search(conn, user, id, until.to_utc())).await;
    PageError::unless_refused(done)?.map_err(|why| PageError::refused(&why, ""))?;
    respond::see_other_saying(&secrets, "/searches", "good", "Seen. Only what is published later is new.")
}

/// Gives it another name.
pub async fn rename(by: SignedIn, id: Id<SearchId>, database: Database, secrets: Data<Secrets>, sent: Fields) -> Answer {
    let (user, id, typed) = (by.id(), id.0, sent.get("name").to_owned());
    let name = match SearchName::parse(&typed) {
        Ok(name) => name,
        Err(wrong) => {
            let mut errors = FieldErrors::new();
            errors.add("name", wrong.to_string());
            let page = Page::read(by, id, &database, errors, Some(typed)).await?;
            return respond::page_with(StatusCode::UNPROCESSABLE_ENTITY, &page);
        }
    };
    let done = database.change(move |conn| rename_search(conn, user, id, &name)).await;
    match PageError::unless_refused(done)? {
        Ok(()) => respond::see_other_saying(&secrets, &format!("/searches/{id}"), "good", "The search has its new name."),
        Err(SearchRefused::Missing | SearchRefused::TooMany) => Err(PageError::NotFound),
    }
}

/// Lets it go.
pub async fn forget(by: SignedIn, id: Id<SearchId>, database: Database, secrets: Data<Secrets>) -> Answer {
    let (user, id) = (by.id(), id.0);
    database.change(move |conn| forget_search(conn, user, id)).await?;
    respond::see_other_saying(&secrets, "/searches", "good", "The search is gone.")
}

impl Page {
    async fn read(by: SignedIn, id: SearchId, database: &Database, errors: FieldErrors, typed: Option<String>) -> Result<Self, PageError> {
        let user = by.id();
        let found = database.run(move |conn| {
            let at = clock(conn)?;
            let Some(search) = searches::find(conn, user, id)? else { return Ok(None) };
            let new = new_ones(conn, &search, user)?;
            Ok(Some((at, search, new)))
        });
        let (at, search, (new, more)) = found.await?.ok_or(PageError::NotFound)?;
        let filters: Vec<String> = asked(&search).chosen(Some(user)).into_iter().map(|(words, _)| words).collect();
        let typed = typed.unwrap_or_else(|| search.name.clone());
        Ok(Self { shell: by.shell(), search, new, more, at, filters: filters.join(", "), errors, typed })
    }

    fn looked_at(&self) -> Moment {
        shown::time(&self.shell.clock, self.search.looked_at)
    }

    /// To the microsecond, as a form brings it back.
    fn until(&self) -> String {
        self.at.to_rfc3339_opts(SecondsFormat::Micros, true)
    }

    fn budget(&self, project: &Listed) -> String {
        words::budget(project.kind, project.from(), project.to())
    }

    fn closes(&self, project: &Listed) -> Moment {
        shown::time(&self.shell.clock, project.deadline)
    }
}
