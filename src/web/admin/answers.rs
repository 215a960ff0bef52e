//! Answers that admins keep ready: the list with a form for a new one, and one of them.

use actix_web::http::StatusCode;
use actix_web::web::Data;
use askama::Template;

use crate::db::Database;
use crate::db::tickets::{self, Ready};
use crate::domain::field_errors::FieldErrors;
use crate::domain::ids::ReadyAnswerId;
use crate::domain::ticket::{ReadyAnswer, ReadyRefused};
use crate::operations::tickets::{change_ready_answer, make_ready_answer, remove_ready_answer};
use crate::web::context::{Admin, Id};
use crate::web::error::PageError;
use crate::web::form::Fields;
use crate::web::merge::{Marks, Overtaken, chosen, overtaken};
use crate::web::respond::{self, Answer};
use crate::web::server::Secrets;
use crate::web::shell::Shell;
use crate::web::shown::{self, Moment};

const FIELDS: [(&str, &str); 2] = [("title", "Title"), ("words", "Words")];
const LIST: &str = "/admin/answers";

#[derive(Template)]
#[template(path = "admin/answers.html")]
struct List {
    shell: Shell,
    errors: FieldErrors,
    typed: Fields,
    ready: Vec<Ready>,
}

#[derive(Template)]
#[template(path = "admin/answer.html")]
struct Page {
    shell: Shell,
    errors: FieldErrors,
    shown: Fields,
    version: String,
    base: Marks,
    overtaken: Option<Overtaken>,
    ready: Ready,
}

/// Shows all of them.
pub async fn list(by: Admin, database: Database) -> Answer {
    listed(by, &database, StatusCode::OK, FieldErrors::new(), Fields::default()).await
}

async fn listed(by: Admin, database: &Database, status: StatusCode, errors: FieldErrors, typed: Fields) -> Answer {
    let ready = database.run(|conn| Ok(tickets::ready(conn)?)).await?;
    respond::page_with(status, &List { shell: by.shell(), errors, typed, ready })
}

/// Keeps a new one.
pub async fn make(by: Admin, database: Database, secrets: Data<Secrets>, sent: Fields) -> Answer {
    let user = by.id();
    let errors = match ReadyAnswer::parse(sent.get("title"), sent.get("words")) {
        Ok(ready) => match PageError::unless_refused(database.change(move |conn| make_ready_answer(conn, user, &ready)).await)? {
            Ok(_) => return respond::see_other_saying(&secrets, LIST, "good", "The answer is kept ready."),
            Err(ReadyRefused::TitleTaken) => taken(),
            Err(_) => return Err(PageError::NotFound),
        },
        Err(errors) => errors,
    };
    listed(by, &database, StatusCode::UNPROCESSABLE_ENTITY, errors, sent).await
}

/// Shows one.
pub async fn page(by: Admin, Id(id): Id<ReadyAnswerId>, database: Database) -> Answer {
    respond::page(&Page::of(by.shell(), find(&database, id).await?))
}

/// Changes one.
pub async fn change(by: Admin, Id(id): Id<ReadyAnswerId>, database: Database, secrets: Data<Secrets>, sent: Fields) -> Answer {
    let before = find(&database, id).await?;
    let sent = chosen(&FIELDS, &sent, &fields_of(&before));
    let (user, seen) = (by.id(), sent.version("version"));
    let errors = match ReadyAnswer::parse(sent.get("title"), sent.get("words")) {
        Ok(ready) => {
            let done = database.change(move |conn| change_ready_answer(conn, user, (id, seen), &ready)).await;
            match PageError::unless_refused(done)? {
                Ok(()) => return respond::see_other_saying(&secrets, LIST, "good", "The answer was changed."),
                Err(ReadyRefused::Changed { .. }) => return overtaken_by(by, &find(&database, id).await?, &sent),
                Err(ReadyRefused::TitleTaken) => taken(),
                Err(ReadyRefused::Missing) => return Err(PageError::NotFound),
            }
        }
        Err(errors) => errors,
    };
    let (version, base) = (sent.get("version").to_owned(), Marks::parse(sent.get("base"), &FIELDS));
    let page = Page { errors, version, base, shown: sent, ..Page::of(by.shell(), before) };
    respond::page_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

/// Removes one.
pub async fn remove(by: Admin, Id(id): Id<ReadyAnswerId>, database: Database, secrets: Data<Secrets>, sent: Fields) -> Answer {
    let (user, seen) = (by.id(), sent.version("version"));
    let done = database.change(move |conn| remove_ready_answer(conn, user, id, seen)).await;
    match PageError::unless_refused(done)? {
        Ok(()) => respond::see_other_saying(&secrets, LIST, "good", "The answer is not kept ready any more."),
        // it says something else by now: that is shown before it goes
        Err(ReadyRefused::Changed { .. }) => {
            let now = find(&database, id).await?;
            overtaken_by(by, &now, &fields_of(&now))
        }
        Err(_) => Err(PageError::NotFound),
    }
}

fn overtaken_by(by: Admin, now: &Ready, sent: &Fields) -> Answer {
    let (told, shown) = overtaken(&FIELDS, &Marks::parse(sent.get("base"), &FIELDS), &fields_of(now), sent);
    let page = Page { overtaken: Some(told), shown, ..Page::of(by.shell(), now.clone()) };
    respond::page_with(StatusCode::CONFLICT, &page)
}

fn taken() -> FieldErrors {
    let mut errors = FieldErrors::new();
    errors.add("title", "Enter another title: there is a ready answer with this one");
    errors
}

fn fields_of(ready: &Ready) -> Fields {
    Fields::from_pairs(&[("title", &ready.title), ("words", &ready.words)])
}

async fn find(database: &Database, id: ReadyAnswerId) -> Result<Ready, PageError> {
    database.run(move |conn| Ok(tickets::find_ready(conn, id)?)).await?.ok_or(PageError::NotFound)
}

impl List {
    fn at(&self, ready: &Ready) -> Moment {
        shown::time(&self.shell.clock, ready.changed_at)
    }
}

impl Page {
    fn of(shell: Shell, ready: Ready) -> Self {
        let shown = fields_of(&ready);
        let (version, base) = (ready.version.to_string(), Marks::of_form(&FIELDS, &shown));
        Self { shell, errors: FieldErrors::new(), shown, version, base, overtaken: None, ready }
    }

    fn at(&self) -> Moment {
        shown::time(&self.shell.clock, self.ready.changed_at)
    }
}
