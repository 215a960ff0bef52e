//! Writing a new project, or a copy of an older one.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, web};
use askama::Template;

use super::managed;
use super::typed::Typed;
use super::words;
use crate::db::{Database, PgConnection, drafts, projects};
use crate::domain::draft::Form;
use crate::domain::field_errors::FieldErrors;
use crate::domain::ids::OrganisationId;
use crate::domain::money::Currency;
use crate::domain::person::{Membership, Person};
use crate::domain::project::{DraftRefused, ProjectContent};
use crate::domain::request::{Request, RequestKey};
use crate::operations::projects::draft_project;
use crate::web::context::SignedIn;
use crate::web::drafts::pad::{self, Pad};
use crate::web::drafts::{let_go, stamp};
use crate::web::error::PageError;
use crate::web::form::{Fields, new_key};
use crate::web::respond::{self, Answer};
use crate::web::server::Secrets;
use crate::web::shell::Shell;
use crate::web::shown;

#[derive(Template)]
#[template(path = "projects/new.html")]
struct Page {
    shell: Shell,
    typed: Typed,
    errors: FieldErrors,
    /// The organisations to choose from, and the one that is chosen.
    organisations: Vec<Membership>,
    organisation: String,
    key: String,
    pad: Pad,
}

/// Shows the form; `?from=ID` fills it with an older project of the person's organisations, a draft with what it holds.
pub async fn page(signed_in: SignedIn, request: HttpRequest, database: Database) -> Answer {
    may_write(&signed_in.person)?;
    let form = form(&request);
    let user = signed_in.id();
    let read = move |conn: &mut PgConnection| {
        let copied = match form {
            Form::NewProject(Some(id)) => Some(projects::seen_by(conn, id, Some(user))?.filter(|view| view.role.is_some())),
            _ => None,
        };
        Ok((copied, drafts::find(conn, user, form)?))
    };
    let (copied, draft) = database.run(read).await?;
    let zone = shown::zone(Some(&signed_in.person.time_zone)).0;
    let pad = Pad::new(form, draft.as_ref(), &zone);
    if let Some(draft) = &draft {
        let fields = pad::fields(draft);
        let key = fields.key().map_or_else(new_key, |key| key.as_str().to_owned());
        return respond::page(&Page::new(
            signed_in,
            Typed::draft(&fields, &Typed::blank()),
            fields.get("organisation").to_owned(),
            key,
            pad,
        ));
    }
    let mut organisation = Fields::parse(request.query_string().as_bytes()).get("organisation").to_owned();
    let typed = match copied {
        None => Typed::blank(),
        Some(view) => {
            let view = view.ok_or(PageError::NotFound)?;
            organisation = view.project.organisation_id.to_string();
            let copied = Typed::of(&view.project, &zone);
            // a copy gets a day of its own
            Typed::with(|name| if name == "deadline" { String::new() } else { copied.get(name).to_owned() })
        }
    };
    respond::page(&Page::new(signed_in, typed, organisation, new_key(), pad))
}

/// Which form: that of a copy has drafts of its own.
fn form(request: &HttpRequest) -> Form {
    let address = request.uri().path_and_query().map_or("", |address| address.as_str());
    Form::at(address).unwrap_or(Form::NewProject(None))
}

/// Makes the draft. The same form sent twice makes one.
pub async fn submit(signed_in: SignedIn, request: HttpRequest, database: Database, secrets: web::Data<Secrets>, sent: Fields) -> Answer {
    may_write(&signed_in.person)?;
    let (form, page) = (form(&request), stamp(&sent).page);
    let typed = Typed::sent(&sent);
    let (zone, _) = shown::zone(Some(&signed_in.person.time_zone));
    let key = RequestKey::parse(sent.get("key"));
    let (organisation, content) = match parse(&signed_in.person, &sent, typed.parse(&zone, None)) {
        Ok(parsed) => parsed,
        Err(errors) => {
            let key = key.map_or_else(new_key, |key| key.as_str().to_owned());
            return again(signed_in, typed, sent.get("organisation").to_owned(), errors, key, form);
        }
    };
    let user = signed_in.id();
    let once = key.map(|key| once(key, organisation, &typed));
    let made = database.change(move |conn| {
        let id = draft_project(conn, user, organisation, &content, once.as_ref())?;
        let_go(conn, user, form, page.as_ref());
        Ok(id)
    });
    let made = made.await;
    match PageError::unless_refused(made)? {
        Ok(id) => {
            let said = "Your draft is saved. Read it as freelancers will see it, then publish it.";
            respond::see_other_saying(&secrets, &format!("/projects/{id}"), "good", said)
        }
        Err(DraftRefused::KeyReused) => {
            let mut errors = FieldErrors::new();
            errors.add("title", "This form was sent before and made a project. Press the button once more to make a second one");
            again(signed_in, typed, organisation.to_string(), errors, new_key(), form)
        }
        Err(DraftRefused::Missing) => Err(PageError::NotFound),
        Err(DraftRefused::NotAllowed) => Err(managed::not_allowed()),
    }
}

fn again(signed_in: SignedIn, typed: Typed, organisation: String, errors: FieldErrors, key: String, form: Form) -> Answer {
    let page = Page::new(signed_in, typed, organisation, key, Pad::again(form));
    respond::page_with(StatusCode::UNPROCESSABLE_ENTITY, &Page { errors, ..page })
}

fn may_write(person: &Person) -> Result<(), PageError> {
    if person.manages().next().is_some() { Ok(()) } else { Err(managed::not_allowed()) }
}

/// Judges the words and the organisation together. Where there is only one to write for, it need not be said.
fn parse(
    person: &Person,
    sent: &Fields,
    content: Result<ProjectContent, FieldErrors>,
) -> Result<(OrganisationId, ProjectContent), FieldErrors> {
    let only = match person.manages().collect::<Vec<_>>().as_slice() {
        [only] => Some(only.organisation),
        _ => None,
    };
    let said = sent.get("organisation").trim();
    let organisation = if said.is_empty() { only } else { said.parse::<OrganisationId>().ok() };
    match (organisation, content) {
        (Some(organisation), Ok(content)) => Ok((organisation, content)),
        (Some(_), Err(errors)) => Err(errors),
        (None, content) => {
            let mut errors = FieldErrors::new();
            errors.add("organisation", "Choose the organisation that this project is for");
            for (field, message) in content.err().unwrap_or_default().iter() {
                errors.add(field, message);
            }
            Err(errors)
        }
    }
}

fn once(key: RequestKey, organisation: OrganisationId, typed: &Typed) -> Request {
    let organisation = organisation.to_string();
    let mut sent = vec![organisation.as_str()];
    sent.extend(typed.values());
    Request::new(key, "draft_project", &sent)
}

impl Page {
    fn new(signed_in: SignedIn, typed: Typed, organisation: String, key: String, pad: Pad) -> Self {
        let organisations = signed_in.person.manages().cloned().collect();
        Self { shell: signed_in.shell(), typed, errors: FieldErrors::new(), organisations, organisation, key, pad }
    }

    fn is_chosen(&self, organisation: &OrganisationId) -> bool {
        self.organisation == organisation.to_string()
    }

    fn clock(&self) -> String {
        words::clock(&self.shell.zone)
    }

    fn currencies(&self) -> Vec<&'static str> {
        Currency::all().map(Currency::code).collect()
    }

    /// Nothing is published yet, so that all can be chosen.
    fn fixed(&self) -> bool {
        false
    }
}
