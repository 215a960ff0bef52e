//! All searches that a person keeps, with how much is new in each; and keeping one more.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use askama::Template;

use super::new_ones;
use crate::db::searches::Search;
use crate::db::{Database, searches};
use crate::domain::field_errors::FieldErrors;
use crate::domain::search::{MOST_KEPT, SearchRefused};
use crate::domain::words::SearchName;
use crate::operations::searches::save_search;
use crate::web::context::SignedIn;
use crate::web::error::PageError;
use crate::web::form::Fields;
use crate::web::projects::asked::Asked;
use crate::web::respond::{self, Answer};
use crate::web::server::Secrets;
use crate::web::shell::Shell;

/// The longest address that is kept.
const LONGEST: usize = 1000;

#[derive(Template)]
#[template(path = "searches/list.html")]
struct Page {
    shell: Shell,
    searches: Vec<(Search, String)>,
    errors: FieldErrors,
    /// What was to be kept: the address, in words, and its name.
    wanted: Option<(String, String)>,
    typed: String,
}

/// Shows them.
pub async fn page(by: SignedIn, database: Database) -> Answer {
    let page = Page::read(by, &database, FieldErrors::new(), None, String::new()).await?;
    respond::page(&page)
}

/// Keeps a search: a name, and the list's address.
pub async fn submit(by: SignedIn, database: Database, secrets: Data<Secrets>, sent: Fields) -> Answer {
    let typed = sent.get("query");
    let asked = Asked::parse(typed.split_once('?').map_or(typed, |(_, query)| query));
    let (query, user) = (asked.address(), by.id());
    let words: Vec<String> = asked.chosen(Some(user)).into_iter().map(|(words, _)| words).collect();
    let name = match sent.get("name").trim() {
        "" => words.join(", ").chars().take(SearchName::MOST).collect(),
        name => name.to_owned(),
    };
    let mut errors = FieldErrors::new();
    let parsed = errors.take("name", SearchName::parse(&name));
    if words.is_empty() {
        errors.add("name", "Choose something to search for first: this would be every project");
    } else if query.len() > LONGEST {
        errors.add("name", "Search for less: this address is too long to be kept");
    }
    let (wanted, kept) = (Some((query.clone(), words.join(", "))), query);
    let Some(name) = parsed.filter(|_| errors.is_empty()) else {
        return again(by, &database, errors, wanted, name).await;
    };
    let typed = name.as_str().to_owned();
    let done = database.change(move |conn| save_search(conn, user, &name, &kept)).await;
    match PageError::unless_refused(done)? {
        Ok(_) => {
            respond::see_other_saying(&secrets, "/searches", "good", "The search is kept. What is published from now on is new in it.")
        }
        Err(SearchRefused::TooMany) => {
            errors = FieldErrors::new();
            errors.add("name", format!("Keep at most {MOST_KEPT} searches: let one go first"));
            again(by, &database, errors, wanted, typed).await
        }
        Err(SearchRefused::Missing) => Err(PageError::NotFound),
    }
}

async fn again(by: SignedIn, database: &Database, errors: FieldErrors, wanted: Option<(String, String)>, name: String) -> Answer {
    let page = Page::read(by, database, errors, wanted, name).await?;
    respond::page_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

impl Page {
    async fn read(
        by: SignedIn,
        database: &Database,
        errors: FieldErrors,
        wanted: Option<(String, String)>,
        typed: String,
    ) -> Result<Self, PageError> {
        let user = by.id();
        let read = database.run(move |conn| {
            let kept = searches::of_person(conn, user)?;
            let counted = kept.into_iter().map(|search| {
                let (new, more) = new_ones(conn, &search, user)?;
                let count = match (new.len(), more) {
                    (0, _) => "Nothing new".to_owned(),
                    (count, true) => format!("More than {count} new"),
                    (count, false) => format!("{count} new"),
                };
                Ok((search, count))
            });
            Ok(counted.collect::<crate::db::QueryResult<Vec<_>>>()?)
        });
        Ok(Self { searches: read.await?, shell: by.shell(), errors, wanted, typed })
    }
}
